package io.ledgerbridge.sync;

import io.ledgerbridge.hubspot.Companies;
import io.ledgerbridge.hubspot.Property;
import io.ledgerbridge.zohobooks.model.Contact;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which companies that were in HubSpot before are taken for customers of Zoho Books. A customer that has no company yet is looked
 * for once, among companies that belong to no customer: if exactly one fits, it is adopted and keeps its history; if several do, or
 * one fits several of the up to 100 customers that are looked at together, the customer waits in quarantine and the report names the
 * candidates. Without a match a company is made, also where the only one that fits was adopted for a customer before.
 *
 * <p>HubSpot's search lags behind by seconds, at times minutes: a company that somebody has made a moment ago may be missed.
 */
public final class MatchPolicy {

    private static final MatchPolicy NONE = new MatchPolicy(null, contact -> "");
    private static final Pattern HOST = Pattern.compile("(?:[a-z]+://)?(?:www\\.)?([^/:?#\\s]+\\.[^/:?#\\s]+).*");

    /** Of mail services: an address there tells nothing of a company. */
    private static final Set<String> OF_EVERYBODY = Set.of(
            "gmail.com",
            "googlemail.com",
            "outlook.com",
            "hotmail.com",
            "live.com",
            "msn.com",
            "yahoo.com",
            "icloud.com",
            "me.com",
            "aol.com",
            "gmx.de",
            "gmx.net",
            "web.de",
            "mail.ru",
            "proton.me",
            "protonmail.com",
            "zoho.com",
            "yandex.ru",
            "qq.com",
            "163.com");

    /** Longer values are not looked for: a search of HubSpot has at most 3,000 characters. */
    private static final int LONGEST = 500;

    private final @Nullable Property<String> property;
    private final Function<Contact, String> value;

    private MatchPolicy(@Nullable Property<String> property, Function<Contact, String> value) {
        this.property = property;
        this.value = value;
    }

    /** No company is adopted: each customer gets one of its own. The default. */
    public static MatchPolicy none() {
        return NONE;
    }

    /**
     * By the domain of the customer's web site, else of its e-mail address unless that is of a mail service which everybody may
     * use.
     */
    public static MatchPolicy byDomain() {
        return new MatchPolicy(Companies.DOMAIN, MatchPolicy::domain);
    }

    /** By the name, exactly as it is but for upper and lower case. */
    public static MatchPolicy byExactName() {
        return new MatchPolicy(Companies.NAME, Contact::contactName);
    }

    /**
     * By a property of yours.
     *
     * @param value what the property of the customer's company holds, upper and lower case alike; what is empty or longer than 500
     *     characters is not looked for
     */
    public static MatchPolicy byProperty(Property<String> property, Function<Contact, String> value) {
        return new MatchPolicy(property, value);
    }

    /** The property of companies that is looked at; empty if none is adopted. */
    public Optional<Property<String>> property() {
        return Optional.ofNullable(property);
    }

    /** What the property holds if the company is this customer's, in lower case; empty if it is not looked for. */
    public String valueOf(Contact customer) {
        String wanted = value.apply(customer).strip().toLowerCase(Locale.ROOT);
        return wanted.length() > LONGEST ? "" : wanted;
    }

    private static String domain(Contact customer) {
        Matcher site = HOST.matcher(customer.website().strip().toLowerCase(Locale.ROOT));
        if (site.matches()) {
            return site.group(1);
        }
        String email = customer.email().strip().toLowerCase(Locale.ROOT);
        String domain = email.substring(email.indexOf('@') + 1);
        return email.contains("@") && !OF_EVERYBODY.contains(domain) ? domain : "";
    }
}
