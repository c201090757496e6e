package io.ledgerbridge.benchmarks;

import io.ledgerbridge.hubspot.AccessToken;
import io.ledgerbridge.hubspot.HubSpot;
import io.ledgerbridge.hubspot.HubSpotPacing;
import io.ledgerbridge.testkit.FakeHubSpot;
import io.ledgerbridge.testkit.FakeZohoBooks;
import io.ledgerbridge.time.VirtualTime;
import io.ledgerbridge.zohobooks.ZohoBooks;
import io.ledgerbridge.zohobooks.ZohoCredentials;
import io.ledgerbridge.zohobooks.ZohoPacing;
import java.util.Random;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;

/** Both clients in front of fakes that answer on the caller's thread. */
record InMemoryClients(ZohoBooks zoho, HubSpot hubspot) implements AutoCloseable {

    /** As fast as they can. */
    static InMemoryClients unlimited(
            FakeZohoBooks books, FakeHubSpot account, VirtualTime time, Interceptor... before) {
        return of(books, account, time, ZohoPacing.unlimited(), HubSpotPacing.unlimited(), before);
    }

    /** At the pace that the vendors allow. */
    static InMemoryClients paced(FakeZohoBooks books, FakeHubSpot account, VirtualTime time) {
        return of(books, account, time, ZohoPacing.standard(), HubSpotPacing.standard());
    }

    private static InMemoryClients of(
            FakeZohoBooks books,
            FakeHubSpot account,
            VirtualTime time,
            ZohoPacing zohoPacing,
            HubSpotPacing hubSpotPacing,
            Interceptor... before) {
        OkHttpClient.Builder http = new OkHttpClient.Builder();
        for (Interceptor interceptor : before) {
            http.addInterceptor(interceptor);
        }
        http.addInterceptor(books.interceptor()).addInterceptor(account.interceptor());
        ZohoBooks zoho = ZohoBooks.builder(
                        ZohoCredentials.refreshToken(books.clientId(), books.clientSecret(), books.refreshToken()))
                .organization(books.organizationId())
                .httpClient(http.build())
                .timeSource(time)
                .pacing(zohoPacing)
                .random(new Random(1))
                .build();
        HubSpot hubspot = HubSpot.builder(AccessToken.of(account.accessToken()))
                .httpClient(http.build())
                .timeSource(time)
                .pacing(hubSpotPacing)
                .random(new Random(2))
                .build();
        return new InMemoryClients(zoho, hubspot);
    }

    @Override
    public void close() {
        zoho.close();
        hubspot.close();
    }
}
