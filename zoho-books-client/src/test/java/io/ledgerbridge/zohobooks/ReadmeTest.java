package io.ledgerbridge.zohobooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.ledgerbridge.zohobooks.model.Invoice;
import io.ledgerbridge.zohobooks.spi.TokenStore;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The README of this module shows what stands here, and names what exists. */
class ReadmeTest {

    private final Hosts zohoBooks =
            new Hosts(request -> request.url().encodedPath().startsWith("/oauth/")
                    ? "{\"access_token\":\"a\",\"refresh_token\":\"r\"}"
                    : "{\"code\":0,\"invoices\":[{\"invoice_id\":\"5\",\"balance\":680.50}]}");

    @Test
    void threeStatementsLeadToARecord() {
        assertThat(owed("client", "secret", "refresh")).isEqualTo("680.50");
    }

    private BigDecimal owed(String clientId, String clientSecret, String refreshToken) {
        // README read begin
        ZohoBooks zoho = ZohoBooks.builder(ZohoCredentials.refreshToken(clientId, clientSecret, refreshToken))
                .organization("60012345678")
                .httpClient(zohoBooks.client()) // test only
                .build();
        Invoice invoice =
                zoho.invoices().list(InvoiceQuery.overdue()).iterator().next();
        BigDecimal owed = invoice.balance();
        // README read end
        return owed;
    }

    @Test
    void aUserIsConnected() {
        TokenStore tokenStore = TokenStore.inMemory();
        ZohoBooks zoho = connect("client", "secret", tokenStore);

        assertThat(zoho.invoices().list(InvoiceQuery.all())).hasSize(1);
        assertThat(tokenStore.load().orElseThrow().tokens().dataCenter()).isEqualTo(DataCenter.EU);
    }

    private ZohoBooks connect(String clientId, String clientSecret, TokenStore tokenStore) {
        // README connect begin
        ZohoOAuth oauth = ZohoOAuth.builder(ZohoCredentials.client(clientId, clientSecret))
                .redirectUri("https://app.example/oauth/zoho/callback")
                .httpClient(zohoBooks.client()) // test only
                .build();
        String state = oauth.newState(); // keep it in the user's session
        String sendTheUserTo = oauth.authorizationUrl(state);
        String requestUrl = "/oauth/zoho/callback?location=eu&code=c&state=" + state; // test only

        // and where the user comes back:
        oauth.connect(oauth.parseCallback(requestUrl, state), tokenStore);
        ZohoBooks zoho = ZohoBooks.builder(ZohoCredentials.client(clientId, clientSecret))
                .tokenStore(tokenStore)
                .organization("60012345678")
                .httpClient(zohoBooks.client()) // test only
                .build();
        // README connect end
        assertThat(sendTheUserTo).startsWith("https://accounts.zoho.com/");
        return zoho;
    }

    @ParameterizedTest
    @ValueSource(strings = {"read", "connect"})
    void theReadmeShowsWhatRunsHere(String snippet) throws Exception {
        List<String> source = Files.readAllLines(Path.of("src/test/java/io/ledgerbridge/zohobooks/ReadmeTest.java"));
        int begin = source.indexOf("        // README " + snippet + " begin");
        int end = source.indexOf("        // README " + snippet + " end");
        String expected = String.join(
                "\n",
                source.subList(begin + 1, end).stream()
                        .filter(line -> !line.endsWith("// test only"))
                        .map(line -> line.isBlank() ? line : line.substring(8))
                        .toList());

        assertThat(Files.readString(Path.of("README.md"))).contains("```java\n" + expected + "\n```");
    }

    @Test
    void theReadmeNamesWhatExists() throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        Stream<String> resources = Arrays.stream(ZohoBooks.class.getDeclaredMethods())
                .filter(method -> java.lang.reflect.Modifier.isPublic(method.getModifiers()))
                .filter(method -> method.getReturnType().getPackageName().equals("io.ledgerbridge.zohobooks"))
                .map(java.lang.reflect.Method::getName)
                .filter(name -> !List.of("builder", "newBuilder", "pacing").contains(name));

        assertThat(resources.toList())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(readme).contains("`" + name + "()`"));
    }
}
