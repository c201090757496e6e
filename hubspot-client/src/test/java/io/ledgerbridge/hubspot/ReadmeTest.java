package io.ledgerbridge.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import io.ledgerbridge.hubspot.Crm.Company;
import io.ledgerbridge.hubspot.Crm.Invoice;
import io.ledgerbridge.hubspot.model.PropertyDefinition;
import io.ledgerbridge.testkit.FakeHubSpot;
import io.ledgerbridge.time.VirtualTime;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The snippets of the module's README: they run, and the README shows them. */
class ReadmeTest {

    private final FakeHubSpot fake = FakeHubSpot.builder(VirtualTime.startingAt(Instant.parse("2026-03-02T04:45:30Z")))
            .build();
    private final OkHttpClient http =
            new OkHttpClient.Builder().addInterceptor(fake.interceptor()).build();

    private HubSpot client() {
        return HubSpot.builder(AccessToken.of(fake.accessToken()))
                .httpClient(http)
                .build();
    }

    private static RecordUpsert harbor(HubSpot hubspot) {
        // README properties begin
        Property<String> customerNumber = Property.text("customer_number");
        Property<BigDecimal> outstanding = Property.number("outstanding");
        hubspot.properties(ObjectType.COMPANIES)
                .ensure(
                        "shop",
                        "Shop",
                        List.of(
                                PropertyDefinition.of("customer_number", "Customer number", "", "string")
                                        .unique(),
                                PropertyDefinition.of("outstanding", "Outstanding", "", "number")));
        RecordUpsert harbor = new RecordUpsert(
                "C-17",
                Properties.of(Companies.NAME, "Harbor Tools Ltd")
                        .with(outstanding, new BigDecimal("680.50"))
                        .clear(Companies.PHONE));
        // README properties end
        assertThat(customerNumber.name()).isEqualTo("customer_number");
        return harbor;
    }

    private BatchResult<Company> upsert(String token, Property<String> customerNumber, List<RecordUpsert> companies) {
        // README batch begin
        HubSpot hubspot = HubSpot.builder(AccessToken.of(token))
                .httpClient(http) // test only
                .build();
        BatchResult<Company> result = hubspot.companies().upsert(customerNumber, companies);
        result.failed().forEach((key, problem) -> System.out.println(key + ": " + problem.message()));
        // README batch end
        return result;
    }

    @Test
    void companiesAreUpserted() {
        RecordUpsert harbor = harbor(client());
        assertThat(upsert(fake.accessToken(), Property.text("customer_number"), List.of(harbor))
                        .isComplete())
                .isTrue();
        assertThat(fake.records("companies").get(0).get("outstanding")).isEqualTo("680.50");
    }

    @Test
    void recordsAreAssociated() {
        String invoiceId = fake.seed("invoices", Map.of("hs_currency", "USD"));
        String companyId = fake.seed("companies", Map.of("name", "A"));
        associate(client(), invoiceId, companyId);
        assertThat(fake.associated("companies", companyId, "invoices")).hasSize(2);
    }

    private static void associate(HubSpot hubspot, String invoiceId, String companyId) {
        // README associations begin
        RecordId<Invoice> invoice = ObjectType.INVOICES.record(invoiceId);
        RecordId<Company> company = ObjectType.COMPANIES.record(companyId);
        hubspot.associations().associate(List.of(Pair.of(invoice, company)));
        hubspot.invoices()
                .create(NewRecord.<Invoice>of(Properties.of(Invoices.CURRENCY, "USD"))
                        .associated(AssociationTypes.INVOICE_TO_COMPANY, company));
        // README associations end
    }

    @ParameterizedTest
    @ValueSource(strings = {"batch", "properties", "associations"})
    void theReadmeShowsWhatRunsHere(String snippet) throws Exception {
        List<String> source = Files.readAllLines(Path.of("src/test/java/io/ledgerbridge/hubspot/ReadmeTest.java"));
        int begin = source.indexOf("        // README " + snippet + " begin");
        int end = source.indexOf("        // README " + snippet + " end");
        String expected = source.subList(begin + 1, end).stream()
                .filter(line -> !line.endsWith("// test only"))
                .map(line -> line.substring(8))
                .collect(Collectors.joining("\n", "```java\n", "\n```"));
        assertThat(Files.readString(Path.of("README.md"))).contains(expected);
    }

    @Test
    void theReadmeNamesWhatExists() throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        List<String> resources = Arrays.stream(HubSpot.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .filter(method -> method.getReturnType().getPackageName().equals("io.ledgerbridge.hubspot"))
                .filter(method -> method.getParameterCount() == 0)
                .map(Method::getName)
                .filter(name -> !List.of("newBuilder", "pacing").contains(name))
                .toList();
        assertThat(resources)
                .hasSizeGreaterThan(8)
                .allSatisfy(name -> assertThat(readme).contains("`" + name + "()`"));
    }
}
