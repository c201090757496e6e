package io.ledgerbridge.zohobooks.model;

import com.squareup.moshi.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A customer or vendor. Name, e-mail and telephone are those of its primary person.
 *
 * @param contactType {@code customer} or {@code vendor}; one contact may be shown as both
 * @param customerSubType {@code business} or {@code individual}
 * @param status {@code active} or {@code inactive}; the set is open
 * @param paymentTerms days; special terms such as "end of month" have codes of their own
 * @param outstandingReceivableAmount in the contact's currency; those that end in {@code Bcy} in base currency
 * @param unusedCreditsReceivableAmount credits and advances that are not applied yet
 * @param primaryContactId only in the detail, like everything from here to {@code customFields}
 * @param addresses additional ones
 * @param taxPercentage of the tax that is set for the contact
 * @param zcrmAccountId the account of Zoho CRM
 * @param hasTransaction whether it cannot be deleted any more
 */
public record Contact(
        @Json(name = "contact_id") String contactId,
        @Json(name = "contact_name") String contactName,
        @Json(name = "company_name") String companyName,
        @Json(name = "contact_type") String contactType,
        @Json(name = "customer_sub_type") String customerSubType,
        String status,
        String source,
        @Json(name = "first_name") String firstName,
        @Json(name = "last_name") String lastName,
        String email,
        String phone,
        String mobile,
        String website,
        @Json(name = "language_code") String languageCode,
        @Json(name = "payment_terms") @Nullable Integer paymentTerms,
        @Json(name = "payment_terms_label") String paymentTermsLabel,
        @Json(name = "currency_id") String currencyId,
        @Json(name = "currency_code") String currencyCode,

        @Json(name = "outstanding_receivable_amount") @Nullable
        BigDecimal outstandingReceivableAmount,

        @Json(name = "outstanding_receivable_amount_bcy") @Nullable
        BigDecimal outstandingReceivableAmountBcy,

        @Json(name = "unused_credits_receivable_amount") @Nullable
        BigDecimal unusedCreditsReceivableAmount,

        @Json(name = "unused_credits_receivable_amount_bcy") @Nullable
        BigDecimal unusedCreditsReceivableAmountBcy,

        @Json(name = "portal_status") String portalStatus,
        @Json(name = "primary_contact_id") String primaryContactId,
        @Json(name = "billing_address") @Nullable Address billingAddress,
        @Json(name = "shipping_address") @Nullable Address shippingAddress,
        List<Address> addresses,
        @Json(name = "contact_persons") List<ContactPerson> contactPersons,
        @Json(name = "contact_number") String contactNumber,
        String notes,
        @Json(name = "owner_id") String ownerId,
        @Json(name = "owner_name") String ownerName,
        @Json(name = "credit_limit") @Nullable BigDecimal creditLimit,
        @Json(name = "tax_id") String taxId,
        @Json(name = "tax_name") String taxName,
        @Json(name = "tax_percentage") @Nullable BigDecimal taxPercentage,
        @Json(name = "zcrm_account_id") String zcrmAccountId,
        @Json(name = "zcrm_contact_id") String zcrmContactId,
        @Json(name = "has_transaction") boolean hasTransaction,
        @Json(name = "custom_fields") CustomFields customFields,
        @Json(name = "created_time") @Nullable Instant createdTime,
        @Json(name = "last_modified_time") @Nullable Instant lastModifiedTime,
        RawJson raw) {}
