package io.ledgerbridge.sync.internal;

import io.ledgerbridge.hubspot.BatchResult;
import io.ledgerbridge.hubspot.Contacts;
import io.ledgerbridge.hubspot.CrmRecord;
import io.ledgerbridge.hubspot.Outcome;
import io.ledgerbridge.hubspot.Problem;
import io.ledgerbridge.sync.AuditEntry;
import io.ledgerbridge.sync.LostRecordPolicy;
import io.ledgerbridge.sync.internal.Adoption.Match;
import io.ledgerbridge.sync.internal.Ledger.Changes;
import io.ledgerbridge.sync.internal.Ledger.Sending;
import io.ledgerbridge.sync.internal.RecordWriter.Desired;
import io.ledgerbridge.sync.internal.Tally.Decision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Up to 100 records of one kind on their way to HubSpot. */
final class WriteBatch {

    /** Of a record that was deleted in HubSpot and shall stay so. */
    static final String LOST = "lost";

    private final Run run;
    private final Pairs pairs;
    private final RecordWriter writer;
    private final Kind kind;
    private final Changes changes;
    private final Map<String, Link> links = new LinkedHashMap<>();
    private final Map<String, Desired> toMake = new LinkedHashMap<>();
    private final Map<String, Desired> toUpdate = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> updates = new LinkedHashMap<>();
    private final List<Desired> lost = new ArrayList<>();
    private final Map<Desired, String> refusedEmail = new LinkedHashMap<>();
    private final Map<Desired, String> colliding = new LinkedHashMap<>();
    private final Map<Desired, Outcome<?>> contested = new LinkedHashMap<>();
    /** Keys of records that were followed to whatever has them. */
    private final Set<String> followed = new HashSet<>();

    WriteBatch(Run run, Pairs pairs, RecordWriter writer, Kind kind, Changes changes) {
        this.run = run;
        this.pairs = pairs;
        this.writer = writer;
        this.kind = kind;
        this.changes = changes;
    }

    /** What is in HubSpot by now, if {@link #write} has ended early. */
    Map<String, Link> written() {
        return links;
    }

    Map<String, Link> write(List<Desired> given) {
        List<Desired> unlinked = new ArrayList<>();
        for (Desired one : withFreeEmails(given)) {
            if (one.link().fact(Facts.GONE).equals(LOST)) {
                run.tally.decide(kind, one.link().sourceId(), Decision.SKIPPED);
                continue;
            }
            one.values().cuts().forEach(cut -> run.tally.note(kind, one.label(), cut));
            if (run.lookup.isDoubted(kind, one.key())) {
                String reason = "what became of it is looked for in the next run, before it is tried again.";
                writer.postpone(
                        one.link(), one.label(), "", reason, one.values().encoded(), changes);
            } else if (one.link().targetId() == null) {
                unlinked.add(one);
            } else {
                update(one, one.link().targetId());
            }
        }
        find(unlinked);
        noteSending();
        sendUpdates();
        findLost();
        make();
        return links;
    }

    /** An address that another contact had is left out as long as it has it. */
    private List<Desired> withFreeEmails(List<Desired> desired) {
        Map<String, Desired> waiting = new LinkedHashMap<>();
        desired.stream()
                .filter(one -> !email(one).isEmpty())
                .filter(one -> email(one).equals(one.link().fact(Facts.WITHOUT_EMAIL)))
                .forEach(one -> waiting.put(email(one), one));
        if (waiting.isEmpty()) {
            return desired;
        }
        Map<String, CrmRecord<?>> owners = run.target.readByEmail(List.copyOf(waiting.keySet()));
        return desired.stream()
                .map(one -> {
                    String email = email(one);
                    if (waiting.get(email) != one) {
                        return one;
                    }
                    CrmRecord<?> owner = owners.get(email);
                    if (owner == null || owner.id().value().equals(one.link().targetId())) {
                        return one.with(one.link().withFacts(Map.of(Facts.WITHOUT_EMAIL, "")));
                    }
                    BooksMapping.leaveOutEmail(one.values());
                    return one;
                })
                .toList();
    }

    /** Looks for records without a link; those that are nowhere will be made. */
    private void find(List<Desired> unlinked) {
        boolean unique = run.identity(kind) == Identity.UNIQUE_KEY;
        Map<String, CrmRecord<?>> keyed = unique ? byUniqueKey(unlinked) : Map.of();
        Map<String, CrmRecord<?>> byEmail = kind == Kind.CONTACT ? byEmail(unlinked) : Map.of();
        Map<String, CrmRecord<?>> byKey = unique ? keyed : amongChildren(unlinked, byEmail);
        Map<String, Match> matches = new Adoption(run)
                .matches(unlinked.stream()
                        .filter(one -> !byKey.containsKey(one.key()))
                        .toList());
        Map<String, Link> rebuilt = new Relinking(run, pairs, changes).rebuild(kind, unlinked, byKey);
        for (Desired one : unlinked) {
            CrmRecord<?> known = byKey.get(one.key());
            CrmRecord<?> mailed = byEmail.get(email(one));
            Link link = one.link();
            if (known != null && mailed != null && !known.id().equals(mailed.id())) {
                link = link.withFacts(Map.of(Facts.WITHOUT_EMAIL, email(one)));
                withoutEmail(one, mailed);
            }
            Match match = matches.getOrDefault(one.key(), Match.NOTHING);
            if (known != null) {
                relink(one.with(rebuilt.getOrDefault(one.key(), link)), known);
            } else if (match.isDoubtful()) {
                awaitDecision(one, match);
            } else if (match.isClear()) {
                run.tally.note(
                        kind,
                        one.label(),
                        "the HubSpot company " + match.candidates().get(0) + " was there before and is adopted");
                one.values().set(BooksProperties.KEY, one.key());
                update(one, match.candidates().get(0));
            } else if (mailed == null) {
                toMake.put(one.key(), one);
            } else if (belongsToAnother(mailed)) {
                link = link.withFacts(Map.of(Facts.WITHOUT_EMAIL, email(one)));
                withoutEmail(one, mailed);
                toMake.put(one.key(), one.with(link));
            } else {
                one.values().set(BooksProperties.KEY, one.key());
                update(one, mailed.id().value());
            }
        }
    }

    private Map<String, CrmRecord<?>> byUniqueKey(List<Desired> unlinked) {
        return run.prepared.newKeys().contains(kind)
                ? Map.of()
                : run.lookup.find(kind, run.lookup.wanted(kind, unlinked));
    }

    /** A contact is known by its address first, if it has our key as well. */
    private Map<String, CrmRecord<?>> amongChildren(List<Desired> unlinked, Map<String, CrmRecord<?>> byEmail) {
        Map<String, CrmRecord<?>> found = new HashMap<>();
        List<Desired> others = new ArrayList<>();
        for (Desired one : unlinked) {
            CrmRecord<?> mailed = byEmail.get(email(one));
            if (mailed != null
                    && one.key().equals(mailed.text(BooksProperties.KEY.name()).orElse(""))) {
                found.put(one.key(), mailed);
            } else {
                others.add(one);
            }
        }
        found.putAll(run.lookup.find(kind, run.lookup.wanted(kind, others)));
        return found;
    }

    private void awaitDecision(Desired one, Match match) {
        writer.postpone(
                one.link(),
                one.label(),
                "",
                match.doubt(),
                "Write " + one.key() + " into " + BooksProperties.KEY.name()
                        + " of the right one, or merge them; it is tried again by itself.",
                one.values().encoded(),
                changes);
    }

    /**
     * Its link was lost. If its version says that it holds these values, only the link is made again; else what it holds is
     * unknown, and everything is written, empty values too.
     */
    private void relink(Desired one, CrmRecord<?> record) {
        String held = record.text(BooksProperties.VERSION.name()).orElse("");
        Map<String, String> values = one.values().encoded();
        boolean isNew = kind == Kind.CUSTOMER && !Version.hasDetail(held);
        Link found = isNew ? one.link().withFacts(Map.of(Facts.NEW, "yes")) : one.link();
        if (!Version.isHeaderOf(held, values)) {
            update(one.with(found.unsure()), record.id().value());
            return;
        }
        Map<String, String> known = new HashMap<>(run.writable(kind, values));
        known.put(BooksProperties.VERSION.name(), held);
        Link link = found.knownAs(known);
        if (Version.hasDetail(held)) {
            link = link.withDetailStamp(link.stamp());
            if (kind == Kind.INVOICE) {
                link = link.withFacts(Map.of(
                        Facts.DETAILS,
                        "complete",
                        Facts.TAX,
                        record.text(BooksProperties.TAX.name()).orElse(""),
                        Facts.ADDRESSEES,
                        Addressees.UNKNOWN));
            }
        }
        link = targeted(link, record.id().value());
        links.put(link.sourceId(), link);
        run.tally.decide(kind, link.sourceId(), Decision.UNCHANGED);
        changes.release(kind, link.sourceId());
    }

    private Map<String, CrmRecord<?>> byEmail(List<Desired> unlinked) {
        List<String> emails = unlinked.stream()
                .map(this::email)
                .filter(email -> !email.isEmpty())
                .distinct()
                .toList();
        return emails.isEmpty() ? Map.of() : run.target.readByEmail(emails);
    }

    private String email(Desired one) {
        return one.values().encoded().getOrDefault(Contacts.EMAIL.name(), "");
    }

    /** A contact whose key belongs to nobody any more is taken over. */
    private boolean belongsToAnother(CrmRecord<?> record) {
        String key = record.text(BooksProperties.KEY.name()).orElse("");
        return run.lookup.isDoubted(kind, key)
                || run.ledger.byTarget(kind, record.id().value()).isPresent();
    }

    private void withoutEmail(Desired one, CrmRecord<?> owner) {
        BooksMapping.leaveOutEmail(one.values());
        run.tally.note(
                kind,
                one.label(),
                "its e-mail address belongs to the HubSpot contact "
                        + owner.id().value() + " already and is left out");
    }

    private void update(Desired one, String targetId) {
        Map<String, String> changed =
                Values.changes(run.writable(kind, one.values().encoded()), one.link());
        if (changed.isEmpty()) {
            links.put(one.link().sourceId(), targeted(one.link(), targetId));
            run.tally.decide(kind, one.link().sourceId(), Decision.UNCHANGED);
            changes.release(kind, one.link().sourceId());
        } else if (toUpdate.containsKey(targetId)) {
            // Two of our records were merged in HubSpot: the other one comes in a call of its own.
            colliding.put(one, targetId);
        } else {
            toUpdate.put(targetId, one);
            updates.put(targetId, changed);
        }
    }

    private void noteSending() {
        List<Sending> sending = new ArrayList<>();
        toUpdate.values().forEach(one -> sending.add(Sending.of(one.link())));
        sending.addAll(run.lookup.sendings(kind, toMake.values()));
        if (!sending.isEmpty()) {
            changes.onTheirWay(sending);
        }
    }

    private void sendUpdates() {
        if (updates.isEmpty()) {
            return;
        }
        respectOwners();
        BatchResult<?> result = updates.isEmpty() ? null : run.target.update(kind, updates);
        toUpdate.forEach((id, one) -> {
            if (result == null) {
                return;
            }
            Outcome<?> outcome = result.of(id);
            if (Outcomes.isGone(outcome) && one.link().targetId() != null) {
                lost.add(one);
            } else if (isAboutKey(outcome)) {
                contested.put(one, outcome);
            } else if (isAboutEmail(one, outcome)) {
                refusedEmail.put(one, id);
            } else {
                settle(one, outcome, result.correlationId(id), updates.get(id));
            }
        });
        toUpdate.clear();
        updates.clear();
        sendWithoutEmail();
        findContested();
        if (!colliding.isEmpty()) {
            Map<Desired, String> others = new LinkedHashMap<>(colliding);
            colliding.clear();
            others.forEach(this::update);
            sendUpdates();
        }
    }

    /** What belongs to users of HubSpot is not written; where nothing else is left, nothing is. */
    private void respectOwners() {
        Map<String, Link> links = new HashMap<>();
        toUpdate.forEach((id, one) -> links.put(id, one.link()));
        new Owners(run).takeOut(kind, links, updates).forEach((id, taken) -> {
            Desired one = toUpdate.get(id);
            if (one != null) {
                Desired remembering = one.with(one.link().withWritten(taken));
                if (Values.isNothing(updates.getOrDefault(id, Map.of()))) {
                    updates.remove(id);
                    toUpdate.remove(id);
                    update(remembering.with(remembering.link().withWritten(Map.of())), id);
                } else {
                    toUpdate.put(id, remembering);
                }
            }
        });
    }

    private boolean isAboutEmail(Desired one, Outcome<?> outcome) {
        return kind == Kind.CONTACT
                && !email(one).isEmpty()
                && outcome instanceof Outcome.Failed<?> failed
                && (failed.problem().ownerId() != null
                        || failed.problem().category().equals("CONFLICT"));
    }

    private static boolean isAboutKey(Outcome<?> outcome) {
        return outcome instanceof Outcome.Failed<?> failed
                && failed.problem().ownerId() != null
                && failed.problem().properties().contains(BooksProperties.KEY.name());
    }

    /**
     * Another record has the key: it was made in place of one that somebody has deleted, and the answer was lost. It is followed, whatever
     * HubSpot says first of one that is deleted and is to get a key that is taken.
     */
    private void findContested() {
        if (contested.isEmpty()) {
            return;
        }
        Map<Desired, Outcome<?>> refused = new LinkedHashMap<>(contested);
        contested.clear();
        Map<String, CrmRecord<?>> byKey = run.lookup.findAnew(kind, run.lookup.wanted(kind, refused.keySet()));
        refused.forEach((one, outcome) -> {
            CrmRecord<?> keyed = byKey.get(one.key());
            if (keyed != null && followed.add(one.key())) {
                update(one.with(one.link().unsure()), keyed.id().value());
            } else {
                settle(one, outcome, "", one.values().encoded());
            }
        });
        sendUpdates();
    }

    /** An address that another contact has is left out; everything else of the person is written. */
    private void sendWithoutEmail() {
        Map<Desired, String> refused = new LinkedHashMap<>(refusedEmail);
        refusedEmail.clear();
        refused.forEach((one, id) -> {
            String email = email(one);
            BooksMapping.leaveOutEmail(one.values());
            run.tally.note(kind, one.label(), "its e-mail address belongs to another HubSpot contact and is left out");
            update(one.with(one.link().withFacts(Map.of(Facts.WITHOUT_EMAIL, email))), id);
        });
        if (!refused.isEmpty()) {
            sendUpdates();
        }
    }

    /** Records that somebody has deleted in HubSpot; one that has the key under another id is followed. */
    private void findLost() {
        if (lost.isEmpty()) {
            return;
        }
        Map<String, CrmRecord<?>> byKey = run.lookup.findAnew(kind, run.lookup.wanted(kind, lost));
        List<Desired> again = new ArrayList<>();
        for (Desired one : lost) {
            CrmRecord<?> keyed = byKey.get(one.key());
            if (keyed != null) {
                update(one.with(one.link().unsure()), keyed.id().value());
            } else if (run.policies.lost() == LostRecordPolicy.RECREATE) {
                run.tally.note(kind, one.label(), "it was deleted in HubSpot and is made again");
                again.add(one.with(one.link().unwritten()));
            } else {
                unlink(one);
            }
        }
        noteMaking(again);
        again.forEach(one -> toMake.put(one.key(), one));
        sendUpdates();
    }

    /** That they were to be written is noted already, and is enough where their key finds them. */
    private void noteMaking(List<Desired> again) {
        if (!again.isEmpty() && run.identity(kind) != Identity.UNIQUE_KEY) {
            changes.onTheirWay(run.lookup.sendings(kind, again));
        }
    }

    private void unlink(Desired one) {
        changes.put(one.link().withTarget(null).withFacts(Map.of(Facts.GONE, LOST)));
        changes.audit(one.link(), AuditEntry.Decision.SKIPPED, "it was deleted in HubSpot and is left so");
        run.tally.decide(
                kind, one.link().sourceId(), Decision.SKIPPED, one.label(), "it was deleted in HubSpot and is left so");
    }

    private void make() {
        if (toMake.isEmpty()) {
            return;
        }
        Map<String, Map<String, String>> values = new LinkedHashMap<>();
        toMake.forEach((key, one) -> {
            Map<String, String> all = run.writable(kind, one.values().encoded());
            run.writable(kind, one.onlyOnCreate()).forEach(all::putIfAbsent);
            all.values().removeIf(String::isEmpty);
            values.put(key, all);
        });
        if (run.identity(kind) == Identity.UNIQUE_KEY) {
            BatchResult<?> result = run.target.upsert(kind, values);
            toMake.forEach((key, one) -> settle(one, result.of(key), result.correlationId(key), values.get(key)));
        } else {
            new UnderParents(run, writer, this, kind, toMake, changes).make(values);
        }
    }

    void settle(Desired one, Outcome<?> outcome, String correlationId, @Nullable Map<String, String> sent) {
        CrmRecord<?> record = written(outcome);
        Map<String, String> values = sent == null ? Map.of() : sent;
        if (record != null) {
            isWritten(one, record, outcome instanceof Outcome.Created, correlationId, values);
        } else if (Outcomes.mayComeTrue(outcome)) {
            if (outcome instanceof Outcome.Unknown) {
                run.lookup.sendings(kind, List.of(one)).forEach(changes::stillOnItsWay);
            }
            Problem problem = outcome instanceof Outcome.Failed<?> failed ? failed.problem() : null;
            String correlation = problem == null ? null : problem.correlationId();
            writer.postpone(
                    one.link(), one.label(), correlation == null ? "" : correlation, reason(outcome), values, changes);
        } else {
            writer.quarantine(one.link(), one.label(), reason(outcome), values, changes);
        }
    }

    /** @param also what else is to be remembered of it */
    void isMade(
            Desired one,
            CrmRecord<?> record,
            String correlationId,
            Map<String, String> values,
            UnaryOperator<Link> also) {
        isWritten(one, record, true, correlationId, values);
        links.computeIfPresent(one.link().sourceId(), (id, link) -> also.apply(link));
    }

    private void isWritten(
            Desired one, CrmRecord<?> record, boolean created, String correlationId, Map<String, String> values) {
        Link link = one.link();
        Link settled = targeted(link.withWritten(values), record.id().value());
        if (created && kind == Kind.CUSTOMER) {
            settled = settled.withFacts(Map.of(Facts.NEW, "yes"));
        }
        links.put(link.sourceId(), settled);
        changes.audit(
                settled,
                created ? AuditEntry.Decision.CREATED : AuditEntry.Decision.UPDATED,
                correlationId,
                "",
                RecordWriter.changed(link, values));
        run.tally.decide(kind, link.sourceId(), created ? Decision.CREATED : Decision.UPDATED);
        changes.release(kind, link.sourceId());
    }

    /** The record has this id; where others know it by another one, they learn of it. */
    private Link targeted(Link link, String id) {
        String before = link.fact(Facts.BEFORE).isEmpty()
                ? Objects.requireNonNullElse(link.targetId(), id)
                : link.fact(Facts.BEFORE);
        Link now = link.withTarget(id).withoutFact(Facts.BEFORE);
        if (before.equals(id)) {
            return now;
        }
        Redo.queue(kind, link.sourceId(), link.origin(), changes);
        return pairs.retargeted(link.withTarget(before), now, changes).withDetailStamp("");
    }

    private static @Nullable CrmRecord<?> written(Outcome<?> outcome) {
        if (outcome instanceof Outcome.Created<?> created) {
            return created.record();
        }
        return outcome instanceof Outcome.Updated<?> updated ? updated.record() : null;
    }

    private static String reason(Outcome<?> outcome) {
        if (outcome instanceof Outcome.Failed<?> refused) {
            String code = refused.problem().code();
            String correlation = refused.problem().correlationId();
            return "HubSpot refused it" + (code == null ? "" : " (" + code + ")") + ": "
                    + refused.problem().message()
                    + (refused.problem().retryable()
                            ? "; it is tried again by itself."
                            : ". Correct the record in Zoho Books; it is tried again when it changes.")
                    + (correlation == null ? "" : " HubSpot's support knows it as " + correlation + ".");
        }
        return "HubSpot did not say what became of it; it is tried again by itself.";
    }
}
