package io.ledgerbridge.examples.cli;

import io.ledgerbridge.examples.cli.Settings.BadSetting;
import io.ledgerbridge.hubspot.Crm;
import io.ledgerbridge.hubspot.HubSpot;
import io.ledgerbridge.hubspot.HubSpotAuthenticationException;
import io.ledgerbridge.hubspot.HubSpotException;
import io.ledgerbridge.hubspot.HubSpotPermissionException;
import io.ledgerbridge.hubspot.ObjectType;
import io.ledgerbridge.hubspot.Properties;
import io.ledgerbridge.hubspot.Property;
import io.ledgerbridge.hubspot.RecordUpdate;
import io.ledgerbridge.hubspot.model.Account;
import io.ledgerbridge.hubspot.model.CustomPropertyRoom;
import io.ledgerbridge.hubspot.model.PropertyDefinition;
import io.ledgerbridge.sync.Mapping;
import io.ledgerbridge.zohobooks.ContactQuery;
import io.ledgerbridge.zohobooks.InvoiceQuery;
import io.ledgerbridge.zohobooks.PaymentQuery;
import io.ledgerbridge.zohobooks.ZohoBooks;
import io.ledgerbridge.zohobooks.ZohoBooksException;
import io.ledgerbridge.zohobooks.ZohoPermissionException;
import io.ledgerbridge.zohobooks.model.Organization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The checks, each for itself: one that fails stops none of the others. */
final class Doctor {

    private static final List<ObjectType<?>> TYPES = List.of(
            ObjectType.COMPANIES, ObjectType.CONTACTS, ObjectType.INVOICES, ObjectType.LINE_ITEMS, ObjectType.PAYMENTS);
    /** Where a key that is not unique does: records are looked for under what they belong to. */
    private static final Map<ObjectType<?>, ObjectType<?>> PARENTS = Map.of(
            ObjectType.CONTACTS,
            ObjectType.COMPANIES,
            ObjectType.LINE_ITEMS,
            ObjectType.INVOICES,
            ObjectType.PAYMENTS,
            ObjectType.COMPANIES);

    private static final String KEPT_BY = "Kept in step by the installation ";
    private static final String INSTALLATION = "zoho_books_installation_";
    private static final Property<String> KEY = Property.text("zoho_books_key");

    /** No record has this id, so that a write to it tells about the scope and does nothing. */
    private static final String NOBODY = "0";

    private final ZohoBooks zoho;
    private final HubSpot hubspot;
    private String installation = "";
    private final List<String> findings = new ArrayList<>();
    private final Set<String> currencies = new TreeSet<>();
    private boolean failed;
    private boolean signInFailed;

    Doctor(ZohoBooks zoho, HubSpot hubspot) {
        this.zoho = zoho;
        this.hubspot = hubspot;
    }

    List<String> findings() {
        return findings;
    }

    int exitCode() {
        if (signInFailed) {
            return 3;
        }
        return failed ? 1 : 0;
    }

    /** @param store opens it, and tells the id of this installation; empty if the first sync is still to make one */
    void examine(Supplier<String> store) {
        try {
            installation = store.get();
            ok("Store", "opens");
        } catch (BadSetting e) {
            fail("Store", String.valueOf(e.getMessage()), "correct LEDGERBRIDGE_STORE or --store");
        }
        if (checkZohoToken()) {
            checkZohoScope(
                    "ZohoBooks.contacts.READ",
                    () -> zoho.contacts()
                            .page(ContactQuery.customers(), 1)
                            .items()
                            .forEach(contact -> currencies.add(contact.currencyCode())));
            checkZohoScope(
                    "ZohoBooks.invoices.READ",
                    () -> zoho.invoices()
                            .page(InvoiceQuery.all(), 1)
                            .items()
                            .forEach(invoice -> currencies.add(invoice.currencyCode())));
            checkZohoScope(
                    "ZohoBooks.customerpayments.READ",
                    () -> zoho.customerPayments().page(PaymentQuery.all(), 1));
        }
        Account account = checkHubSpotToken();
        if (account != null) {
            checkCurrencies(account);
            checkSwitches();
            TYPES.forEach(this::checkType);
        }
    }

    // Zoho Books

    private boolean checkZohoToken() {
        List<Organization> organizations;
        try {
            organizations = zoho.organizations().list();
        } catch (ZohoPermissionException e) {
            fail(
                    "Zoho scope ZohoBooks.settings.READ",
                    "missing, or the data centre is the wrong one",
                    "grant the scope and get a new refresh token, or correct ZOHO_DATA_CENTER");
            return true;
        } catch (ZohoBooksException e) {
            signInFailed = true;
            fail("Zoho token", String.valueOf(e.getMessage()), "correct the ZOHO_ settings");
            return false;
        }
        ok("Zoho token", "accepted");
        boolean there = organizations.stream()
                .anyMatch(organization -> organization.organizationId().equals(zoho.organizationId()));
        if (there) {
            organizations.stream()
                    .filter(organization -> organization.organizationId().equals(zoho.organizationId()))
                    .forEach(organization -> {
                        ok(
                                "Zoho organisation",
                                organization + ", " + organization.timeZone() + ", " + organization.currencyCode());
                        currencies.add(organization.currencyCode());
                    });
        } else {
            fail(
                    "Zoho organisation",
                    zoho.organizationId() + " is not one of the user's",
                    "set ZOHO_ORGANIZATION_ID to one of "
                            + organizations.stream().map(Organization::toString).collect(Collectors.joining(", ")));
        }
        return there;
    }

    private void checkZohoScope(String scope, Runnable reading) {
        try {
            reading.run();
            ok("Zoho scope " + scope, "granted");
        } catch (ZohoPermissionException e) {
            fail("Zoho scope " + scope, "missing", "grant it and set ZOHO_REFRESH_TOKEN to a new refresh token");
        } catch (ZohoBooksException e) {
            fail("Zoho scope " + scope, String.valueOf(e.getMessage()), "try again later");
        }
    }

    // HubSpot

    private @Nullable Account checkHubSpotToken() {
        try {
            Account account = hubspot.account().get();
            ok("HubSpot token", "accepted");
            ok("HubSpot account", account.portalId() + ", " + account.accountType() + ", " + account.timeZone());
            return account;
        } catch (HubSpotAuthenticationException e) {
            signInFailed = true;
            fail("HubSpot token", "refused", "set HUBSPOT_ACCESS_TOKEN to a valid private-app token or service key");
        } catch (HubSpotException e) {
            signInFailed = true;
            fail("HubSpot token", String.valueOf(e.getMessage()), "try again later");
        }
        return null;
    }

    private void checkCurrencies(Account account) {
        Set<String> lacking = new TreeSet<>(currencies);
        lacking.remove("");
        lacking.removeAll(account.currencies());
        if (lacking.isEmpty()) {
            ok("HubSpot currencies", "all in use are there");
        } else {
            fail(
                    "HubSpot currencies",
                    "lacking " + String.join(", ", lacking),
                    "add them in HubSpot under Settings > Account Defaults > Currency");
        }
    }

    private void checkSwitches() {
        try {
            Map<String, Boolean> enablement = hubspot.account().enablement();
            for (ObjectType<?> type : List.of(ObjectType.INVOICES, ObjectType.PAYMENTS)) {
                if (Boolean.FALSE.equals(enablement.get(type.id()))) {
                    fail(
                            "HubSpot " + type,
                            "switched off, so they are not synced",
                            "switch them on in HubSpot under Settings > Objects");
                } else {
                    ok("HubSpot " + type, "switched on");
                }
            }
        } catch (HubSpotException e) {
            fail("HubSpot switches", String.valueOf(e.getMessage()), "the sync goes on without knowing them");
        }
    }

    private void checkType(ObjectType<?> type) {
        try {
            Map<String, PropertyDefinition> definitions =
                    hubspot.properties(type).list();
            checkKey(type, definitions.get(KEY.name()));
            checkRoom(type, definitions.keySet());
            if (type == ObjectType.COMPANIES) {
                checkInstallation(definitions.get(INSTALLATION + zoho.organizationId()));
            }
        } catch (HubSpotPermissionException e) {
            failScope(e, type.readScope());
        } catch (HubSpotException e) {
            fail("HubSpot property " + KEY + " on " + type, String.valueOf(e.getMessage()), "try again later");
        }
        checkWriteScope(type);
    }

    private void checkKey(ObjectType<?> type, @Nullable PropertyDefinition key) {
        ObjectType<?> parent = PARENTS.get(type);
        String property = "HubSpot property " + KEY + " on " + type;
        if (key == null) {
            checkSchemaScope(type);
        } else if (key.hasUniqueValue()) {
            ok(property, "there and unique");
        } else if (parent != null) {
            ok(
                    property,
                    "there and not unique, so records are looked for under their " + parent + " before they are made");
        } else {
            fail(
                    property,
                    "not unique",
                    "delete it in HubSpot under Settings > Properties; the next sync makes it anew");
        }
    }

    private void checkRoom(ObjectType<?> type, Set<String> present) {
        List<String> missing = Mapping.provisioned(type).stream()
                .map(PropertyDefinition::name)
                .filter(name -> !present.contains(name))
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        try {
            boolean lacksMarker =
                    type == ObjectType.COMPANIES && !present.contains(INSTALLATION + zoho.organizationId());
            int room = Math.max(0, room(type) - (lacksMarker ? 1 : 0));
            if (room < missing.size()) {
                fail(
                        "HubSpot properties on " + type,
                        "no room for " + String.join(", ", missing.subList(room, missing.size())),
                        "delete custom properties that nobody needs; without room they are left out");
            }
        } catch (HubSpotException e) {
            // How much room there is cannot be known with every token; the first sync finds out.
        }
    }

    private int room(ObjectType<?> type) {
        CustomPropertyRoom room = hubspot.account().customPropertyRoom();
        CustomPropertyRoom.Room own = room.byObjectTypeId().getOrDefault(type.id(), room.overall());
        return Math.min(
                own.limit() - own.usage(),
                room.overall().limit() - room.overall().usage());
    }

    private void checkInstallation(@Nullable PropertyDefinition marker) {
        if (marker == null) {
            return;
        }
        String words = marker.description();
        if (!words.startsWith(KEPT_BY)) {
            fail(
                    "HubSpot installation",
                    "somebody has changed the description of " + marker.name(),
                    "the next sync writes it again if its store knows the account; else sync with --take-over");
            return;
        }
        String holder = words.substring(KEPT_BY.length()).replaceAll(";.*", "");
        if (holder.equals(installation) || holder.equals("zoho-" + zoho.organizationId())) {
            ok("HubSpot installation", holder);
        } else {
            fail(
                    "HubSpot installation",
                    "the account is kept in step by '" + holder + "', and this is "
                            + (installation.isEmpty() ? "a new one" : "'" + installation + "'"),
                    "set LEDGERBRIDGE_INSTALLATION to '" + holder
                            + "' if that is this one, or stop the other and sync with --take-over");
        }
    }

    /** Makes the group, which the first sync would do too: only trying tells whether definitions may be made. */
    private void checkSchemaScope(ObjectType<?> type) {
        try {
            hubspot.properties(type).ensureGroup("zoho_books", "Zoho Books");
            ok("HubSpot property " + KEY + " on " + type, "not there yet; the first sync makes it");
        } catch (HubSpotPermissionException e) {
            failScope(e, type.schemaScope());
        }
    }

    private <T extends Crm> void checkWriteScope(ObjectType<T> type) {
        try {
            hubspot.objects(type)
                    .update(List.of(new RecordUpdate<>(
                            type.record(NOBODY), Properties.none().clear(KEY))));
            ok("HubSpot scope " + type.writeScope(), "granted");
        } catch (HubSpotPermissionException e) {
            failScope(e, type.writeScope());
        } catch (HubSpotException e) {
            fail("HubSpot scope " + type.writeScope(), String.valueOf(e.getMessage()), "try again later");
        }
    }

    private void failScope(HubSpotPermissionException failure, String expected) {
        String scope = failure.missingScopes().isEmpty() ? expected : String.join(" or ", failure.missingScopes());
        fail(
                "HubSpot scope " + scope,
                "missing",
                "add it to the private app or service key in HubSpot under Settings > Integrations");
    }

    private void ok(String check, String detail) {
        findings.add("ok    " + check + ": " + detail);
    }

    private void fail(String check, String problem, String next) {
        failed = true;
        findings.add("FAIL  " + check + ": " + problem + "; " + next);
    }
}
