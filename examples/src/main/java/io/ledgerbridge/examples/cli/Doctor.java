package io.ledgerbridge.examples.cli;

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
import io.ledgerbridge.hubspot.model.PropertyDefinition;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The checks, each for itself: one that fails stops none of the others. */
final class Doctor {

    private static final List<ObjectType<?>> TYPES = List.of(
            ObjectType.COMPANIES, ObjectType.CONTACTS, ObjectType.INVOICES, ObjectType.LINE_ITEMS, ObjectType.PAYMENTS);
    private static final Property<String> KEY = Property.text("zoho_books_key");

    /** No record has this id, so that a write to it tells about the scope and does nothing. */
    private static final String NOBODY = "0";

    private final ZohoBooks zoho;
    private final HubSpot hubspot;
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

    void examine() {
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
            PropertyDefinition key = hubspot.properties(type).list().get(KEY.name());
            if (key == null) {
                checkSchemaScope(type);
            } else if (key.hasUniqueValue()) {
                ok("HubSpot property " + KEY + " on " + type, "there and unique");
            } else {
                fail(
                        "HubSpot property " + KEY + " on " + type,
                        "not unique",
                        "delete it in HubSpot under Settings > Properties; the next sync makes it anew");
            }
        } catch (HubSpotPermissionException e) {
            failScope(e, type.readScope());
        } catch (HubSpotException e) {
            fail("HubSpot property " + KEY + " on " + type, String.valueOf(e.getMessage()), "try again later");
        }
        checkWriteScope(type);
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
