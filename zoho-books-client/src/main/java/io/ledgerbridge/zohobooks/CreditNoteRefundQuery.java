package io.ledgerbridge.zohobooks;

import io.ledgerbridge.zohobooks.model.CreditNoteRefund;
import java.util.Locale;

/** Which refunds of credit notes to list, and in which order. Immutable. */
public final class CreditNoteRefundQuery {

    /** Columns to sort by. */
    public enum SortBy {
        REFUND_MODE,
        REFERENCE_NUMBER,
        DATE,
        CREDITNOTE_NUMBER,
        CUSTOMER_NAME,
        AMOUNT_BCY,
        AMOUNT_FCY
    }

    private static final CreditNoteRefundQuery ALL = new CreditNoteRefundQuery(Parameters.none());

    private final Parameters<CreditNoteRefund> parameters;

    private CreditNoteRefundQuery(Parameters<CreditNoteRefund> parameters) {
        this.parameters = parameters;
    }

    public static CreditNoteRefundQuery all() {
        return ALL;
    }

    public CreditNoteRefundQuery customerId(String customerId) {
        return new CreditNoteRefundQuery(parameters.withId("customer_id", customerId, null));
    }

    public CreditNoteRefundQuery sortBy(SortBy column, SortOrder order) {
        return new CreditNoteRefundQuery(parameters.sorted(column.name().toLowerCase(Locale.ROOT), order));
    }

    Parameters<CreditNoteRefund> parameters() {
        return parameters;
    }

    @Override
    public String toString() {
        return "CreditNoteRefundQuery" + parameters.sent();
    }
}
