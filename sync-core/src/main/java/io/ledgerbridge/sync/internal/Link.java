package io.ledgerbridge.sync.internal;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one pair of records.
 *
 * @param targetId null while HubSpot has no record of it
 * @param customerId the customer it belongs to; empty for customers
 * @param stamp modification stamp of the header that was decided on
 * @param detailStamp modification stamp of the detail that was written; empty before
 * @param written values last written to HubSpot, by property; {@link #UNSURE} stands for all others if a call may have
 *     changed them
 * @param facts what sums and statuses are made from
 * @param related target ids per {@link Relation} that are associated or owed
 * @param children source ids of the lines of an invoice
 */
public record Link(
        Kind kind,
        String sourceId,
        @Nullable String targetId,
        String customerId,
        String stamp,
        String detailStamp,
        Map<String, String> written,
        Map<String, String> facts,
        Map<String, List<String>> related,
        List<String> children) {

    /** Stands among what was written: what HubSpot has beyond it is not known. */
    static final String UNSURE = "*";

    private static final String ARCHIVED = "archived";

    static Link unlinked(Kind kind, String sourceId, String customerId) {
        return new Link(kind, sourceId, null, customerId, "", "", Map.of(), Map.of(), Map.of(), List.of());
    }

    Link withTarget(@Nullable String id) {
        return new Link(kind, sourceId, id, customerId, stamp, detailStamp, written, facts, related, children);
    }

    Link withStamp(String newStamp) {
        return new Link(kind, sourceId, targetId, customerId, newStamp, detailStamp, written, facts, related, children);
    }

    Link withDetailStamp(String newStamp) {
        return new Link(kind, sourceId, targetId, customerId, stamp, newStamp, written, facts, related, children);
    }

    /** Adds what was just written. */
    Link withWritten(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(written);
        all.putAll(values);
        return new Link(kind, sourceId, targetId, customerId, stamp, detailStamp, all, facts, related, children);
    }

    /** What HubSpot has is not known any more, so that everything will be written. */
    Link unsure() {
        return new Link(
                kind,
                sourceId,
                targetId,
                customerId,
                stamp,
                detailStamp,
                owesKey() ? Map.of(UNSURE, "", BooksProperties.KEY.name(), "") : Map.of(UNSURE, ""),
                facts,
                related,
                children);
    }

    /** Whether the record still has the key of another source. */
    boolean owesKey() {
        return "".equals(written.get(BooksProperties.KEY.name()));
    }

    /** The same record in HubSpot, with another source; its key is owed. */
    Link ownedBy(String id) {
        Map<String, String> known = new HashMap<>(written);
        known.put(BooksProperties.KEY.name(), "");
        return new Link(kind, id, targetId, customerId, "", "", known, facts, related, children);
    }

    /** The source has it, whatever was said of it before; what was deleted in HubSpot stays so. */
    Link present() {
        boolean wasGone =
                fact(Facts.GONE).equals(Deletions.DELETED) || fact(Facts.GONE).equals(ARCHIVED);
        Link present = wasGone ? withFacts(Map.of(Facts.GONE, "")) : this;
        return present.withoutFact(Facts.LEFT);
    }

    /** It is not synced from now on; if it is again one day, everything is written. */
    Link leftOut(String reason) {
        return withStamp("").withDetailStamp("").unsure().withFacts(Map.of(Facts.LEFT, reason));
    }

    boolean isLeftOut() {
        return !fact(Facts.LEFT).isEmpty();
    }

    /** The source has it, but HubSpot shall not. */
    Link archived() {
        return new Link(kind, sourceId, null, customerId, stamp, "", Map.of(), facts, Map.of(), List.of())
                .withFacts(Map.of(Facts.GONE, ARCHIVED));
    }

    /** What is known for sure: a record that was found after its call was lost is not linked yet. */
    Link settled() {
        return fact(Facts.MADE).isEmpty()
                ? this
                : withTarget(null)
                        .withDetailStamp("")
                        .withFacts(Map.of(Facts.MADE, "", Facts.BEFORE, String.valueOf(targetId)));
    }

    /** HubSpot has it under another id, of which nobody else knows yet; what it holds is not known. */
    Link madeAgainAs(String id) {
        String before = fact(Facts.BEFORE).isEmpty() ? requireTarget() : fact(Facts.BEFORE);
        return withTarget(id).withFacts(Map.of(Facts.BEFORE, before)).unsure();
    }

    /** HubSpot has nothing of it. */
    Link unwritten() {
        return new Link(kind, sourceId, targetId, customerId, stamp, detailStamp, Map.of(), facts, related, children);
    }

    boolean isUnsure() {
        return written.containsKey(UNSURE);
    }

    Link withoutWritten(String property) {
        Map<String, String> rest = new HashMap<>(written);
        rest.remove(property);
        return new Link(kind, sourceId, targetId, customerId, stamp, detailStamp, rest, facts, related, children);
    }

    Link withFacts(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(facts);
        all.putAll(values);
        return new Link(kind, sourceId, targetId, customerId, stamp, detailStamp, written, all, related, children);
    }

    Link withoutFact(String name) {
        if (!facts.containsKey(name)) {
            return this;
        }
        Map<String, String> rest = new HashMap<>(facts);
        rest.remove(name);
        return new Link(kind, sourceId, targetId, customerId, stamp, detailStamp, written, rest, related, children);
    }

    Link withRelated(Relation relation, List<String> ids) {
        Map<String, List<String>> all = new HashMap<>(related);
        all.put(relation.name(), ids);
        return new Link(kind, sourceId, targetId, customerId, stamp, detailStamp, written, facts, all, children);
    }

    Link withChildren(List<String> ids) {
        return new Link(kind, sourceId, targetId, customerId, stamp, detailStamp, written, facts, related, ids);
    }

    /** With this line, if it had not got it yet. */
    Link withChild(String id) {
        if (children.contains(id)) {
            return this;
        }
        List<String> more = new ArrayList<>(children);
        more.add(id);
        return withChildren(more);
    }

    /** Another text when something else was written. */
    String digest() {
        Map<String, String> all = new HashMap<>(written);
        all.put("target", String.valueOf(targetId));
        all.put("stamp", stamp);
        return Values.hash(all);
    }

    String requireTarget() {
        if (targetId == null) {
            throw new IllegalStateException(kind + " " + sourceId + " is not in HubSpot");
        }
        return targetId;
    }

    Link withCustomer(String id) {
        return new Link(kind, sourceId, targetId, id, stamp, detailStamp, written, facts, related, children);
    }

    /** HubSpot has what the header says, and maybe more that we do not know. */
    Link knownAs(Map<String, String> values) {
        Map<String, String> known = new HashMap<>(values);
        known.put(UNSURE, "");
        return new Link(kind, sourceId, targetId, customerId, stamp, detailStamp, known, facts, related, children);
    }

    String toJson() {
        return new JsonText()
                .field("kind", kind.name())
                .field("sourceId", sourceId)
                .field("targetId", targetId)
                .field("customerId", customerId)
                .field("stamp", stamp)
                .field("detailStamp", detailStamp)
                .field("written", written)
                .field("facts", facts)
                .lists("related", related)
                .field("children", children)
                .end();
    }

    /** The record whose detail brings this one once more, as {@code KIND/id}. */
    String origin() {
        return switch (kind) {
            case CONTACT -> Kind.CUSTOMER + "/" + customerId;
            case LINE_ITEM -> Kind.INVOICE + "/" + fact(Facts.INVOICE);
            default -> kind + "/" + sourceId;
        };
    }

    String fact(String name) {
        return facts.getOrDefault(name, "");
    }

    /** Of a payment: the invoices that something of it went to. */
    List<String> paidInvoices() {
        String ids = fact(Facts.PAID_INVOICES);
        return ids.isEmpty() ? List.of() : List.of(ids.split(" "));
    }

    /** Of a payment: whether something of it went to this invoice. */
    boolean paid(String invoiceId) {
        return paidInvoices().contains(invoiceId);
    }

    BigDecimal amount(String name) {
        String value = fact(name);
        return value.isEmpty() ? BigDecimal.ZERO : new BigDecimal(value);
    }

    List<String> related(Relation relation) {
        return related.getOrDefault(relation.name(), List.of());
    }
}
