package io.ledgerbridge.sync.internal;

import io.ledgerbridge.sync.internal.Ledger.Changes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which contacts an invoice or payment is associated with: the persons an invoice is addressed to, as far as they have
 * contacts, else its customer's primary one; with a payment always that one.
 */
final class Addressees {

    /** HubSpot knows whom an invoice is addressed to, and the link does not. */
    static final String UNKNOWN = "?";

    private final Run run;
    private final Pairs pairs;

    Addressees(Run run, Pairs pairs) {
        this.run = run;
        this.pairs = pairs;
    }

    /** When the contacts of a customer have changed: all its invoices and payments. */
    void refresh(Link customer, Changes changes) {
        List<Link> records = new ArrayList<>(run.ledger.linksOfCustomer(Kind.INVOICE, customer.sourceId()));
        records.addAll(run.ledger.linksOfCustomer(Kind.PAYMENT, customer.sourceId()));
        Map<String, Link> contacts = contacts(records, List.of(customer));
        for (Link record : records) {
            if (record.targetId() != null) {
                Link related = relate(record, customer, contacts, changes);
                if (!related.equals(record)) {
                    changes.put(related);
                }
            }
        }
    }

    /** All contacts that these records of these customers may be associated with. */
    Map<String, Link> contacts(Collection<Link> records, Collection<Link> customers) {
        Set<String> ids = new HashSet<>();
        customers.forEach(customer -> ids.add(customer.fact(Facts.PRIMARY)));
        records.forEach(record -> ids.addAll(named(record)));
        ids.remove("");
        return ids.isEmpty() ? Map.of() : run.ledger.links(Kind.CONTACT, ids);
    }

    private static List<String> named(Link record) {
        String ids = record.fact(Facts.ADDRESSEES);
        return ids.isEmpty() ? List.of() : List.of(ids.split(" "));
    }

    /** The link of an invoice or payment that is in HubSpot, with its contacts owed. */
    Link relate(Link record, Link customer, Map<String, Link> contacts, Changes changes) {
        if (record.fact(Facts.ADDRESSEES).equals(UNKNOWN)) {
            return record;
        }
        List<String> wanted = targets(named(record), contacts);
        if (wanted.isEmpty()) {
            wanted = targets(List.of(customer.fact(Facts.PRIMARY)), contacts);
        }
        Relation relation = record.kind() == Kind.INVOICE ? Relation.INVOICE_CONTACT : Relation.PAYMENT_CONTACT;
        return wanted.isEmpty() ? record : pairs.relate(relation, record, wanted, changes);
    }

    private static List<String> targets(List<String> ids, Map<String, Link> contacts) {
        List<String> targets = new ArrayList<>();
        for (String id : ids) {
            Link contact = contacts.get(id);
            if (contact != null && contact.targetId() != null) {
                targets.add(contact.targetId());
            }
        }
        return targets;
    }
}
