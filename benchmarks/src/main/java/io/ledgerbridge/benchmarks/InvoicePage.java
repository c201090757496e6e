package io.ledgerbridge.benchmarks;

/** A page of invoices with all the members that live rows have, of which the library models about half. */
final class InvoicePage {

    private InvoicePage() {}

    static String of(int rows) {
        StringBuilder page = new StringBuilder("{\"code\":0,\"message\":\"success\",\"invoices\":[");
        for (int i = 0; i < rows; i++) {
            page.append(i == 0 ? "" : ",").append(row(i));
        }
        return page.append(
                        "],\"page_context\":{\"page\":1,\"per_page\":200,\"has_more_page\":true,\"report_name\":\"Invoices\",")
                .append(
                        "\"applied_filter\":\"Status.All\",\"sort_column\":\"last_modified_time\",\"sort_order\":\"D\"}}")
                .toString();
    }

    private static String row(int i) {
        String address = "{\"address\":\"" + i
                + " Quay Street\",\"street2\":\"\",\"city\":\"Hull\",\"state\":\"\",\"zipcode\":\"HU1 1AA\","
                + "\"country\":\"United Kingdom\",\"phone\":\"+44 20 7946 0" + (100 + i)
                + "\",\"fax\":\"\",\"attention\":\"\"}";
        return "{\"ach_payment_initiated\":false,\"invoice_id\":\"20000000000002220" + (10 + i)
                + "\",\"zcrm_potential_id\":\"\",\"customer_id\":\"20000000000001110" + (10 + i)
                + "\",\"zcrm_potential_name\":\"\",\"customer_name\":\"Harbor Tools " + i
                + " Ltd\",\"company_name\":\"Harbor Tools " + i + " Ltd\",\"status\":\"sent\",\"color_code\":\"\","
                + "\"current_sub_status_id\":\"\",\"current_sub_status\":\"sent\",\"invoice_number\":\"INV-00"
                + (1000 + i)
                + "\",\"reference_number\":\"PO-" + i + "\",\"date\":\"2026-03-02\",\"due_date\":\"2026-04-01\","
                + "\"due_days\":\"Due in 14 day(s)\",\"email\":\"mara" + i + "@harbor.example\",\"project_name\":\"\","
                + "\"billing_address\":" + address + ",\"shipping_address\":" + address
                + ",\"country\":\"United Kingdom\",\"phone\":\"\",\"created_by\":\"Anna\",\"total\":" + (1180 + i)
                + ".5,\"balance\":" + (680 + i)
                + ".5,\"payment_expected_date\":\"\",\"custom_fields\":[{\"customfield_id\":"
                + "\"2000000000000444001\",\"field_id\":\"2000000000000444001\",\"index\":1,\"label\":\"VAT Number\",\"api_name\":"
                + "\"cf_vat_number\",\"placeholder\":\"cf_vat_number\",\"data_type\":\"string\",\"value\":\"GB 000000000\","
                + "\"value_formatted\":\"GB 000000000\",\"search_entity\":\"invoice\",\"is_active\":true}],\"custom_field_hash\":"
                + "{\"cf_vat_number\":\"GB 000000000\",\"cf_vat_number_unformatted\":\"GB 000000000\"},\"salesperson_name\":\"\","
                + "\"cf_vat_number\":\"GB 000000000\",\"cf_vat_number_unformatted\":\"GB 000000000\",\"shipping_charge\":0.0,"
                + "\"adjustment\":0.0,\"created_time\":\"2026-03-02T10:15:30+0000\",\"last_modified_time\":\"2026-03-10T09:00:01+0000\","
                + "\"updated_time\":\"2026-03-10T09:00:01+0000\",\"is_viewed_by_client\":false,\"has_attachment\":false,"
                + "\"client_viewed_time\":\"\",\"is_emailed\":true,\"issued_date\":\"2026-03-02\",\"schedule_time\":\"\","
                + "\"is_viewed_in_mail\":false,\"mail_first_viewed_time\":\"\",\"mail_last_viewed_time\":\"\",\"template_id\":"
                + "\"2000000000000017005\",\"template_type\":\"standard\",\"currency_id\":\"2000000000000000065\",\"currency_code\":"
                + "\"GBP\",\"currency_symbol\":\"GBP\",\"exchange_rate\":1.17,\"last_payment_date\":\"2026-03-10\",\"write_off_amount\":0.0,"
                + "\"unprocessed_payment_amount\":0.0,\"reminders_sent\":0,\"last_reminder_sent_date\":\"\",\"salesperson_id\":\"\","
                + "\"invoice_url\":\"https://books.example/portal/share?CInvoiceID=2-abcdef" + i
                + "\",\"invoice_source\":\"Zoho Books\",\"transaction_type\":\"renewal\",\"type\":\"invoice\",\"tax_source\":\"\","
                + "\"tags\":[],\"documents\":\"\",\"location_id\":\"2000000000000033\",\"location_name\":\"Head Office\"}";
    }
}
