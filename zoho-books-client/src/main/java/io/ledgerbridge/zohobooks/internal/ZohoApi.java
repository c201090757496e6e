package io.ledgerbridge.zohobooks.internal;

import java.util.Map;
import retrofit2.Call;
import retrofit2.http.Field;
import retrofit2.http.FormUrlEncoded;
import retrofit2.http.GET;
import retrofit2.http.POST;
import retrofit2.http.Path;
import retrofit2.http.Query;
import retrofit2.http.QueryMap;
import retrofit2.http.Url;

/** The resources as Retrofit sees them. */
public interface ZohoApi {

    @FormUrlEncoded
    @POST
    Call<TokenAnswer> refresh(
            @Url String tokenUrl,
            @Field("grant_type") String grantType,
            @Field("client_id") String clientId,
            @Field("client_secret") String clientSecret,
            @Field("refresh_token") String refreshToken);

    @GET("books/v3/organizations")
    Call<Envelopes.Organizations> organizations();

    @GET("books/v3/contacts")
    Call<Envelopes.Contacts> contacts(
            @Query("organization_id") String organizationId,
            @Query("page") int page,
            @Query("per_page") int perPage,
            @QueryMap Map<String, String> query);

    @GET("books/v3/contacts/{id}")
    Call<Envelopes.ContactDetail> contact(@Path("id") String id, @Query("organization_id") String organizationId);

    @GET("books/v3/contacts/contactpersons")
    Call<Envelopes.ContactPersons> contactPersons(
            @Query("organization_id") String organizationId, @Query("page") int page, @Query("per_page") int perPage);

    @GET("books/v3/invoices")
    Call<Envelopes.Invoices> invoices(
            @Query("organization_id") String organizationId,
            @Query("page") int page,
            @Query("per_page") int perPage,
            @QueryMap Map<String, String> query);

    @GET("books/v3/invoices/{id}")
    Call<Envelopes.InvoiceDetail> invoice(@Path("id") String id, @Query("organization_id") String organizationId);

    @GET("books/v3/customerpayments")
    Call<Envelopes.CustomerPayments> customerPayments(
            @Query("organization_id") String organizationId,
            @Query("page") int page,
            @Query("per_page") int perPage,
            @QueryMap Map<String, String> query);

    @GET("books/v3/customerpayments/{id}")
    Call<Envelopes.PaymentDetail> customerPayment(
            @Path("id") String id, @Query("organization_id") String organizationId);
}
