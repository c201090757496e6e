package io.ledgerbridge.sync.internal;

import io.ledgerbridge.hubspot.BatchResult;
import io.ledgerbridge.hubspot.Contacts;
import io.ledgerbridge.hubspot.CrmRecord;
import io.ledgerbridge.hubspot.HubSpotPermissionException;
import io.ledgerbridge.hubspot.Outcome;
import io.ledgerbridge.hubspot.Problem;
import io.ledgerbridge.sync.AuditEntry;
import io.ledgerbridge.sync.AuditEntry.Change;
import io.ledgerbridge.sync.LostRecordPolicy;
import io.ledgerbridge.sync.internal.Adoption.Match;
import io.ledgerbridge.sync.internal.Ledger.Changes;
import io.ledgerbridge.sync.internal.Ledger.Entry;
import io.ledgerbridge.sync.internal.Ledger.Quarantined;
import io.ledgerbridge.sync.internal.Ledger.Sending;
import io.ledgerbridge.sync.internal.Ledger.Work;
import io.ledgerbridge.sync.internal.Lookup.Wanted;
import io.ledgerbridge.sync.internal.Tally.Decision;
import io.ledgerbridge.sync.internal.TargetWriter.Child;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes records of one kind and says what became of each. A record without a link is looked for by its key, a contact by
 * its e-mail too; found ones are updated by their id, the rest is upserted by key, so that nothing is made twice whatever
 * was forgotten. Where a key is not unique, the rest is created under its parent, where it is found again.
 */
final class RecordWriter {

    /**
     * A record as it shall be.
     *
     * @param onlyOnCreate values for a record that does not exist yet
     * @param label how people know it
     * @param match of a customer: by what a company is adopted; empty if none is
     */
    record Desired(Link link, String key, Values values, Map<String, String> onlyOnCreate, String label, String match) {
        Desired(Link link, String key, Values values, Map<String, String> onlyOnCreate, String label) {
            this(link, key, values, onlyOnCreate, label, "");
        }

        Desired with(Link newLink) {
            return new Desired(newLink, key, values, onlyOnCreate, label, match);
        }
    }

    /** Of a record that was deleted in HubSpot and shall stay so. */
    private static final String LOST = "lost";

    static final String UNREAD = "its detail cannot be read: ";
    private static final String ORIGIN = "origin";
    private static final int ALL = Integer.MAX_VALUE;
    private static final Duration FIRST_RETRY = Duration.ofMinutes(5);
    private static final Duration LAST_RETRY = Duration.ofDays(1);
    private static final int MOST_DOUBLINGS = 10;

    private final Run run;
    private final Pairs pairs;

    RecordWriter(Run run, Pairs pairs) {
        this.run = run;
        this.pairs = pairs;
    }

    /**
     * Writes up to 100 records.
     *
     * @return links of those that are in HubSpot now; the others are in quarantine with the given changes
     */
    Map<String, Link> write(Kind kind, List<Desired> desired, Changes changes) {
        if (desired.isEmpty() || !run.isOn(kind)) {
            return Map.of();
        }
        run.mayGoOn();
        try {
            return new Batch(kind, changes).write(desired);
        } catch (HubSpotPermissionException e) {
            if (kind == Kind.CUSTOMER) {
                throw e;
            }
            run.off.put(kind, String.valueOf(e.getMessage()));
            TakingUp.forgetOn(run, kind);
            desired.stream()
                    .map(Desired::link)
                    .filter(link -> link.targetId() != null)
                    .forEach(link -> changes.put(link.unsure()));
            return Map.of();
        }
    }

    /** Puts a record aside until its source changes. */
    void quarantine(Link link, String label, String reason, Map<String, String> payload, Changes changes) {
        changes.put(Quarantined.of(link, reason, "Correct it in Zoho Books.", payload, ""));
        quarantined(link, label, "", reason, payload, changes);
    }

    /** Puts a record aside until the account has its currency. */
    void awaitCurrency(Link link, String label, String currency, Map<String, String> payload, Changes changes) {
        String reason = CurrencyCheck.lacking(currency);
        changes.put(
                Quarantined.of(link, reason, "Add the currency in HubSpot.", payload, CurrencyCheck.need(currency)));
        quarantined(link, label, "", reason, payload, changes);
    }

    /** Puts a record aside that may well be written later; it is tried again by itself, less and less often. */
    void postpone(
            Link link,
            String label,
            String correlationId,
            String reason,
            Map<String, String> payload,
            Changes changes) {
        postpone(link, label, correlationId, reason, "Nothing: it is tried again by itself.", payload, changes);
    }

    private void postpone(
            Link link,
            String label,
            String correlationId,
            String reason,
            String next,
            Map<String, String> payload,
            Changes changes) {
        int attempts = run.ledger
                .quarantined(link.kind(), link.sourceId())
                .filter(before -> before.stamp().equals(link.stamp()))
                .map(before -> before.attempts() + 1)
                .orElse(1);
        Duration wait = FIRST_RETRY.multipliedBy(1L << Math.min(attempts - 1, MOST_DOUBLINGS));
        String again = Times.sortable(run.time.now().plus(wait.compareTo(LAST_RETRY) < 0 ? wait : LAST_RETRY));
        changes.put(new Quarantined(
                link.kind(), link.sourceId(), link.stamp(), reason, next, payload, attempts, again, "", link.origin()));
        changes.put(new Entry(
                Work.RETRY, link.kind() + "/" + link.sourceId(), again, Map.of(ORIGIN, List.of(link.origin()))));
        quarantined(link, label, correlationId, reason, payload, changes);
    }

    private void quarantined(
            Link link,
            String label,
            String correlationId,
            String reason,
            Map<String, String> payload,
            Changes changes) {
        run.tally.decide(link.kind(), link.sourceId(), Decision.QUARANTINED, label, reason);
        changes.audit(link, AuditEntry.Decision.QUARANTINED, correlationId, reason, changed(link, payload));
    }

    /** A record whose detail could not be read, and now could, is not in quarantine for that any more. */
    void releaseUnread(Kind kind, String sourceId, Changes changes) {
        run.ledger
                .quarantined(kind, sourceId)
                .filter(one -> one.reason().startsWith(UNREAD))
                .ifPresent(one -> {
                    changes.release(kind, sourceId);
                    changes.remove(new Entry(Work.RETRY, kind + "/" + sourceId, "", Map.of()));
                });
    }

    /** Queues what was put aside and whose time has come. */
    void takeUpPostponed() {
        List<Entry> due = run.ledger.queuedBefore(Work.RETRY, Times.sortable(run.time.now()), ALL);
        Changes changes = run.ledger.changes();
        for (Entry entry : due) {
            changes.remove(entry);
            Redo.queue(entry.kind(), entry.sourceId(), entry.part(ORIGIN).get(0), changes);
        }
        changes.commit();
    }

    /** What is written, and what was before. */
    static Map<String, Change> changed(Link before, Map<String, String> written) {
        Map<String, Change> changed = new HashMap<>();
        written.forEach(
                (name, value) -> changed.put(name, new Change(before.written().get(name), value)));
        return changed;
    }

    /** Whether this version of the record is in quarantine already, and not to be tried now; if so it is counted there. */
    boolean isQuarantined(Kind kind, String sourceId, String stamp, String label) {
        return run.ledger
                .quarantined(kind, sourceId)
                .filter(quarantined -> quarantined.stamp().equals(stamp) && !quarantined.isDue(run.time.now()))
                .map(quarantined -> {
                    run.tally.decide(kind, sourceId, Decision.QUARANTINED, label, quarantined.reason());
                    return true;
                })
                .orElse(false);
    }

    /** One batch on its way. */
    private final class Batch {
        private final Kind kind;
        private final Changes changes;
        private final Map<String, Link> links = new LinkedHashMap<>();
        private final Map<String, Desired> toMake = new LinkedHashMap<>();
        private final Map<String, Desired> toUpdate = new LinkedHashMap<>();
        private final Map<String, Map<String, String>> updates = new LinkedHashMap<>();
        private final List<Desired> lost = new ArrayList<>();
        private final List<Desired> refusedEmail = new ArrayList<>();
        private final Map<Desired, String> colliding = new LinkedHashMap<>();

        Batch(Kind kind, Changes changes) {
            this.kind = kind;
            this.changes = changes;
        }

        Map<String, Link> write(List<Desired> given) {
            List<Desired> unlinked = new ArrayList<>();
            for (Desired one : withFreeEmails(given)) {
                if (one.link().fact(Facts.GONE).equals(LOST)) {
                    run.tally.decide(kind, one.link().sourceId(), Decision.SKIPPED);
                    continue;
                }
                one.values().cuts().forEach(cut -> run.tally.note(kind, one.label(), cut));
                if (one.link().targetId() == null) {
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
                        if (owner == null
                                || owner.id().value().equals(one.link().targetId())) {
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
            return run.prepared.newKeys().contains(kind) ? Map.of() : run.lookup.find(kind, wanted(unlinked));
        }

        /** A contact is known by its address first, if it has our key as well. */
        private Map<String, CrmRecord<?>> amongChildren(List<Desired> unlinked, Map<String, CrmRecord<?>> byEmail) {
            Map<String, CrmRecord<?>> found = new HashMap<>();
            List<Desired> others = new ArrayList<>();
            for (Desired one : unlinked) {
                CrmRecord<?> mailed = byEmail.get(email(one));
                if (mailed != null
                        && one.key()
                                .equals(mailed.text(BooksProperties.KEY.name()).orElse(""))) {
                    found.put(one.key(), mailed);
                } else {
                    others.add(one);
                }
            }
            found.putAll(run.lookup.find(kind, wanted(others)));
            return found;
        }

        private List<Wanted> wanted(List<Desired> some) {
            Map<String, String> parents =
                    run.lookup.parents(kind, some.stream().map(Desired::link).toList());
            return some.stream()
                    .map(one -> new Wanted(
                            one.key(), mark(one), parents.get(one.link().sourceId())))
                    .toList();
        }

        private String mark(Desired one) {
            return run.lookup.mark(kind, one.key(), one.values().encoded());
        }

        private void awaitDecision(Desired one, Match match) {
            postpone(
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
            return run.ledger.byTarget(kind, record.id().value()).isPresent();
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
            sending.addAll(sendings(toMake.values()));
            if (!sending.isEmpty()) {
                changes.onTheirWay(sending);
            }
        }

        /** With what those are found again by that HubSpot may have and we do not know of. */
        private List<Sending> sendings(Collection<Desired> some) {
            if (run.identity(kind) == Identity.UNIQUE_KEY) {
                return some.stream().map(one -> Sending.of(one.link())).toList();
            }
            Map<String, String> parents =
                    run.lookup.parents(kind, some.stream().map(Desired::link).toList());
            return some.stream()
                    .map(one -> Sending.of(one.link())
                            .under(mark(one), parents.get(one.link().sourceId())))
                    .toList();
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
                } else if (isAboutEmail(one, outcome)) {
                    refusedEmail.add(one);
                } else {
                    settle(one, outcome, updates.get(id));
                }
            });
            toUpdate.clear();
            updates.clear();
            sendWithoutEmail();
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

        /** An address that another contact has is left out; everything else of the person is written. */
        private void sendWithoutEmail() {
            List<Desired> refused = List.copyOf(refusedEmail);
            refusedEmail.clear();
            for (Desired one : refused) {
                String email = email(one);
                BooksMapping.leaveOutEmail(one.values());
                run.tally.note(
                        kind, one.label(), "its e-mail address belongs to another HubSpot contact and is left out");
                Link link = one.link().withFacts(Map.of(Facts.WITHOUT_EMAIL, email));
                update(one.with(link), link.requireTarget());
            }
            if (!refused.isEmpty()) {
                sendUpdates();
            }
        }

        /** Records that somebody has deleted in HubSpot; one that has the key under another id is followed. */
        private void findLost() {
            if (lost.isEmpty()) {
                return;
            }
            Map<String, CrmRecord<?>> byKey = run.lookup.findAnew(kind, wanted(lost));
            for (Desired one : lost) {
                CrmRecord<?> keyed = byKey.get(one.key());
                if (keyed != null) {
                    update(one.with(one.link().unsure()), keyed.id().value());
                } else if (run.policies.lost() == LostRecordPolicy.RECREATE) {
                    run.tally.note(kind, one.label(), "it was deleted in HubSpot and is made again");
                    toMake.put(one.key(), one.with(one.link().unwritten()));
                } else {
                    unlink(one);
                }
            }
            sendUpdates();
        }

        private void unlink(Desired one) {
            changes.put(one.link().withTarget(null).withFacts(Map.of(Facts.GONE, LOST)));
            changes.audit(one.link(), AuditEntry.Decision.SKIPPED, "it was deleted in HubSpot and is left so");
            run.tally.decide(
                    kind,
                    one.link().sourceId(),
                    Decision.SKIPPED,
                    one.label(),
                    "it was deleted in HubSpot and is left so");
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
                toMake.forEach((key, one) -> settle(one, result.of(key), values.get(key)));
            } else {
                createUnderParents(values);
            }
        }

        private void createUnderParents(Map<String, Map<String, String>> values) {
            List<Wanted> wanted = wanted(List.copyOf(toMake.values()));
            List<Child> children = new ArrayList<>();
            for (Wanted one : wanted) {
                Map<String, String> all = values.getOrDefault(one.key(), Map.of());
                if (one.parent() == null) {
                    awaitParent(one.key(), all);
                } else {
                    if (run.identity(kind) == Identity.KEY) {
                        all.put(BooksProperties.KEY.name(), one.key());
                    }
                    children.add(new Child(one.key(), all, one.parent()));
                }
            }
            create(children);
        }

        private void awaitParent(String key, Map<String, String> values) {
            Desired one = toMake.get(key);
            if (one != null) {
                String reason =
                        "HubSpot has nothing yet that it belongs to, and without that it could not be found again;"
                                + " it is tried again by itself.";
                postpone(one.link(), one.label(), "", reason, values, changes);
            }
        }

        /**
         * Without a unique key nothing is sent twice. What was refused together is looked for, and what is not there is sent in
         * smaller parts, until the one at fault stands alone.
         */
        private void create(List<Child> some) {
            if (some.isEmpty()) {
                return;
            }
            Map<String, Outcome<?>> outcomes = run.lookup.create(kind, some);
            List<Child> together = new ArrayList<>();
            for (Child child : some) {
                Outcome<?> outcome = outcomes.get(child.name());
                Desired one = toMake.get(child.name());
                if (some.size() > 1 && Outcomes.isRefusedTogether(outcome)) {
                    together.add(child);
                } else if (one != null && outcome != null) {
                    settle(one, outcome, child.values());
                }
            }
            if (!together.isEmpty()) {
                List<Child> missing = notThere(together);
                int half = (missing.size() + 1) / 2;
                create(missing.subList(0, half));
                create(missing.subList(half, missing.size()));
            }
        }

        private List<Child> notThere(List<Child> some) {
            List<Desired> desired = new ArrayList<>();
            some.forEach(child -> Optional.ofNullable(toMake.get(child.name())).ifPresent(desired::add));
            Map<String, CrmRecord<?>> there = run.lookup.findAnew(kind, wanted(desired));
            List<Child> missing = new ArrayList<>();
            for (Child child : some) {
                Desired one = toMake.get(child.name());
                CrmRecord<?> record = there.get(child.name());
                if (one != null && record != null) {
                    isWritten(one, record, true, child.values());
                } else {
                    missing.add(child);
                }
            }
            return missing;
        }

        private void settle(Desired one, Outcome<?> outcome, @Nullable Map<String, String> sent) {
            CrmRecord<?> record = written(outcome);
            Map<String, String> values = sent == null ? Map.of() : sent;
            if (record != null) {
                isWritten(one, record, outcome instanceof Outcome.Created, values);
            } else if (Outcomes.mayComeTrue(outcome)) {
                if (outcome instanceof Outcome.Unknown) {
                    sendings(List.of(one)).forEach(changes::stillOnItsWay);
                }
                Problem problem = outcome instanceof Outcome.Failed<?> failed ? failed.problem() : null;
                String correlation = problem == null ? null : problem.correlationId();
                postpone(
                        one.link(),
                        one.label(),
                        correlation == null ? "" : correlation,
                        reason(outcome),
                        values,
                        changes);
            } else {
                quarantine(one.link(), one.label(), reason(outcome), values, changes);
            }
        }

        private void isWritten(Desired one, CrmRecord<?> record, boolean created, Map<String, String> values) {
            Link link = one.link();
            Link settled = targeted(link.withWritten(values), record.id().value());
            if (created && kind == Kind.CUSTOMER) {
                settled = settled.withFacts(Map.of(Facts.NEW, "yes"));
            }
            links.put(link.sourceId(), settled);
            changes.audit(
                    settled,
                    created ? AuditEntry.Decision.CREATED : AuditEntry.Decision.UPDATED,
                    "",
                    "",
                    changed(link, values));
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
}
