package io.ledgerbridge.hubspot.internal;

import okhttp3.ResponseBody;
import retrofit2.Call;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.POST;
import retrofit2.http.Path;

/** The one place that knows paths. */
public interface HubSpotApi {

    @GET("account-info/{version}/details")
    Call<Wire.AccountAnswer> account(@Path("version") String version);

    @GET("crm/object-library/{version}/enablement")
    Call<Wire.EnablementAnswer> enablement(@Path("version") String version);

    @GET("crm/properties/{version}/{type}")
    Call<Wire.PropertiesAnswer> properties(@Path("version") String version, @Path("type") String type);

    @POST("crm/properties/{version}/{type}/batch/create")
    Call<Wire.PropertiesAnswer> createProperties(
            @Path("version") String version, @Path("type") String type, @Body Wire.NewProperties request);

    @GET("crm/properties/{version}/{type}/groups")
    Call<Wire.GroupsAnswer> groups(@Path("version") String version, @Path("type") String type);

    @POST("crm/properties/{version}/{type}/groups")
    Call<Wire.GroupAnswer> createGroup(
            @Path("version") String version, @Path("type") String type, @Body Wire.NewGroup request);

    @POST("crm/objects/{version}/{type}/batch/read")
    Call<Wire.BatchAnswer> read(
            @Path("version") String version, @Path("type") String type, @Body Wire.ReadRequest request);

    @POST("crm/objects/{version}/{type}/batch/{operation}")
    Call<Wire.BatchAnswer> write(
            @Path("version") String version,
            @Path("type") String type,
            @Path("operation") String operation,
            @Body Wire.WriteRequest request);

    @POST("crm/objects/{version}/{type}/batch/archive")
    Call<ResponseBody> archive(
            @Path("version") String version, @Path("type") String type, @Body Wire.ArchiveRequest request);

    @POST("crm/associations/{version}/{from}/{to}/batch/associate/default")
    Call<Wire.PairsAnswer> associate(
            @Path("version") String version,
            @Path("from") String from,
            @Path("to") String to,
            @Body Wire.PairRequest request);

    @POST("crm/associations/{version}/{from}/{to}/batch/archive")
    Call<ResponseBody> dissociate(
            @Path("version") String version,
            @Path("from") String from,
            @Path("to") String to,
            @Body Wire.UnpairRequest request);
}
