package io.ledgerbridge.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import io.ledgerbridge.hubspot.Crm.Company;
import io.ledgerbridge.hubspot.Crm.Invoice;
import io.ledgerbridge.hubspot.Crm.LineItem;
import io.ledgerbridge.hubspot.model.PropertyDefinition;
import io.ledgerbridge.testkit.FakeHubSpot;
import io.ledgerbridge.time.VirtualTime;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The snippets of the module's README: they run, and the README shows them. */
class ReadmeTest {

    private final VirtualTime time = VirtualTime.startingAt(Instant.parse("2026-03-02T04:45:30Z"));
    private final FakeHubSpot fake = FakeHubSpot.builder(time).build();
    private final OkHttpClient http =
            new OkHttpClient.Builder().addInterceptor(fake.interceptor()).build();

    private HubSpot client() {
        return HubSpot.builder(AccessToken.of(fake.accessToken()))
                .httpClient(http)
                .build();
    }

    private BatchResult<Company> upsert(String token) {
        // README start begin
        HubSpot hubspot = HubSpot.builder(AccessToken.of(token))
                .httpClient(http) // test only
                .build();

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

        List<RecordUpsert> companies = List.of(new RecordUpsert(
                "C-17",
                Properties.of(Companies.NAME, "Harbor Tools Ltd")
                        .with(outstanding, new BigDecimal("680.50"))
                        .clear(Companies.PHONE)));
        BatchResult<Company> result = hubspot.companies().upsert(customerNumber, companies);
        result.records().forEach((number, company) -> System.out.println(number + " is " + company.id()));
        result.failed().forEach((number, problem) -> System.out.println(number + ": " + problem.message()));
        // README start end
        return result;
    }

    @Test
    void companiesAreUpsertedAndRead() {
        assertThat(upsert(fake.accessToken()).isComplete()).isTrue();
        assertThat(fake.records("companies").get(0).get("outstanding")).isEqualTo("680.50");
        time.jump(Duration.ofMinutes(5));
        assertThat(read(client(), Property.text("customer_number"), Property.number("outstanding")))
                .isEqualTo("Harbor Tools Ltd owes 680.50");
    }

    private static String read(HubSpot hubspot, Property<String> customerNumber, Property<BigDecimal> outstanding) {
        String read = "";
        // README read begin
        Selection selection = Selection.of(Companies.NAME, outstanding);
        Optional<CrmRecord<Company>> harbor = hubspot.companies().find(customerNumber, "C-17", selection);
        Search debtors =
                Search.where(outstanding, Search.Operator.GT, BigDecimal.ZERO).selecting(selection);
        for (CrmRecord<Company> company : hubspot.companies().search(debtors)) {
            System.out.println(company.get(Companies.NAME) + " owes " + company.get(outstanding));
            read = company.get(Companies.NAME) + " owes " + company.get(outstanding); // test only
        }
        // README read end
        assertThat(harbor).isPresent();
        return read;
    }

    @Test
    void recordsAreAssociated() {
        String invoiceId = fake.seed("invoices", Map.of("hs_currency", "USD"));
        String companyId = fake.seed("companies", Map.of("name", "A"));
        assertThat(associate(client(), invoiceId, companyId)).isEmpty();
        assertThat(fake.associated("companies", companyId, "invoices")).hasSize(2);
        String line = fake.records("line_items").get(0).id();
        assertThat(fake.associated("line_items", line, "invoices")).hasSize(1).doesNotContain(invoiceId);
    }

    private static Map<Pair<Invoice, Company>, Problem> associate(HubSpot hubspot, String invoiceId, String companyId) {
        // README associations begin
        RecordId<Company> company = ObjectType.COMPANIES.record(companyId);
        CrmRecord<Invoice> invoice = hubspot.invoices()
                .create(NewRecord.<Invoice>of(
                                Properties.of(Invoices.CURRENCY, "USD").with(Invoices.BILLABLE, false))
                        .associated(AssociationTypes.INVOICE_TO_COMPANY, company));
        hubspot.lineItems()
                .create(NewRecord.<LineItem>of(Properties.of(LineItems.NAME, "Clamp")
                                .with(LineItems.QUANTITY, new BigDecimal("2"))
                                .with(LineItems.PRICE, new BigDecimal("12.50")))
                        .associated(AssociationTypes.LINE_ITEM_TO_INVOICE, invoice.id()));

        RecordId<Invoice> older = ObjectType.INVOICES.record(invoiceId);
        Map<Pair<Invoice, Company>, Problem> refused =
                hubspot.associations().associate(List.of(Pair.of(older, company)));
        // README associations end
        return refused;
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "read", "associations"})
    void theReadmeShowsWhatRunsHere(String snippet) throws Exception {
        List<String> source = Files.readAllLines(Path.of("src/test/java/io/ledgerbridge/hubspot/ReadmeTest.java"));
        int begin = source.indexOf("        // README " + snippet + " begin");
        int end = source.indexOf("        // README " + snippet + " end");
        String expected = source.subList(begin + 1, end).stream()
                .filter(line -> !line.endsWith("// test only"))
                .map(line -> line.isEmpty() ? "" : line.substring(8))
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
