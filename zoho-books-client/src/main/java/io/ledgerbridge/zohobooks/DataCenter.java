package io.ledgerbridge.zohobooks;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where an organisation lives. A user, its organisations and its tokens live in exactly one data centre; only these
 * addresses are ever told a secret.
 *
 * @see <a href="https://www.zoho.com/books/api/v3/introduction/">Zoho Books API, multiple data centres</a>
 */
public enum DataCenter {
    US("https://accounts.zoho.com", "https://www.zohoapis.com"),
    EU("https://accounts.zoho.eu", "https://www.zohoapis.eu"),
    IN("https://accounts.zoho.in", "https://www.zohoapis.in"),
    AU("https://accounts.zoho.com.au", "https://www.zohoapis.com.au"),
    JP("https://accounts.zoho.jp", "https://www.zohoapis.jp"),
    /** The accounts server has a host of its own kind. */
    CA("https://accounts.zohocloud.ca", "https://www.zohoapis.ca"),
    SA("https://accounts.zoho.sa", "https://www.zohoapis.sa"),
    /** An island: clients are registered there and nowhere else. */
    CN("https://accounts.zoho.com.cn", "https://www.zohoapis.com.cn"),
    /** Not documented for Zoho Books: callbacks and tokens may name it only where it is switched on. */
    UK("https://accounts.zoho.uk", "https://www.zohoapis.uk"),
    /** Not documented for Zoho Books: callbacks and tokens may name it only where it is switched on. */
    AE("https://accounts.zoho.ae", "https://www.zohoapis.ae");

    /** Those that Zoho documents for Zoho Books. */
    static final Set<DataCenter> DOCUMENTED = Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(UK, AE)));

    private final String accountsUrl;
    private final String apiUrl;

    DataCenter(String accountsUrl, String apiUrl) {
        this.accountsUrl = accountsUrl;
        this.apiUrl = apiUrl;
    }

    /** Where tokens are asked for and revoked. */
    public String accountsUrl() {
        return accountsUrl;
    }

    /** Where records are read. */
    public String apiUrl() {
        return apiUrl;
    }

    /** How a callback names it: {@code us}, {@code eu}, ... */
    public String location() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The data centre of a callback's {@code location}, for instance {@code eu}. */
    public static DataCenter of(String location) {
        return Arrays.stream(values())
                .filter(dataCenter -> dataCenter.name().equalsIgnoreCase(location))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown data centre '" + location + "'; known are "
                        + Arrays.stream(values()).map(DataCenter::location).collect(Collectors.joining(", "))));
    }

    /** These and one more. */
    static Set<DataCenter> with(Set<DataCenter> some, DataCenter one) {
        Set<DataCenter> more = EnumSet.of(one);
        more.addAll(some);
        return Collections.unmodifiableSet(more);
    }

    /** The data centre with exactly this API address, as {@code api_domain} of a token answer tells it. */
    static Optional<DataCenter> withApiUrl(String apiUrl) {
        return Arrays.stream(values())
                .filter(dataCenter -> dataCenter.apiUrl.equals(apiUrl))
                .findFirst();
    }

    /** The data centre with exactly this accounts server, as a callback tells it. */
    static Optional<DataCenter> withAccountsUrl(String accountsUrl) {
        return Arrays.stream(values())
                .filter(dataCenter -> dataCenter.accountsUrl.equals(accountsUrl))
                .findFirst();
    }
}
