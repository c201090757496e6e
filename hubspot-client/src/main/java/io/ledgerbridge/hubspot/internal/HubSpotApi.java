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

/** The one place that knows paths; {@code v} is the version. */
public interface HubSpotApi {

    // Account

    @GET("account-info/{v}/details")
    Call<Wire.AccountAnswer> account(@Path("v") String v);

    @GET("account-info/{v}/api-usage/daily/private-apps")
    Call<Wire.Results<Wire.Usage>> dailyUsage(@Path("v") String v);

    @GET("crm/object-library/{v}/enablement")
    Call<Wire.EnablementAnswer> enablement(@Path("v") String v);

    @GET("crm/limits/{v}/custom-properties")
    Call<Wire.RoomAnswer> customPropertyRoom(@Path("v") String v);

    // Definitions

    @GET("crm/properties/{v}/{type}")
    Call<Wire.Results<Wire.PropertyAnswer>> properties(
            @Path("v") String v, @Path("type") String type, @Query("archived") @Nullable Boolean archived);

    @GET("crm/properties/{v}/{type}/{name}")
    Call<Wire.PropertyAnswer> property(@Path("v") String v, @Path("type") String type, @Path("name") String name);

    @POST("crm/properties/{v}/{type}/batch/create")
    Call<Wire.Results<Wire.PropertyAnswer>> createProperties(
            @Path("v") String v, @Path("type") String type, @Body Wire.NewProperties request);

    @PATCH("crm/properties/{v}/{type}/{name}")
    Call<Wire.PropertyAnswer> updateProperty(
            @Path("v") String v,
            @Path("type") String type,
            @Path("name") String name,
            @Body Wire.PropertyChange request);

    @DELETE("crm/properties/{v}/{type}/{name}")
    Call<Wire.Nothing> archiveProperty(@Path("v") String v, @Path("type") String type, @Path("name") String name);

    @GET("crm/properties/{v}/{type}/groups")
    Call<Wire.Results<Wire.GroupAnswer>> groups(@Path("v") String v, @Path("type") String type);

    @POST("crm/properties/{v}/{type}/groups")
    Call<Wire.GroupAnswer> createGroup(@Path("v") String v, @Path("type") String type, @Body Wire.NewGroup request);

    @GET("crm/property-validations/{v}/{typeId}")
    Call<Wire.Results<Wire.RulesOfOne>> validations(@Path("v") String v, @Path("typeId") String typeId);

    @GET("crm/pipelines/{v}/{type}")
    Call<Wire.Results<Wire.PipelineAnswer>> pipelines(@Path("v") String v, @Path("type") String type);

    // Records

    @GET("crm/objects/{v}/{type}")
    Call<Wire.Results<Wire.RecordAnswer>> list(
            @Path("v") String v,
            @Path("type") String type,
            @Query("limit") int limit,
            @Query("after") @Nullable String after,
            @Query("properties") @Nullable String properties,
            @Query("associations") @Nullable String associations,
            @Query("archived") @Nullable Boolean archived);

    @GET("crm/objects/{v}/{type}/{id}")
    Call<Wire.RecordAnswer> get(
            @Path("v") String v,
            @Path("type") String type,
            @Path("id") String id,
            @Query("idProperty") @Nullable String idProperty,
            @Query("properties") @Nullable String properties,
            @Query("associations") @Nullable String associations,
            @Query("archived") @Nullable Boolean archived);

    @POST("crm/objects/{v}/{type}")
    Call<Wire.RecordAnswer> create(@Path("v") String v, @Path("type") String type, @Body Wire.Input request);

    @PATCH("crm/objects/{v}/{type}/{id}")
    Call<Wire.RecordAnswer> update(
            @Path("v") String v, @Path("type") String type, @Path("id") String id, @Body Wire.Input request);

    @DELETE("crm/objects/{v}/{type}/{id}")
    Call<Wire.Nothing> archive(@Path("v") String v, @Path("type") String type, @Path("id") String id);

    @POST("crm/objects/{v}/{type}/search")
    Call<Wire.Results<Wire.RecordAnswer>> search(
            @Path("v") String v, @Path("type") String type, @Body Wire.SearchRequest request);

    @POST("crm/objects/{v}/{type}/batch/read")
    Call<Wire.BatchAnswer> batchRead(@Path("v") String v, @Path("type") String type, @Body Wire.ReadRequest request);

    @POST("crm/objects/{v}/{type}/batch/{operation}")
    Call<Wire.BatchAnswer> batchWrite(
            @Path("v") String v,
            @Path("type") String type,
            @Path("operation") String operation,
            @Body Wire.Inputs request);

    @POST("crm/objects/{v}/{type}/batch/archive")
    Call<Wire.BatchAnswer> batchArchive(@Path("v") String v, @Path("type") String type, @Body Wire.Ids request);

    // Associations

    @POST("crm/associations/{v}/{from}/{to}/batch/associate/default")
    Call<Wire.Results<Wire.PairAnswer>> associate(
            @Path("v") String v, @Path("from") String from, @Path("to") String to, @Body Wire.Pairs request);

    @POST("crm/associations/{v}/{from}/{to}/batch/create")
    Call<Wire.Results<Wire.PairAnswer>> label(
            @Path("v") String v, @Path("from") String from, @Path("to") String to, @Body Wire.Pairs request);

    @POST("crm/associations/{v}/{from}/{to}/batch/read")
    Call<Wire.Results<Wire.AssociatedOfOne>> associated(
            @Path("v") String v,
            @Path("from") String from,
            @Path("to") String to,
            @Body Wire.AssociatedRequest request);

    @POST("crm/associations/{v}/{from}/{to}/batch/archive")
    Call<Wire.Results<Wire.PairAnswer>> dissociate(
            @Path("v") String v, @Path("from") String from, @Path("to") String to, @Body Wire.Unpairs request);

    @POST("crm/associations/{v}/{from}/{to}/batch/labels/archive")
    Call<Wire.Results<Wire.PairAnswer>> unlabel(
            @Path("v") String v, @Path("from") String from, @Path("to") String to, @Body Wire.Pairs request);

    @GET("crm/associations/{v}/{from}/{to}/labels")
    Call<Wire.Results<Wire.Label>> labels(@Path("v") String v, @Path("from") String from, @Path("to") String to);
}
