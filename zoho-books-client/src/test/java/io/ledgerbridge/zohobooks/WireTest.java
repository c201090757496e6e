package io.ledgerbridge.zohobooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ledgerbridge.zohobooks.NewWorkflow.Trigger;
import io.ledgerbridge.zohobooks.model.Contact;
import io.ledgerbridge.zohobooks.model.CreditNote;
import io.ledgerbridge.zohobooks.model.CreditNoteInvoice;
import io.ledgerbridge.zohobooks.model.CreditNoteRefund;
import io.ledgerbridge.zohobooks.model.Currency;
import io.ledgerbridge.zohobooks.model.CustomerPayment;
import io.ledgerbridge.zohobooks.model.ExchangeRate;
import io.ledgerbridge.zohobooks.model.Invoice;
import io.ledgerbridge.zohobooks.model.InvoicePayment;
import io.ledgerbridge.zohobooks.model.Item;
import io.ledgerbridge.zohobooks.model.Organization;
import io.ledgerbridge.zohobooks.model.PaymentRefund;
import io.ledgerbridge.zohobooks.model.TaxGroup;
import io.ledgerbridge.zohobooks.model.Webhook;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every operation as it goes over the wire: method, path, query, headers, body, and what is made of the answer. */
class WireTest {

    private final Wire wire = new Wire();
    private final ZohoBooks zoho = wire.client().organization("60012345678").build();

    @AfterEach
    void close() {
        zoho.close();
        wire.close();
    }

    private RecordedRequest sent(String line) {
        RecordedRequest request = wire.apiRequest();
        assertThat(request.getRequestLine()).isEqualTo(line + " HTTP/1.1");
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Zoho-oauthtoken 1000.access.1");
        assertThat(request.getHeaders().get("User-Agent")).startsWith("ledgerbridge-zoho-books-client/");
        return request;
    }

    private void got(String path) {
        RecordedRequest request = sent("GET " + path);
        assertThat(request.getBody()).isNull();
    }

    private static final String PAGE = "organization_id=60012345678&page=1&per_page=200";

    @Test
    void aTokenIsAskedForWithSecretsInTheBodyOnly() {
        wire.answer("{\"code\":0,\"organizations\":[]}");

        zoho.organizations().list();

        RecordedRequest token = wire.tokenRequest();
        assertThat(token.getRequestLine()).isEqualTo("POST /oauth/v2/token HTTP/1.1");
        assertThat(token.getHeaders().get("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(token.getHeaders().get("Authorization")).isNull();
        assertThat(token.getBody().utf8())
                .isEqualTo(
                        "grant_type=refresh_token&client_id=1000.CLIENT&client_secret=s3cret&refresh_token=1000.r3fresh");
    }

    @Test
    void organizations() {
        wire.answer("""
                {"code":0,"message":"success","organizations":[{"organization_id":"60012345678","name":"Harbor",
                 "is_default_org":true,"is_org_active":true,"version":"uk","plan_name":"STANDARD","time_zone":"Europe/London",
                 "fiscal_year_start_month":3,"currency_id":"65","currency_code":"GBP","price_precision":2,
                 "account_created_date":"2024-02-20","user_role":"admin"}]}""");

        Organization organization = zoho.organizations().list().get(0);

        got("/books/v3/organizations");
        assertThat(organization.timeZone()).isEqualTo("Europe/London");
        assertThat(organization.isOrgActive()).isTrue();
        assertThat(organization.fiscalYearStartMonth()).isEqualTo("3");
        assertThat(organization.accountCreatedDate()).isEqualTo(LocalDate.parse("2024-02-20"));
        assertThat(organization.raw().text("currency_code")).contains("GBP");

        wire.answer("""
                {"code":0,"organization":{"organization_id":60012345678,"name":"Harbor","fiscal_year_start_month":"april",
                 "address":{"street_address1":"1 Quay","city":"Hull","zip":"HU1 1AA"}}}""");
        organization = zoho.organizations().get("60012345678");
        got("/books/v3/organizations/60012345678");
        assertThat(organization.organizationId()).isEqualTo("60012345678");
        assertThat(organization.address().postCode()).isEqualTo("HU1 1AA");
    }

    @Test
    void contacts() {
        wire.answer("""
                {"code":0,"contacts":[{"contact_id":"2000000000000111001","contact_name":"Harbor Tools Ltd","contact_type":"customer",
                 "payment_terms":30,"outstanding_receivable_amount":1180.50,"custom_fields":[{"api_name":"cf_since","value":"2020-01-31",
                 "data_type":"date","label":"Since"}],"cf_since":"2020-01-31","last_modified_time":"2026-03-02T10:15:30+0530"}],
                 "page_context":{"page":1,"per_page":200,"has_more_page":false,"sort_column":"contact_name","sort_order":"A"}}""");

        Page<Contact> page = zoho.contacts()
                .page(
                        ContactQuery.customers()
                                .view(ContactQuery.View.ACTIVE)
                                .contactName(Match.startingWith("Har & Söhne"))
                                .companyName(Match.containing("Tools"))
                                .firstName(Match.exactly("Mara"))
                                .lastName(Match.exactly("Quinn"))
                                .email(Match.containing("@harbor.example"))
                                .phone(Match.startingWith("+44"))
                                .address(Match.containing("Quay"))
                                .zcrmAccountId("1")
                                .zcrmContactId("2")
                                .zcrmVendorId("3")
                                .searchText("tools")
                                .sortBy(ContactQuery.SortBy.CONTACT_NAME, SortOrder.ASCENDING),
                        1);

        got("/books/v3/contacts?" + PAGE + "&contact_type=customer&filter_by=Status.Active"
                + "&contact_name_startswith=Har%20%26%20S%C3%B6hne&company_name_contains=Tools&first_name=Mara&last_name=Quinn"
                + "&email_contains=%40harbor.example&phone_startswith=%2B44&address_contains=Quay&zcrm_account_id=1"
                + "&zcrm_contact_id=2&zcrm_vendor_id=3&search_text=tools&sort_column=contact_name&sort_order=A");
        Contact contact = page.items().get(0);
        assertThat(contact.paymentTerms()).isEqualTo(30);
        assertThat(contact.outstandingReceivableAmount()).isEqualTo(new BigDecimal("1180.50"));
        assertThat(contact.lastModifiedTime()).isEqualTo(Instant.parse("2026-03-02T04:45:30Z"));
        assertThat(contact.customFields().date("cf_since")).contains(LocalDate.parse("2020-01-31"));
        assertThat(contact.raw().text("cf_since")).contains("2020-01-31");
        assertThat(page.sortEcho()).isEqualTo("contact_name A");

        wire.answer("{\"code\":0,\"contact\":{\"contact_id\":\"1\",\"billing_address\":{\"zip\":\"HU1 1AA\"},"
                + "\"contact_persons\":[{\"contact_person_id\":\"2\",\"is_primary_contact\":true}]}}");
        contact = zoho.contacts().get("1");
        got("/books/v3/contacts/1?organization_id=60012345678");
        assertThat(contact.contactPersons().get(0).isPrimaryContact()).isTrue();
        assertThat(contact.contactPersons().get(0).raw().text("contact_person_id"))
                .contains("2");
    }

    @Test
    void contactPersons() {
        wire.answer("{\"code\":0,\"contact_persons\":[{\"contact_person_id\":\"2\",\"contact_id\":\"1\"}]}");
        assertThat(zoho.contactPersons().list()).hasSize(1);
        got("/books/v3/contacts/contactpersons?" + PAGE);

        wire.answer("{\"code\":0,\"contact_persons\":[{\"contact_person_id\":\"2\"}]}");
        assertThat(zoho.contactPersons().list("1")).hasSize(1);
        got("/books/v3/contacts/1/contactpersons?" + PAGE);

        wire.answer("{\"code\":0,\"contact_person\":{\"contact_person_id\":\"2\",\"department\":\"Sales\"}}");
        assertThat(zoho.contactPersons().get("1", "2").department()).isEqualTo("Sales");
        got("/books/v3/contacts/1/contactpersons/2?organization_id=60012345678");
    }

    @Test
    void invoices() {
        wire.answer("{\"code\":0,\"invoices\":[],\"page_context\":{\"total\":37}}");

        Page<Invoice> page = zoho.invoices()
                .page(
                        InvoiceQuery.modifiedSince(Instant.parse("2026-03-02T10:15:30Z"))
                                .status(InvoiceQuery.Status.PARTIALLY_PAID)
                                .customerId("7")
                                .customerName("Harbor")
                                .email("a@b.example")
                                .invoiceNumber(Match.startingWith("INV-"))
                                .referenceNumber("PO-7")
                                .itemName(Match.containing("Clamp"))
                                .itemDescription(Match.exactly("80 mm"))
                                .itemId("8")
                                .recurringInvoiceId("9")
                                .zcrmPotentialId("10")
                                .customField(Match.startingWith("GB"))
                                .total(Amounts.between(new BigDecimal("1E+2"), new BigDecimal("199.99")))
                                .balance(Amounts.greaterThan(BigDecimal.ZERO))
                                .date(Dates.between(LocalDate.parse("2026-01-01"), LocalDate.parse("2026-01-31")))
                                .dueDate(Dates.before(LocalDate.parse("2026-03-01")))
                                .createdDate(Dates.after(LocalDate.parse("2025-12-31")))
                                .searchText("clamp")
                                .sortBy(InvoiceQuery.SortBy.DUE_DATE, SortOrder.DESCENDING)
                                .counted(),
                        3);

        got("/books/v3/invoices?organization_id=60012345678&page=3&per_page=200"
                + "&last_modified_time=2026-03-02T10%3A15%3A30%2B0000&status=partially_paid&customer_id=7&customer_name=Harbor"
                + "&email=a%40b.example&invoice_number_startswith=INV-&reference_number=PO-7&item_name_contains=Clamp"
                + "&item_description=80%20mm&item_id=8&recurring_invoice_id=9&zcrm_potential_id=10&custom_field_startswith=GB"
                + "&total_greater_equals=100&total_less_equals=199.99&balance_greater_than=0&date_start=2026-01-01"
                + "&date_end=2026-01-31&due_date_before=2026-03-01&created_date_after=2025-12-31&search_text=clamp"
                + "&sort_column=due_date&sort_order=D&response_option=1");
        assertThat(page.total()).isEqualTo(37);

        wire.answer("""
                {"code":0,"invoice":{"invoice_id":"5","status":"overdue","discount":"10%","price_precision":2,"total":"1,5","payment_terms":""}}""");
        assertThatThrownBy(() -> zoho.invoices().get("5"))
                .isInstanceOf(ZohoRequestException.class)
                .hasMessageContaining("GET /books/v3/invoices/5")
                .hasMessageContaining("unreadable value '1,5' at $.invoice.total");
        got("/books/v3/invoices/5?organization_id=60012345678");
    }

    @Test
    void whatBelongsToAnInvoice() {
        wire.answer("""
                {"code":0,"payments":[{"payment_id":"1","invoice_payment_id":"2","invoice_id":"5","amount":500,"exchange_rate":1.17,
                 "date":"2026-03-10","payment_mode":"Bank Transfer","is_single_invoice_payment":true}]}""");
        InvoicePayment payment = zoho.invoices().payments("5").get(0);
        got("/books/v3/invoices/5/payments?organization_id=60012345678");
        assertThat(payment.amount()).isEqualByComparingTo("500");
        assertThat(payment.isSingleInvoicePayment()).isTrue();

        wire.answer("""
                {"code":0,"credits":[{"creditnote_id":"1","creditnotes_invoice_id":"2","creditnotes_number":"CN-1",
                 "credited_date":"2026-03-11","amount_applied":20.5}]}""");
        assertThat(zoho.invoices().creditsApplied("5").get(0).amountApplied()).isEqualByComparingTo("20.5");
        got("/books/v3/invoices/5/creditsapplied?organization_id=60012345678");
    }

    @Test
    void customerPayments() {
        wire.answer("""
                {"code":0,"customerpayments":[{"payment_id":"1","amount":120,"bcy_amount":140.4,"invoice_numbers":"INV-1, INV-2",
                 "documents":"","custom_fields_list":"","retainerinvoice_id":"","last_modified_time":"2026-03-02T10:15:30+0000"}],
                 "page_context":{"has_more_page":false}}""");
        CustomerPayment row = zoho.customerPayments()
                .page(
                        PaymentQuery.all()
                                .mode(PaymentQuery.Mode.BANK_TRANSFER)
                                .paymentMode(Match.startingWith("Bank"))
                                .customerId("7")
                                .customerName(Match.containing("Harbor"))
                                .referenceNumber(Match.exactly("R-1"))
                                .notes(Match.containing("thanks"))
                                .amount(Amounts.lessThan(new BigDecimal("200")))
                                .date(Dates.from(LocalDate.parse("2026-01-01")))
                                .searchText("x")
                                .newestFirst(),
                        1)
                .items()
                .get(0);
        got(
                "/books/v3/customerpayments?" + PAGE
                        + "&filter_by=PaymentMode.BankTransfer&payment_mode_startswith=Bank"
                        + "&customer_id=7&customer_name_contains=Harbor&reference_number=R-1&notes_contains=thanks"
                        + "&amount_less_than=200&date_start=2026-01-01&search_text=x&sort_column=last_modified_time&sort_order=D");
        assertThat(row.bcyAmount()).isEqualByComparingTo("140.4");

        wire.answer("""
                {"code":0,"payment":{"payment_id":"1","currency_code":"GBP","invoices":[{"invoice_id":"5","invoice_payment_id":"6",
                 "invoice_number":"INV-1","amount_applied":100,"total":1180.5,"balance":680.5,"allow_partial_payments":""}],
                 "updated_time":"2026-03-02T10:15:30+0000"}}""");
        assertThat(zoho.customerPayments().get("1").invoices().get(0).balance()).isEqualByComparingTo("680.5");
        got("/books/v3/customerpayments/1?organization_id=60012345678");

        wire.answer("""
                {"code":0,"payment_refunds":[{"payment_refund_id":"3","payment_id":"1","amount_bcy":11.7,"amount_fcy":10,
                 "date":"2026-03-12","refund_mode":"cash"}]}""");
        List<PaymentRefund> refunds =
                zoho.customerPayments().refunds("1").stream().toList();
        got("/books/v3/customerpayments/1/refunds?" + PAGE);
        assertThat(refunds.get(0).amountFcy()).isEqualByComparingTo("10");
    }

    @Test
    void paymentsUnderTheNameOfTheVendorsDocumentAreReadToo() {
        wire.answer("{\"code\":0,\"customer_payments\":[{\"payment_id\":\"1\"}]}");

        assertThat(zoho.customerPayments().list(PaymentQuery.all())).hasSize(1);
        got("/books/v3/customerpayments?" + PAGE);
    }

    @Test
    void creditNotes() {
        wire.answer("{\"code\":0,\"creditnotes\":[{\"creditnote_id\":\"1\",\"balance\":30}]}");
        zoho.creditNotes()
                .page(
                        CreditNoteQuery.modifiedSince(Instant.parse("2026-03-02T10:15:30Z"))
                                .view(CreditNoteQuery.View.OPEN)
                                .customerId("7")
                                .customerName("Harbor")
                                .creditNoteNumber("CN-1")
                                .referenceNumber("PO-7")
                                .total(new BigDecimal("30"))
                                .date(Dates.on(LocalDate.parse("2026-01-01")))
                                .itemName(Match.startingWith("C"))
                                .itemDescription(Match.containing("mm"))
                                .itemId("8")
                                .lineItemId("9")
                                .taxId("10")
                                .locationIds(List.of("11", "12"))
                                .searchText("x")
                                .sortByCustomField("cf_region", SortOrder.ASCENDING),
                        1);
        got("/books/v3/creditnotes?" + PAGE + "&last_modified_time=2026-03-02T10%3A15%3A30%2B0000&filter_by=Status.Open"
                + "&customer_id=7&customer_name=Harbor&creditnote_number=CN-1&reference_number=PO-7&total=30&date=2026-01-01"
                + "&item_name_startswith=C&item_description_contains=mm&item_id=8&line_item_id=9&tax_id=10"
                + "&location_ids=11%2C12&search_text=x&sort_column=cf_region&sort_order=A");

        wire.answer("""
                {"code":0,"creditnote":{"creditnote_id":"1","status":"open","exchange_rate":1.17,"line_items":[{"line_item_id":"2",
                 "item_total":30}],"invoices":[{"invoice_id":"5","invoice_number":"INV-1"}]}}""");
        CreditNote note = zoho.creditNotes().get("1");
        got("/books/v3/creditnotes/1?organization_id=60012345678");
        assertThat(note.lineItems().get(0).itemTotal()).isEqualByComparingTo("30");

        wire.answer("""
                {"code":0,"invoices_credited":[{"creditnote_id":"1","invoice_id":"5","creditnote_invoice_id":"3",
                 "credited_amount":20.5,"date":"2026-03-11"}]}""");
        CreditNoteInvoice credited = zoho.creditNotes().invoicesCredited("1").get(0);
        got("/books/v3/creditnotes/1/invoices?organization_id=60012345678");
        assertThat(credited.creditedAmount()).isEqualByComparingTo("20.5");

        wire.answer("{\"code\":0,\"creditnote_refunds\":[{\"creditnote_refund_id\":\"4\",\"amount_bcy\":9.5}]}");
        CreditNoteRefund refund = zoho.creditNotes().refunds("1").iterator().next();
        got("/books/v3/creditnotes/1/refunds?" + PAGE);
        assertThat(refund.amountBcy()).isEqualByComparingTo("9.5");

        wire.answer("{\"code\":0,\"creditnote_refunds\":[]}");
        assertThat(zoho.creditNotes()
                        .refunds(CreditNoteRefundQuery.all()
                                .customerId("7")
                                .sortBy(CreditNoteRefundQuery.SortBy.AMOUNT_FCY, SortOrder.DESCENDING)))
                .isEmpty();
        got("/books/v3/creditnotes/refunds?" + PAGE + "&customer_id=7&sort_column=amount_fcy&sort_order=D");
    }

    @Test
    void items() {
        wire.answer("{\"code\":0,\"items\":[{\"item_id\":\"1\",\"rate\":98.375,\"tax_percentage\":\"70%\"}]}");
        Item item = zoho.items()
                .page(
                        ItemQuery.all()
                                .view(ItemQuery.View.ACTIVE)
                                .name(Match.startingWith("Clamp"))
                                .description(Match.containing("mm"))
                                .rate(Amounts.atMost(new BigDecimal("100")))
                                .taxId("2")
                                .taxName("VAT")
                                .isTaxable(true)
                                .taxExemptionId("3")
                                .accountId("4")
                                .satItemKeyCode("71121206")
                                .unitkeyCode("E48")
                                .searchText("x")
                                .sortBy(ItemQuery.SortBy.TAX_NAME, SortOrder.ASCENDING),
                        1)
                .items()
                .get(0);
        got("/books/v3/items?" + PAGE + "&filter_by=Status.Active&name_startswith=Clamp&description_contains=mm"
                + "&rate_less_equals=100&tax_id=2&tax_name=VAT&is_taxable=true&tax_exemption_id=3&account_id=4"
                + "&sat_item_key_code=71121206&unitkey_code=E48&search_text=x&sort_column=tax_name&sort_order=A");
        assertThat(item.taxPercentage()).isEqualByComparingTo("70");

        wire.answer("{\"code\":0,\"item\":{\"item_id\":\"1\",\"name\":\"Clamp\"}}");
        assertThat(zoho.items().get("1").name()).isEqualTo("Clamp");
        got("/books/v3/items/1?organization_id=60012345678");
    }

    @Test
    void manyItemsAreAskedForByTheHundred() {
        wire.answer("{\"code\":0,\"items\":[{\"item_id\":\"1\"}]}")
                .answer("{\"code\":0,\"items\":[{\"item_id\":\"101\"}]}");
        List<String> ids =
                IntStream.rangeClosed(1, 101).mapToObj(String::valueOf).toList();

        List<Item> items = zoho.items().details(ids);

        String hundred = String.join("%2C", ids.subList(0, 100));
        got("/books/v3/itemdetails?organization_id=60012345678&item_ids=" + hundred);
        got("/books/v3/itemdetails?organization_id=60012345678&item_ids=101");
        assertThat(items).extracting(Item::itemId).containsExactly("1", "101");
    }

    @Test
    void currencies() {
        wire.answer("""
                {"code":0,"currencies":[{"currency_id":"1","currency_code":"GBP","is_base_currency":false,"exchange_rate":1.17,
                 "effective_date":"2026-03-01","price_precision":2}]}""");
        List<Currency> foreign = zoho.currencies().listForeign().stream().toList();
        got("/books/v3/settings/currencies?" + PAGE + "&filter_by=Currencies.ExcludeBaseCurrency");
        assertThat(foreign.get(0).exchangeRate()).isEqualTo(new BigDecimal("1.17"));

        wire.answer("{\"code\":0,\"currency\":{\"currency_id\":\"1\"}}");
        assertThat(zoho.currencies().find("1")).isPresent();
        got("/books/v3/settings/currencies/1?organization_id=60012345678");

        wire.answer(
                "{\"code\":0,\"exchange_rates\":[{\"exchange_rate_id\":\"2\",\"rate\":1.171,\"effective_date\":\"2026-03-01\"}]}");
        ExchangeRate rate = zoho.currencies()
                .exchangeRates("1", LocalDate.parse("2026-03-01"))
                .iterator()
                .next();
        got("/books/v3/settings/currencies/1/exchangerates?" + PAGE
                + "&from_date=2026-03-01&sort_column=effective_date");
        assertThat(rate.rate()).isEqualByComparingTo("1.171");
    }

    @Test
    void taxes() {
        wire.answer("{\"code\":0,\"taxes\":[{\"tax_id\":\"1\",\"tax_percentage\":7.5,\"tax_type\":\"tax_group\"}]}");
        assertThat(zoho.taxes().list().iterator().next().taxPercentage()).isEqualByComparingTo("7.5");
        got("/books/v3/settings/taxes?" + PAGE);

        wire.answer("{\"code\":0,\"tax\":{\"tax_id\":\"1\"}}");
        assertThat(zoho.taxes().get("1").taxId()).isEqualTo("1");
        got("/books/v3/settings/taxes/1?organization_id=60012345678");

        wire.answer("""
                {"code":0,"tax_group":{"tax_group_id":"1","tax_group_percentage":18,"taxes":[{"tax_id":"2"},{"tax_id":"3"}]}}""");
        TaxGroup group = zoho.taxes().group("1");
        got("/books/v3/settings/taxgroups/1?organization_id=60012345678");
        assertThat(group.taxes()).hasSize(2);
    }

    @Test
    void webhooks() {
        wire.answer(201, "{\"code\":0,\"message\":\"created\",\"webhook\":{\"webhook_id\":\"9\"}}");
        Webhook webhook = zoho.webhooks()
                .create(NewWebhook.of("Invoices to CRM", "invoice", "https://app.example/zoho?event=invoice.upsert")
                        .withDescription("Ledgerbridge")
                        .withSecret("exampleSecret2026")
                        .withHeader("X-Token", "abc"));
        RecordedRequest create = sent("POST /books/v3/settings/webhooks?organization_id=60012345678");
        assertThat(create.getHeaders().get("Content-Type")).isEqualTo("application/json");
        assertThat(create.getBody().utf8())
                .isEqualTo(
                        "{\"webhook_name\":\"Invoices to CRM\",\"description\":\"Ledgerbridge\","
                                + "\"entity\":\"invoice\",\"method\":\"POST\",\"url\":\"https://app.example/zoho?event=invoice.upsert\","
                                + "\"headers\":[{\"param_name\":\"X-Token\",\"param_value\":\"abc\"}],\"secret\":\"exampleSecret2026\"}");
        assertThat(webhook.webhookId()).isEqualTo("9");

        wire.answer("{\"code\":0,\"webhooks\":[{\"webhook_id\":\"9\",\"related_rules\":[{\"workflow_id\":\"8\"}]}]}");
        webhook = zoho.webhooks().list().iterator().next();
        got("/books/v3/settings/webhooks?" + PAGE);
        assertThat(webhook.relatedRules().get(0).workflowId()).isEqualTo("8");

        wire.answer("{\"code\":0,\"message\":\"deleted\"}");
        assertThat(zoho.webhooks().delete("9")).isTrue();
        sent("DELETE /books/v3/settings/webhooks/9?organization_id=60012345678");

        wire.answer(404, "{\"code\":1002,\"message\":\"Webhook does not exist.\"}");
        assertThat(zoho.webhooks().delete("9")).isFalse();
        sent("DELETE /books/v3/settings/webhooks/9?organization_id=60012345678");
    }

    @Test
    void workflowRules() {
        wire.answer(201, "{\"code\":0,\"workflow\":{\"workflow_id\":\"8\"}}");
        zoho.workflows().create(new NewWorkflow("Invoices to CRM", "invoice", Trigger.CREATED_OR_EDITED, "9"));
        RecordedRequest create = sent("POST /books/v3/settings/workflows?organization_id=60012345678");
        assertThat(create.getBody().utf8())
                .isEqualTo("{\"workflow_name\":\"Invoices to CRM\",\"entity\":\"invoice\","
                        + "\"rule_type\":\"add_edit\",\"rule\":{},\"apply_rule_always\":true,"
                        + "\"instant_actions\":[{\"action_id\":\"9\",\"action_type\":\"webhook\"}]}");

        wire.answer("{\"code\":0,\"workflows\":[{\"workflow_id\":\"8\",\"workflow_name\":\"Invoices to CRM\"}]}");
        assertThat(zoho.workflows().list().iterator().next().workflowName()).isEqualTo("Invoices to CRM");
        got("/books/v3/settings/workflows?" + PAGE);

        wire.answer("{\"code\":0}");
        assertThat(zoho.workflows().delete("8")).isTrue();
        sent("DELETE /books/v3/settings/workflows/8?organization_id=60012345678");
    }

    @Test
    void aCreationWhoseAnswerIsLostIsNotRepeated() {
        wire.answer(502, "<html>Bad Gateway</html>");

        assertThatThrownBy(() -> zoho.webhooks().create(NewWebhook.of("n", "invoice", "https://app.example/")))
                .isInstanceOf(ZohoUnavailableException.class)
                .hasMessageContaining("POST /books/v3/settings/webhooks was answered with status 502")
                .hasMessageContaining("<html>Bad Gateway</html>")
                .hasMessageContaining("look before doing it again");
        assertThat(wire.apiRequests()).isEqualTo(1);
    }

    @Test
    void aDeletionWhoseAnswerIsLostIsRepeatedAndCountsAsDone() {
        wire.dropTheConnection().answer(404, "{\"code\":1002,\"message\":\"Webhook does not exist.\"}");

        assertThat(zoho.webhooks().delete("9")).isTrue();
    }

    @Test
    void okHttpSendsNothingASecondTimeByItself() {
        wire.answer("{\"code\":0,\"organizations\":[]}");
        zoho.organizations().list();
        wire.dropTheAnswer();

        assertThatThrownBy(() -> zoho.webhooks().create(NewWebhook.of("n", "invoice", "https://app.example/")))
                .isInstanceOf(ZohoUnavailableException.class);
        assertThat(wire.apiRequests()).isEqualTo(2);
    }

    @Test
    void aRefusedCreationMayBeRepeated() {
        wire.answer(429, "{\"code\":44,\"message\":\"too many\"}")
                .answer(201, "{\"code\":0,\"webhook\":{\"webhook_id\":\"9\"}}");

        assertThat(zoho.webhooks()
                        .create(NewWebhook.of("n", "invoice", "https://app.example/"))
                        .webhookId())
                .isEqualTo("9");
    }

    @Test
    void idsThatWouldAskForSomethingElseAreRefused() {
        assertThatThrownBy(() -> zoho.invoices().get(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the id must be an id such as 2000000000012345678, but was ''");
        assertThatThrownBy(() -> zoho.invoices().get("../contacts")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> InvoiceQuery.all().customerId("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> InvoiceQuery.unpaid().status(InvoiceQuery.Status.PAID))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("either status or filter_by");
        assertThat(wire.apiRequests()).isZero();
    }

    @Test
    void withoutAnOrganizationOnlyTheirListWorks() {
        ZohoBooks none = wire.client().build();
        wire.answer("{\"code\":0,\"organizations\":[{\"organization_id\":\"60012345678\"}]}");

        assertThat(none.organizations().list()).hasSize(1);
        assertThatThrownBy(() -> none.contacts().get("1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("organizations().list()");
    }

    @Test
    void theApplicationIsNamedBehindTheLibrary() {
        wire.answer("{\"code\":0,\"organizations\":[]}");

        wire.client()
                .userAgentSuffix("acme-billing/2.1")
                .build()
                .organizations()
                .list();

        assertThat(wire.apiRequest().getHeaders().get("User-Agent"))
                .matches("ledgerbridge-zoho-books-client/\\S+ acme-billing/2\\.1");
    }
}
