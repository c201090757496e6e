package io.ledgerbridge.zohobooks;

import io.ledgerbridge.zohobooks.internal.ZohoApi;
import io.ledgerbridge.zohobooks.model.Currency;
import io.ledgerbridge.zohobooks.model.ExchangeRate;
import java.time.LocalDate;
import java.util.Optional;

/** The organisation's currencies and their rates. */
public final class Currencies {

    private static final Parameters<Currency> ALL = Parameters.none();
    private static final Parameters<Currency> FOREIGN =
            ALL.with("filter_by", "Currencies.ExcludeBaseCurrency").checked("filter_by", row -> !row.isBaseCurrency());

    private final Calls calls;
    private final ZohoApi api;

    Currencies(Calls calls, ZohoApi api) {
        this.calls = calls;
        this.api = api;
    }

    public Listing<Currency> list() {
        return listing(ALL);
    }

    /** All but the base currency. */
    public Listing<Currency> listForeign() {
        return listing(FOREIGN);
    }

    /**
     * One currency.
     *
     * @throws ZohoNotFoundException if there is none
     */
    public Currency get(String id) {
        String valid = Ids.valid("currency id", id);
        return Details.get(calls, () -> api.currency(valid));
    }

    public Optional<Currency> find(String id) {
        String valid = Ids.valid("currency id", id);
        return Details.find(calls, () -> api.currency(valid));
    }

    /** All rates of a currency, by the day from which they hold. */
    public Listing<ExchangeRate> exchangeRates(String currencyId) {
        return rates(currencyId, Parameters.<ExchangeRate>none().with("sort_column", "effective_date"));
    }

    /** The rates of a currency from this day on, or from the closest earlier one that has a rate. */
    public Listing<ExchangeRate> exchangeRates(String currencyId, LocalDate from) {
        return rates(
                currencyId,
                Parameters.<ExchangeRate>none()
                        .with("from_date", from.toString())
                        .with("sort_column", "effective_date"));
    }

    private Listing<Currency> listing(Parameters<Currency> parameters) {
        return new Listing<>(
                calls,
                parameters,
                Currency::currencyId,
                number -> Page.of(calls.answer(() -> api.currencies(parameters.onPage(number))), number));
    }

    private Listing<ExchangeRate> rates(String currencyId, Parameters<ExchangeRate> parameters) {
        String valid = Ids.valid("currency id", currencyId);
        return new Listing<>(
                calls,
                parameters,
                ExchangeRate::exchangeRateId,
                number -> Page.of(calls.answer(() -> api.exchangeRates(valid, parameters.onPage(number))), number));
    }
}
