package io.ledgerbridge.zohobooks.internal;

import io.ledgerbridge.zohobooks.model.AppliedCredit;
import io.ledgerbridge.zohobooks.model.Contact;
import io.ledgerbridge.zohobooks.model.ContactPerson;
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
import io.ledgerbridge.zohobooks.model.Tax;
import io.ledgerbridge.zohobooks.model.TaxGroup;
import io.ledgerbridge.zohobooks.model.Webhook;
import io.ledgerbridge.zohobooks.model.Workflow;
import java.util.Map;
import okhttp3.RequestBody;
import retrofit2.Call;
import retrofit2.http.Body;
import retrofit2.http.DELETE;
import retrofit2.http.GET;
import retrofit2.http.POST;
import retrofit2.http.Path;
import retrofit2.http.Query;
import retrofit2.http.QueryMap;

/** The resources as Retrofit sees them, relative to the version of the API. */
public interface ZohoApi {

    @GET("organizations")
    @Key("organizations")
    Call<Answer.Rows<Organization>> organizations();

    @GET("organizations/{id}")
    @Key("organization")
    Call<Answer.One<Organization>> organization(@Path("id") String id);

    @GET("contacts")
    @Key("contacts")
    Call<Answer.Rows<Contact>> contacts(@QueryMap Map<String, String> query);

    @GET("contacts/{id}")
    @Key("contact")
    Call<Answer.One<Contact>> contact(@Path("id") String id);

    @GET("contacts/contactpersons")
    @Key("contact_persons")
    Call<Answer.Rows<ContactPerson>> contactPersons(@QueryMap Map<String, String> query);

    @GET("contacts/{contact}/contactpersons")
    @Key("contact_persons")
    Call<Answer.Rows<ContactPerson>> contactPersons(
            @Path("contact") String contactId, @QueryMap Map<String, String> query);

    @GET("contacts/{contact}/contactpersons/{id}")
    @Key("contact_person")
    Call<Answer.One<ContactPerson>> contactPerson(@Path("contact") String contactId, @Path("id") String id);

    @GET("invoices")
    @Key("invoices")
    Call<Answer.Rows<Invoice>> invoices(@QueryMap Map<String, String> query);

    @GET("invoices/{id}")
    @Key("invoice")
    Call<Answer.One<Invoice>> invoice(@Path("id") String id);

    @GET("invoices/{id}/payments")
    @Key("payments")
    Call<Answer.Rows<InvoicePayment>> invoicePayments(@Path("id") String id);

    @GET("invoices/{id}/creditsapplied")
    @Key("credits")
    Call<Answer.Rows<AppliedCredit>> creditsApplied(@Path("id") String id);

    /** The vendor's document says {@code customer_payments}; the service says otherwise. */
    @GET("customerpayments")
    @Key({"customerpayments", "customer_payments"})
    Call<Answer.Rows<CustomerPayment>> customerPayments(@QueryMap Map<String, String> query);

    @GET("customerpayments/{id}")
    @Key("payment")
    Call<Answer.One<CustomerPayment>> customerPayment(@Path("id") String id);

    @GET("customerpayments/{id}/refunds")
    @Key("payment_refunds")
    Call<Answer.Rows<PaymentRefund>> paymentRefunds(@Path("id") String id, @QueryMap Map<String, String> query);

    @GET("creditnotes")
    @Key("creditnotes")
    Call<Answer.Rows<CreditNote>> creditNotes(@QueryMap Map<String, String> query);

    @GET("creditnotes/{id}")
    @Key("creditnote")
    Call<Answer.One<CreditNote>> creditNote(@Path("id") String id);

    @GET("creditnotes/{id}/invoices")
    @Key("invoices_credited")
    Call<Answer.Rows<CreditNoteInvoice>> invoicesCredited(@Path("id") String id);

    @GET("creditnotes/refunds")
    @Key("creditnote_refunds")
    Call<Answer.Rows<CreditNoteRefund>> creditNoteRefunds(@QueryMap Map<String, String> query);

    @GET("creditnotes/{id}/refunds")
    @Key("creditnote_refunds")
    Call<Answer.Rows<CreditNoteRefund>> creditNoteRefunds(@Path("id") String id, @QueryMap Map<String, String> query);

    @GET("items")
    @Key("items")
    Call<Answer.Rows<Item>> items(@QueryMap Map<String, String> query);

    @GET("items/{id}")
    @Key("item")
    Call<Answer.One<Item>> item(@Path("id") String id);

    @GET("itemdetails")
    @Key("items")
    Call<Answer.Rows<Item>> itemDetails(@Query("item_ids") String ids);

    @GET("settings/currencies")
    @Key("currencies")
    Call<Answer.Rows<Currency>> currencies(@QueryMap Map<String, String> query);

    @GET("settings/currencies/{id}")
    @Key("currency")
    Call<Answer.One<Currency>> currency(@Path("id") String id);

    @GET("settings/currencies/{id}/exchangerates")
    @Key("exchange_rates")
    Call<Answer.Rows<ExchangeRate>> exchangeRates(@Path("id") String id, @QueryMap Map<String, String> query);

    @GET("settings/taxes")
    @Key("taxes")
    Call<Answer.Rows<Tax>> taxes(@QueryMap Map<String, String> query);

    @GET("settings/taxes/{id}")
    @Key("tax")
    Call<Answer.One<Tax>> tax(@Path("id") String id);

    @GET("settings/taxgroups/{id}")
    @Key("tax_group")
    Call<Answer.One<TaxGroup>> taxGroup(@Path("id") String id);

    @GET("settings/webhooks")
    @Key("webhooks")
    Call<Answer.Rows<Webhook>> webhooks(@QueryMap Map<String, String> query);

    @POST("settings/webhooks")
    @Key("webhook")
    Call<Answer.One<Webhook>> createWebhook(@Body RequestBody webhook);

    @DELETE("settings/webhooks/{id}")
    Call<Answer.Plain> deleteWebhook(@Path("id") String id);

    @GET("settings/workflows")
    @Key("workflows")
    Call<Answer.Rows<Workflow>> workflows(@QueryMap Map<String, String> query);

    @POST("settings/workflows")
    @Key("workflow")
    Call<Answer.One<Workflow>> createWorkflow(@Body RequestBody workflow);

    @DELETE("settings/workflows/{id}")
    Call<Answer.Plain> deleteWorkflow(@Path("id") String id);
}
