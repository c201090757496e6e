package io.ledgerbridge.sync.internal;

import io.ledgerbridge.sync.internal.Ledger.Changes;
import io.ledgerbridge.sync.internal.RecordWriter.Desired;
import io.ledgerbridge.sync.internal.Tally.Decision;
import io.ledgerbridge.zohobooks.Page;
import io.ledgerbridge.zohobooks.model.ContactPerson;
import io.ledgerbridge.zohobooks.model.RawJson;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Persons of customers become contacts; a customer without persons becomes one itself. One e-mail address is one contact:
 * its owner has the fields, others with the same address only associate it with their company.
 */
final class Persons {

    private static final int CHUNK = 100;
    private static final String SELF = ":self";

    /** A contact to be. */
    private record Candidate(
            String sourceId,
            String idForOrder,
            String customerId,
            ContactPerson person,
            String email,
            boolean primary) {
        String label() {
            String name = (person.firstName() + " " + person.lastName()).strip();
            return name.isEmpty() ? sourceId : name;
        }
    }

    private final Run run;
    private final Addressees addressees;
    private final RecordWriter writer;
    private final Pairs pairs;

    Persons(Run run, RecordWriter writer, Pairs pairs, Addressees addressees) {
        this.run = run;
        this.addressees = addressees;
        this.writer = writer;
        this.pairs = pairs;
    }

    /** Reads the list of all persons, and decides for all customers. */
    void readAll() {
        if (!run.isOn(Kind.CONTACT)) {
            return;
        }
        Map<String, List<ContactPerson>> byCustomer = new HashMap<>();
        Set<String> seen = new HashSet<>();
        boolean more = true;
        for (int number = 1; more; number++) {
            run.governor.keepReserve();
            Page<ContactPerson> page = run.source.persons(number);
            for (ContactPerson person : page.items()) {
                if (seen.add(person.contactPersonId())) {
                    byCustomer
                            .computeIfAbsent(person.contactId(), id -> new ArrayList<>())
                            .add(person);
                }
            }
            more = page.hasNext();
        }
        Map<Link, List<ContactPerson>> customers = new LinkedHashMap<>();
        Changes changes = run.ledger.changes();
        run.ledger.forEachLink(Kind.CUSTOMER, link -> {
            List<ContactPerson> persons = byCustomer.remove(link.sourceId());
            List<ContactPerson> listed = persons == null ? List.of() : persons;
            if (link.targetId() == null || !link.fact(Facts.GONE).isEmpty() || link.isLeftOut()) {
                return;
            }
            if (run.remapping.isWaitingFor(Kind.CONTACT) && !lacksContact(link, listed)) {
                listed.forEach(person -> run.tally.decide(Kind.CONTACT, person.contactPersonId(), Decision.UNCHANGED));
            } else if (lacksOne(link, listed)) {
                // Rows move while pages are read: only the customer itself tells whether a person is gone.
                changes.put(Details.entry(Kind.CUSTOMER, link.sourceId()));
            } else {
                // There may be many customers: what was written is read again when they are associated.
                customers.put(link.unwritten(), listed);
            }
        });
        changes.commit();
        byCustomer
                .values()
                .forEach(persons -> persons.forEach(
                        person -> run.tally.decide(Kind.CONTACT, person.contactPersonId(), Decision.SKIPPED)));
        decide(customers);
    }

    private boolean lacksOne(Link customer, List<ContactPerson> listed) {
        Set<String> ids = new HashSet<>();
        candidates(customer, listed).forEach(candidate -> ids.add(candidate.sourceId()));
        return run.ledger.linksOfCustomer(Kind.CONTACT, customer.sourceId()).stream()
                .anyMatch(link -> !ids.contains(link.sourceId()));
    }

    /** Whether somebody of these has no contact yet, so that all of the customer are decided. */
    private boolean lacksContact(Link customer, List<ContactPerson> listed) {
        Set<String> linked = run.ledger.linksOfCustomer(Kind.CONTACT, customer.sourceId()).stream()
                .filter(link -> link.targetId() != null)
                .map(Link::sourceId)
                .collect(Collectors.toSet());
        return !candidates(customer, listed).stream().map(Candidate::sourceId).allMatch(linked::contains);
    }

    /** Writes the contacts of these customers, of whom all persons are known, and associates them. */
    void decide(Map<Link, List<ContactPerson>> customers) {
        List<Candidate> candidates = new ArrayList<>();
        customers.forEach((link, persons) -> candidates.addAll(candidates(link, persons)));
        replaceThoseWhoAreGone(customers.keySet(), candidates);
        Map<String, String> owners = owners(candidates);
        List<Candidate> toWrite = new ArrayList<>();
        List<Candidate> sharing = new ArrayList<>();
        for (Candidate candidate : candidates) {
            String owner = owners.getOrDefault(candidate.email(), candidate.sourceId());
            (owner.equals(candidate.sourceId()) ? toWrite : sharing).add(candidate);
        }
        skip(sharing, owners);
        for (int from = 0; from < toWrite.size(); from += CHUNK) {
            write(toWrite.subList(from, Math.min(toWrite.size(), from + CHUNK)));
        }
        associate(customers.keySet(), candidates, owners);
        run.tally.progress(Kind.CONTACT, 0);
    }

    private void skip(List<Candidate> sharing, Map<String, String> owners) {
        Map<String, String> known = run.ledger.skipped(
                Kind.CONTACT, sharing.stream().map(Candidate::sourceId).toList());
        Changes changes = run.ledger.changes();
        forgetThoseWhoseContactIsGone(sharing, changes);
        for (Candidate candidate : sharing) {
            String reason = "shared e-mail: " + candidate.email() + " is the contact " + owners.get(candidate.email());
            run.tally.decide(Kind.CONTACT, candidate.sourceId(), Decision.SKIPPED, candidate.label(), reason);
            changes.release(Kind.CONTACT, candidate.sourceId());
            if (!reason.equals(known.get(candidate.sourceId()))) {
                changes.skip(Link.unlinked(Kind.CONTACT, candidate.sourceId(), candidate.customerId()), reason);
            }
        }
        changes.commit();
    }

    /** A contact that was found after its call was lost is not written any more if its address is another's: is it still there? */
    private void forgetThoseWhoseContactIsGone(List<Candidate> sharing, Changes changes) {
        Map<String, String> byTarget = new HashMap<>();
        run.ledger
                .links(Kind.CONTACT, sharing.stream().map(Candidate::sourceId).toList())
                .values()
                .forEach(link -> {
                    if (link.targetId() != null && !link.fact(Facts.MADE).isEmpty()) {
                        byTarget.put(link.targetId(), link.sourceId());
                    }
                });
        if (!byTarget.isEmpty()) {
            run.target
                    .read(Kind.CONTACT, List.copyOf(byTarget.keySet()), List.of(BooksProperties.KEY.name()))
                    .keySet()
                    .forEach(byTarget::remove);
            run.ledger.links(Kind.CONTACT, byTarget.values()).values().forEach(changes::removeLink);
        }
    }

    /**
     * Contacts whose person is gone, or that were made from a customer which has persons now, get a new owner: the first person
     * of the customer with the same address, else the primary one, if it has no contact yet. Without an heir only the link goes;
     * the contact stays as it is, and is found by its address if somebody else has it one day.
     */
    private void replaceThoseWhoAreGone(Set<Link> customers, List<Candidate> candidates) {
        Map<String, List<Candidate>> byCustomer = new HashMap<>();
        candidates.forEach(candidate -> byCustomer
                .computeIfAbsent(candidate.customerId(), id -> new ArrayList<>())
                .add(candidate));
        boolean anyQuarantined = run.ledger.anyQuarantined();
        Changes changes = run.ledger.changes();
        for (Link customer : customers) {
            List<Candidate> present = byCustomer.getOrDefault(customer.sourceId(), List.of());
            Map<String, Link> known = new LinkedHashMap<>();
            run.ledger
                    .linksOfCustomer(Kind.CONTACT, customer.sourceId())
                    .forEach(link -> known.put(link.sourceId(), link));
            Set<String> ids = new HashSet<>();
            present.forEach(candidate -> ids.add(candidate.sourceId()));
            if (anyQuarantined) {
                run.ledger.quarantinedOf(Kind.CUSTOMER, customer.sourceId()).stream()
                        .filter(one -> one.kind() == Kind.CONTACT && !ids.contains(one.sourceId()))
                        .forEach(one -> changes.release(one.kind(), one.sourceId()));
            }
            for (Link link : List.copyOf(known.values())) {
                if (!ids.contains(link.sourceId())) {
                    changes.removeLink(link);
                    heir(link, present, known).ifPresent(heir -> {
                        Link inherited = link.ownedBy(heir.sourceId());
                        known.put(heir.sourceId(), inherited);
                        changes.put(inherited);
                    });
                }
            }
        }
        changes.commit();
    }

    private static Optional<Candidate> heir(Link gone, List<Candidate> present, Map<String, Link> known) {
        if (gone.targetId() == null) {
            return Optional.empty();
        }
        String email = gone.fact(Facts.EMAIL);
        boolean madeFromCustomer = gone.sourceId().endsWith(SELF);
        return present.stream()
                .filter(candidate -> !known.containsKey(candidate.sourceId()))
                .filter(candidate -> (!email.isEmpty() && candidate.email().equals(email))
                        || (madeFromCustomer && candidate.primary()))
                .min(Comparator.comparing(
                                (Candidate candidate) -> !candidate.email().equals(email))
                        .thenComparing(Persons::order));
    }

    private List<Candidate> candidates(Link customer, List<ContactPerson> persons) {
        if (persons.isEmpty()) {
            return List.of(self(customer));
        }
        return persons.stream()
                .map(person -> new Candidate(
                        person.contactPersonId(),
                        person.contactPersonId(),
                        customer.sourceId(),
                        person,
                        email(person),
                        person.isPrimaryContact()))
                .toList();
    }

    /** HubSpot wants a name or an address; the customer's own name is the last resort. */
    private static Candidate self(Link customer) {
        boolean named = !customer.fact(Facts.FIRST_NAME).isEmpty()
                || !customer.fact(Facts.LAST_NAME).isEmpty();
        ContactPerson person = new ContactPerson(
                customer.sourceId(),
                customer.sourceId(),
                customer.fact(Facts.NAME),
                "",
                customer.fact(Facts.FIRST_NAME),
                named ? customer.fact(Facts.LAST_NAME) : customer.fact(Facts.NAME),
                customer.fact(Facts.EMAIL),
                customer.fact(Facts.PHONE),
                "",
                "",
                "",
                true,
                false,
                "",
                null,
                RawJson.NONE);
        return new Candidate(
                customer.sourceId() + SELF, customer.sourceId(), customer.sourceId(), person, email(person), true);
    }

    /** The address that decides ownership; an unusable one decides nothing. */
    private static String email(ContactPerson person) {
        String email = BooksMapping.cleanEmail(person.email());
        return BooksMapping.isEmail(email) ? email : "";
    }

    /** Who has which address: its present owner, else the smallest id. */
    private Map<String, String> owners(List<Candidate> candidates) {
        Map<String, List<Candidate>> byEmail = new LinkedHashMap<>();
        candidates.stream()
                .filter(candidate -> !candidate.email().isEmpty())
                .forEach(candidate -> byEmail.computeIfAbsent(candidate.email(), email -> new ArrayList<>())
                        .add(candidate));
        Map<String, Link> present = run.ledger.ownersOfEmails(byEmail.keySet());
        Map<String, String> addressNow = new HashMap<>();
        candidates.forEach(candidate -> addressNow.put(candidate.sourceId(), candidate.email()));
        Map<String, String> owners = new HashMap<>();
        byEmail.forEach((email, sharing) -> {
            Link owner = present.get(email);
            if (owner != null && email.equals(addressNow.getOrDefault(owner.sourceId(), email))) {
                owners.put(email, owner.sourceId());
            } else {
                owners.put(
                        email,
                        sharing.stream()
                                .min(Comparator.comparing(Persons::order))
                                .orElseThrow()
                                .sourceId());
            }
        });
        return owners;
    }

    private static BigInteger order(Candidate candidate) {
        String id = candidate.idForOrder();
        return id.matches("\\d+") ? new BigInteger(id) : BigInteger.valueOf(id.hashCode());
    }

    private void write(List<Candidate> candidates) {
        Changes changes = run.ledger.changes();
        Map<String, Link> links = run.ledger.settledLinks(
                Kind.CONTACT, candidates.stream().map(Candidate::sourceId).toList());
        List<Desired> desired = new ArrayList<>();
        for (Candidate candidate : candidates) {
            Values values = run.mapping.contact(candidate.person());
            String version = Values.hash(values.encoded());
            String given = BooksMapping.cleanEmail(candidate.person().email());
            if (writer.isQuarantined(Kind.CONTACT, candidate.sourceId(), version, candidate.label())) {
                continue;
            }
            if (!given.isEmpty() && candidate.email().isEmpty()) {
                writer.quarantine(
                        Link.unlinked(Kind.CONTACT, candidate.sourceId(), candidate.customerId())
                                .withStamp(version),
                        candidate.label(),
                        "'" + candidate.person().email() + "' is not an e-mail address, and HubSpot would refuse it."
                                + " Correct it in Zoho Books; the person is tried again when it changes.",
                        values.encoded(),
                        changes);
                continue;
            }
            Link link = links.getOrDefault(
                    candidate.sourceId(), Link.unlinked(Kind.CONTACT, candidate.sourceId(), candidate.customerId()));
            String key = run.mapping.key(candidate.sourceId());
            if (link.owesKey()) {
                values.set(BooksProperties.KEY, key);
            }
            desired.add(new Desired(
                    link.withStamp(version).withFacts(Map.of(Facts.EMAIL, candidate.email())),
                    key,
                    values,
                    Map.of(),
                    candidate.label()));
        }
        writer.write(Kind.CONTACT, desired, changes).values().forEach(link -> {
            if (!link.equals(links.get(link.sourceId()))) {
                changes.put(link);
            }
        });
        changes.commit();
    }

    private void associate(Set<Link> customers, List<Candidate> candidates, Map<String, String> owners) {
        Map<String, Set<String>> contactsOf = new LinkedHashMap<>();
        Map<String, String> primaryOf = new HashMap<>();
        for (Candidate candidate : candidates) {
            String owner = owners.getOrDefault(candidate.email(), candidate.sourceId());
            contactsOf
                    .computeIfAbsent(candidate.customerId(), id -> new LinkedHashSet<>())
                    .add(owner);
            if (candidate.primary()) {
                primaryOf.put(candidate.customerId(), owner);
            }
        }
        List<Link> all = List.copyOf(customers);
        for (int from = 0; from < all.size(); from += CHUNK) {
            associate(all.subList(from, Math.min(all.size(), from + CHUNK)), contactsOf, primaryOf);
        }
    }

    private void associate(List<Link> customers, Map<String, Set<String>> contactsOf, Map<String, String> primaryOf) {
        Changes changes = run.ledger.changes();
        Map<String, Link> known = run.ledger.links(
                Kind.CONTACT,
                customers.stream()
                        .flatMap(customer -> contactsOf.getOrDefault(customer.sourceId(), Set.of()).stream())
                        .collect(Collectors.toSet()));
        Map<String, Link> present = run.ledger.links(
                Kind.CUSTOMER, customers.stream().map(Link::sourceId).toList());
        for (Link customer : present.values()) {
            Map<String, Link> contacts = new LinkedHashMap<>();
            for (String id : contactsOf.getOrDefault(customer.sourceId(), Set.of())) {
                Link contact = known.get(id);
                if (contact != null) {
                    contacts.put(id, contact);
                }
            }
            String primary = primaryOf.getOrDefault(customer.sourceId(), "");
            Map<String, String> targets = new HashMap<>();
            contacts.forEach((id, contact) -> targets.put(id, String.valueOf(contact.targetId())));
            // Who has which contact matters for invoices that name a person, also where the contacts stay the same.
            Link link = customer.withFacts(Map.of(Facts.PRIMARY, primary, Facts.CONTACTS, Values.hash(targets)));
            List<String> all = contacts.values().stream()
                    .map(Link::targetId)
                    .filter(Objects::nonNull)
                    .map(String::valueOf)
                    .toList();
            if (link.targetId() != null) {
                link = pairs.relate(Relation.CONTACT_COMPANY, link, all, changes);
            }
            if (!link.equals(customer)) {
                changes.put(link);
                addressees.refresh(link, changes);
            }
        }
        changes.commit();
    }
}
