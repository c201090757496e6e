package io.ledgerbridge.sync.internal;

import io.ledgerbridge.sync.AuditEntry;
import io.ledgerbridge.sync.Selection;
import io.ledgerbridge.sync.internal.Ledger.Changes;
import io.ledgerbridge.sync.internal.Ledger.Entry;
import io.ledgerbridge.sync.internal.Ledger.Work;
import io.ledgerbridge.sync.internal.Tally.Decision;
import io.ledgerbridge.zohobooks.model.Contact;
import io.ledgerbridge.zohobooks.model.CreditNote;
import io.ledgerbridge.zohobooks.model.CustomerPayment;
import io.ledgerbridge.zohobooks.model.Invoice;
import io.ledgerbridge.zohobooks.model.RawJson;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which records of the source are synced: those that are selected, without customers who want to be forgotten. A record that is left out
 * from now on stays in HubSpot as it is; if it comes back, it is written as if nothing were known of it.
 */
final class Scope {

    static final String ERASED = "erased";
    private static final String NOT_SELECTED = "not selected: ";

    /** Name of the checkpoint with the ids of erased customers, and when that was. */
    private static final String ERASURES = "erased";

    private static final String SELECTION = "selection";

    private final Run run;

    Scope(Run run) {
        this.run = run;
    }

    /** Nothing of this customer is synced from now on. */
    void erase(String customerId) {
        Map<String, String> erased = new HashMap<>(run.ledger.checkpoint(ERASURES));
        if (erased.putIfAbsent(customerId, run.time.now().toString()) == null) {
            run.ledger.changes().checkpoint(ERASURES, erased).commit();
        }
    }

    boolean isErased(String customerId) {
        return run.ledger.checkpoint(ERASURES).containsKey(customerId);
    }

    List<Contact> customers(List<Contact> rows) {
        return admitted(Kind.CUSTOMER, rows, Contact::contactId, row -> "", Contact::contactName, this::leftOut);
    }

    List<Invoice> invoices(List<Invoice> rows) {
        return admitted(
                Kind.INVOICE, rows, Invoice::invoiceId, Invoice::customerId, Invoice::invoiceNumber, this::leftOut);
    }

    List<CustomerPayment> payments(List<CustomerPayment> rows) {
        return admitted(
                Kind.PAYMENT,
                rows,
                CustomerPayment::paymentId,
                CustomerPayment::customerId,
                CustomerPayment::paymentNumber,
                this::leftOut);
    }

    boolean isEverything() {
        return selection().equals(Selection.everything());
    }

    /** Why it is not synced; empty if it is. */
    String leftOut(Contact customer) {
        return isErased(customer.contactId()) ? ERASED : named(against(customer));
    }

    /** As for a customer. */
    String leftOut(Invoice invoice) {
        return isErased(invoice.customerId()) ? ERASED : named(against(invoice));
    }

    /** As for a customer. */
    String leftOut(CustomerPayment payment) {
        return isErased(payment.customerId()) ? ERASED : named(against(payment));
    }

    /** As for a customer. */
    String leftOut(CreditNote note) {
        return isErased(note.customerId())
                ? ERASED
                : named(againstDocument(note.customerId(), note.date(), note.raw()));
    }

    private static String named(String reason) {
        return reason.isEmpty() ? "" : NOT_SELECTED + reason;
    }

    private Selection selection() {
        return run.policies.selection();
    }

    private String against(Contact customer) {
        return againstCustomer(customer.contactId());
    }

    private String against(Invoice invoice) {
        String reason = againstDocument(invoice.customerId(), invoice.date(), invoice.raw());
        Set<String> statuses = selection().statuses();
        return reason.isEmpty() && !statuses.isEmpty() && !statuses.contains(invoice.status())
                ? "its status is " + invoice.status()
                : reason;
    }

    private String against(CustomerPayment payment) {
        return againstDocument(payment.customerId(), payment.date(), payment.raw());
    }

    private String againstCustomer(String id) {
        Set<String> customers = selection().customers();
        return customers.isEmpty() || customers.contains(id) ? "" : "the customer is none of those that are";
    }

    private String againstDocument(String customerId, @Nullable LocalDate date, RawJson row) {
        String reason = againstCustomer(customerId);
        LocalDate since = selection().since();
        Set<String> branches = selection().branches();
        if (reason.isEmpty() && since != null && date != null && date.isBefore(since)) {
            return "it is from before " + since;
        }
        if (reason.isEmpty() && !branches.isEmpty()) {
            String branch =
                    row.text("branch_id").or(() -> row.text("location_id")).orElse("");
            return branch.isEmpty() || branches.contains(branch) ? "" : "it is of branch " + branch;
        }
        return reason;
    }

    /** If another selection holds than in the run before, all lists are read once. */
    void takeUp() {
        Map<String, String> before = run.ledger.checkpoint(SELECTION);
        Map<String, String> now = Map.of(SELECTION, selection().toString());
        if (before.equals(now)) {
            return;
        }
        Changes changes = run.ledger.changes();
        if (!before.isEmpty()) {
            for (Kind kind : List.of(Kind.CUSTOMER, Kind.INVOICE, Kind.PAYMENT, Kind.CREDIT_NOTE)) {
                changes.forget(kind.stream());
            }
            changes.auditConnection(AuditEntry.Decision.COMMANDED, "what is selected from now on: " + selection());
        }
        changes.checkpoint(SELECTION, now).commit();
    }

    private <T> List<T> admitted(
            Kind kind,
            List<T> rows,
            Function<T, String> id,
            Function<T, String> customer,
            Function<T, String> label,
            Function<T, String> leftOut) {
        if (isEverything() && run.ledger.checkpoint(ERASURES).isEmpty()) {
            return rows;
        }
        List<T> admitted = new ArrayList<>();
        Map<T, String> left = new LinkedHashMap<>();
        for (T row : rows) {
            String reason = leftOut.apply(row);
            if (reason.isEmpty()) {
                admitted.add(row);
            } else {
                left.put(row, reason);
            }
        }
        if (!left.isEmpty()) {
            leaveOut(kind, left, id, customer, label);
        }
        return admitted;
    }

    private <T> void leaveOut(
            Kind kind,
            Map<T, String> left,
            Function<T, String> id,
            Function<T, String> customer,
            Function<T, String> label) {
        List<String> ids = left.keySet().stream().map(id).toList();
        Map<String, Link> links = run.ledger.links(kind, ids);
        Map<String, String> skipped = run.ledger.skipped(kind, ids);
        Changes changes = run.ledger.changes();
        left.forEach((row, reason) -> {
            String sourceId = id.apply(row);
            Link known = links.get(sourceId);
            boolean wasSynced = known != null && known.targetId() != null;
            if (wasSynced) {
                run.tally.decide(
                        kind, sourceId, Decision.SKIPPED, label.apply(row), reason + "; HubSpot keeps it as it is");
            } else {
                run.tally.decide(kind, sourceId, Decision.SKIPPED);
            }
            if (known != null && !known.isLeftOut()) {
                changes.put(known.leftOut(reason));
                if (kind != Kind.CUSTOMER) {
                    changes.put(RollUps.entry(known.customerId()));
                }
                Deals.changed(run, known, known, changes);
                Deals.paid(run, known.paidInvoices(), changes);
            }
            changes.release(kind, sourceId);
            run.ledger.quarantinedOf(kind, sourceId).forEach(one -> {
                changes.release(one.kind(), one.sourceId());
                changes.remove(new Entry(Work.RETRY, one.kind() + "/" + one.sourceId(), "", Map.of()));
            });
            if (!reason.equals(skipped.get(sourceId))) {
                changes.skip(known == null ? Link.unlinked(kind, sourceId, customer.apply(row)) : known, reason);
            }
        });
        changes.commit();
    }
}
