package io.ledgerbridge.zohobooks.internal;

import com.squareup.moshi.Json;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;
import retrofit2.http.FieldMap;
import retrofit2.http.FormUrlEncoded;
import retrofit2.http.POST;
import retrofit2.http.Query;

/** The accounts server as Retrofit sees it. */
public interface AccountsApi {

    /** Secrets go into the body: queries end up in access logs. */
    @FormUrlEncoded
    @POST("oauth/v2/token")
    Call<TokenAnswer> token(@FieldMap Map<String, String> form);

    /** The vendor documents the query for this one. */
    @POST("oauth/v2/token/revoke")
    Call<TokenAnswer> revoke(@Query("token") String refreshToken);

    /** What the accounts server says, success or not: it reports most errors with status 200. */
    record TokenAnswer(
            @Json(name = "access_token") String accessToken,
            @Json(name = "refresh_token") String refreshToken,
            @Json(name = "api_domain") String apiDomain,
            String scope,
            @Json(name = "expires_in") @Nullable BigDecimal expiresIn,
            @Json(name = "expires_in_sec") @Nullable BigDecimal expiresInSeconds,
            String error,
            String status) {

        @Override
        public String toString() {
            return "TokenAnswer[error=" + error + ", status=" + status + "]";
        }
    }
}
