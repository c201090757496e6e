package io.ledgerbridge.hubspot.internal;

import org.jspecify.annotations.Nullable;
import retrofit2.Call;
import retrofit2.http.Body;
import retrofit2.http.DELETE;
import retrofit2.http.GET;
import retrofit2.http.PATCH;
import retrofit2.http.POST;
import retrofit2.http.Path;
import retrofit2.http.Query;

/** The one place that knows paths. */
public interface HubSpotApi {

    // Account

    @GET("account-info/{version}/details")
    Call<Wire.AccountAnswer> account(@Path("version") String version);

    @GET("account-info/{version}/api-usage/daily/private-apps")
    Call<Wire.UsageAnswer> dailyUsage(@Path("version") String version);

    @GET("crm/object-library/{version}/enablement")
    Call<Wire.EnablementAnswer> enablement(@Path("version") String version);

    @GET("crm/limits/{version}/custom-properties")
    Call<Wire.RoomAnswer> customPropertyRoom(@Path("version") String version);

    // Definitions

    @GET("crm/properties/{version}/{type}")
    Call<Wire.PropertiesAnswer> properties(
            @Path("version") String version, @Path("type") String type, @Query("archived") @Nullable Boolean archived);

    @GET("crm/properties/{version}/{type}/{name}")
    Call<Wire.PropertyAnswer> property(
            @Path("version") String version, @Path("type") String type, @Path("name") String name);

    @POST("crm/properties/{version}/{type}/batch/create")
    Call<Wire.PropertiesAnswer> createProperties(
            @Path("version") String version, @Path("type") String type, @Body Wire.NewProperties request);

    @PATCH("crm/properties/{version}/{type}/{name}")
    Call<Wire.PropertyAnswer> updateProperty(
            @Path("version") String version,
            @Path("type") String type,
            @Path("name") String name,
            @Body Wire.PropertyChange request);

    @DELETE("crm/properties/{version}/{type}/{name}")
    Call<Wire.Nothing> archiveProperty(
            @Path("version") String version, @Path("type") String type, @Path("name") String name);

    @GET("crm/properties/{version}/{type}/groups")
    Call<Wire.GroupsAnswer> groups(@Path("version") String version, @Path("type") String type);

    @POST("crm/properties/{version}/{type}/groups")
    Call<Wire.GroupAnswer> createGroup(
            @Path("version") String version, @Path("type") String type, @Body Wire.NewGroup request);

    @GET("crm/property-validations/{version}/{typeId}")
    Call<Wire.ValidationsAnswer> validations(@Path("version") String version, @Path("typeId") String typeId);

    @GET("crm/pipelines/{version}/{type}")
    Call<Wire.PipelinesAnswer> pipelines(@Path("version") String version, @Path("type") String type);

    // Records

    @GET("crm/objects/{version}/{type}")
    Call<Wire.PageAnswer> list(
            @Path("version") String version,
            @Path("type") String type,
            @Query("limit") int limit,
            @Query("after") @Nullable String after,
            @Query("properties") @Nullable String properties,
            @Query("associations") @Nullable String associations,
            @Query("archived") @Nullable Boolean archived);

    @GET("crm/objects/{version}/{type}/{id}")
    Call<Wire.RecordAnswer> get(
            @Path("version") String version,
            @Path("type") String type,
            @Path("id") String id,
            @Query("idProperty") @Nullable String idProperty,
            @Query("properties") @Nullable String properties,
            @Query("associations") @Nullable String associations,
            @Query("archived") @Nullable Boolean archived);

    @POST("crm/objects/{version}/{type}")
    Call<Wire.RecordAnswer> create(
            @Path("version") String version, @Path("type") String type, @Body Wire.Input request);

    @PATCH("crm/objects/{version}/{type}/{id}")
    Call<Wire.RecordAnswer> update(
            @Path("version") String version,
            @Path("type") String type,
            @Path("id") String id,
            @Body Wire.Input request);

    @DELETE("crm/objects/{version}/{type}/{id}")
    Call<Wire.Nothing> archive(@Path("version") String version, @Path("type") String type, @Path("id") String id);

    @POST("crm/objects/{version}/{type}/search")
    Call<Wire.PageAnswer> search(
            @Path("version") String version, @Path("type") String type, @Body Wire.SearchRequest request);

    @POST("crm/objects/{version}/{type}/batch/read")
    Call<Wire.BatchAnswer> batchRead(
            @Path("version") String version, @Path("type") String type, @Body Wire.ReadRequest request);

    @POST("crm/objects/{version}/{type}/batch/{operation}")
    Call<Wire.BatchAnswer> batchWrite(
            @Path("version") String version,
            @Path("type") String type,
            @Path("operation") String operation,
            @Body Wire.Inputs request);

    @POST("crm/objects/{version}/{type}/batch/archive")
    Call<Wire.BatchAnswer> batchArchive(
            @Path("version") String version, @Path("type") String type, @Body Wire.Ids request);

    // Associations

    @POST("crm/associations/{version}/{from}/{to}/batch/associate/default")
    Call<Wire.PairsAnswer> associate(
            @Path("version") String version,
            @Path("from") String from,
            @Path("to") String to,
            @Body Wire.Pairs request);

    @POST("crm/associations/{version}/{from}/{to}/batch/create")
    Call<Wire.LabelledAnswer> label(
            @Path("version") String version,
            @Path("from") String from,
            @Path("to") String to,
            @Body Wire.Pairs request);

    @POST("crm/associations/{version}/{from}/{to}/batch/read")
    Call<Wire.AssociatedAnswer> associated(
            @Path("version") String version,
            @Path("from") String from,
            @Path("to") String to,
            @Body Wire.AssociatedRequest request);

    @POST("crm/associations/{version}/{from}/{to}/batch/archive")
    Call<Wire.PairsAnswer> dissociate(
            @Path("version") String version,
            @Path("from") String from,
            @Path("to") String to,
            @Body Wire.Unpairs request);

    @POST("crm/associations/{version}/{from}/{to}/batch/labels/archive")
    Call<Wire.PairsAnswer> unlabel(
            @Path("version") String version,
            @Path("from") String from,
            @Path("to") String to,
            @Body Wire.Pairs request);

    @GET("crm/associations/{version}/{from}/{to}/labels")
    Call<Wire.LabelsAnswer> labels(@Path("version") String version, @Path("from") String from, @Path("to") String to);
}
