package io.ledgerbridge.sync;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;

/**
 * What a comparison of both sides has found, as accountants look at it: {@link SyncEngine#reconcile}. Amounts are in the currency that stands
 * beside them.
 *
 * @param at when it began
 * @param months invoices that count, which is all but drafts, voided and unapproved ones, by currency and month of their date
 * @param receivables what is still to be paid of them, by currency and age
 * @param differences everything that is not the same on both sides, with its cause; empty if the books and HubSpot agree
 */
public record Reconciliation(
        Instant at, List<Month> months, List<Receivable> receivables, List<Difference> differences) {

    /**
     * Invoices of one month.
     *
     * @param currency of the invoices
     */
    public record Month(String currency, YearMonth month, Side zoho, Side hubSpot) {
        /** Whether both sides are the same. */
        public boolean agrees() {
            return zoho.equals(hubSpot);
        }
    }

    /**
     * One side's figures; amounts without trailing zeros.
     *
     * @param invoices how many
     * @param total what was billed
     * @param balance what is still to be paid
     */
    public record Side(long invoices, BigDecimal total, BigDecimal balance) {}

    /** What is to be paid of invoices of one age, in the currency of the invoices. */
    public record Receivable(String currency, Age age, BigDecimal zoho, BigDecimal hubSpot) {}

    /** For how long an invoice is due. */
    public enum Age {
        /** Not due yet. */
        OPEN("open"),
        DAYS_1_TO_30("1-30 days"),
        DAYS_31_TO_60("31-60 days"),
        DAYS_61_TO_90("61-90 days"),
        OVER_90_DAYS("90+ days");

        private final String words;

        Age(String words) {
            this.words = words;
        }

        /** As accountants write it. */
        public String words() {
            return words;
        }

        /** The age of what has been due for so many days; none or fewer is open. */
        public static Age of(long daysDue) {
            if (daysDue <= 0) {
                return OPEN;
            }
            if (daysDue <= 30) {
                return DAYS_1_TO_30;
            }
            if (daysDue <= 60) {
                return DAYS_31_TO_60;
            }
            return daysDue <= 90 ? DAYS_61_TO_90 : OVER_90_DAYS;
        }
    }

    /**
     * One value that is not the same on both sides.
     *
     * @param stream as in the report
     * @param record id in Zoho Books; empty for a foreign duplicate
     * @param name how people know it: a number or a name
     * @param target id in HubSpot; empty if there is none
     * @param property of HubSpot; empty if it is the record as a whole
     * @param zoho what it should be; empty if there should be nothing
     * @param hubSpot what it is; empty if there is nothing
     * @param explanation the cause in words, with what helps
     */
    public record Difference(
            String stream,
            String record,
            String name,
            String target,
            String property,
            String zoho,
            String hubSpot,
            Cause cause,
            String explanation) {

        /** Whether {@link SyncEngine#repair} can make it vanish. */
        public boolean isRepairable() {
            return switch (cause) {
                case NOT_YET_FETCHED, QUARANTINED, CHANGED_IN_HUBSPOT, DELETED_IN_HUBSPOT, FOREIGN_DUPLICATE -> true;
                case OPENING_BALANCE, RATE_CHANGE, OUT_OF_SELECTION, UNKNOWN -> false;
            };
        }
    }

    /** Why two values differ. */
    public enum Cause {
        /** Zoho Books has something newer than what was last written; it comes with the next runs. */
        NOT_YET_FETCHED,
        /** HubSpot has refused it; see {@link SyncEngine#quarantine}. */
        QUARANTINED,
        /** Somebody has changed in HubSpot what was written there. */
        CHANGED_IN_HUBSPOT,
        /** Somebody has deleted in HubSpot what was written there. */
        DELETED_IN_HUBSPOT,
        /** HubSpot has a record beside ours that looks like the same document, and is not ours. */
        FOREIGN_DUPLICATE,
        /** Zoho's outstanding amount has an opening balance in it, which no invoice stands for. */
        OPENING_BALANCE,
        /** Zoho values open invoices at another rate than that of their documents. */
        RATE_CHANGE,
        /** The selection leaves it out. */
        OUT_OF_SELECTION,
        /** None of the others fits; tell it to who maintains the connection. */
        UNKNOWN
    }
}
