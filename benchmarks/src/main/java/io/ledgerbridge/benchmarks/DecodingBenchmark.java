package io.ledgerbridge.benchmarks;

import com.squareup.moshi.FromJson;
import com.squareup.moshi.Json;
import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.Moshi;
import com.squareup.moshi.ToJson;
import io.ledgerbridge.zohobooks.internal.Answer;
import io.ledgerbridge.zohobooks.internal.Key;
import io.ledgerbridge.zohobooks.internal.WireConverter;
import io.ledgerbridge.zohobooks.model.Invoice;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.ResponseBody;
import okio.Buffer;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import retrofit2.Converter;
import retrofit2.Retrofit;

/** What it costs to keep the raw JSON of 200 invoices, beside Moshi alone with the same members and exact amounts. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class DecodingBenchmark {

    private final byte[] page = InvoicePage.of(200).getBytes(StandardCharsets.UTF_8);
    private final JsonAdapter<Page> bare =
            new Moshi.Builder().add(new Values()).build().adapter(Page.class);
    private Converter<ResponseBody, ?> kept = body -> body;

    /** The same members as {@link Invoice} has on rows. */
    public record Row(
            @Json(name = "invoice_id") String invoiceId,
            @Json(name = "invoice_number") String invoiceNumber,
            @Json(name = "reference_number") String referenceNumber,
            @Json(name = "customer_id") String customerId,
            @Json(name = "customer_name") String customerName,
            @Json(name = "company_name") String companyName,
            String email,
            String status,
            @Json(name = "current_sub_status") String currentSubStatus,
            LocalDate date,
            @Json(name = "due_date") LocalDate dueDate,
            @Json(name = "payment_expected_date") LocalDate paymentExpectedDate,
            @Json(name = "last_payment_date") LocalDate lastPaymentDate,
            @Json(name = "currency_id") String currencyId,
            @Json(name = "currency_code") String currencyCode,
            @Json(name = "exchange_rate") BigDecimal exchangeRate,
            BigDecimal total,
            BigDecimal balance,
            @Json(name = "shipping_charge") BigDecimal shippingCharge,
            BigDecimal adjustment,
            @Json(name = "write_off_amount") BigDecimal writeOffAmount,
            @Json(name = "salesperson_id") String salespersonId,
            @Json(name = "salesperson_name") String salespersonName,
            @Json(name = "invoice_url") String invoiceUrl,
            @Json(name = "billing_address") Address billingAddress,
            @Json(name = "shipping_address") Address shippingAddress,
            @Json(name = "zcrm_potential_id") String zcrmPotentialId,
            @Json(name = "custom_fields") List<Field> customFields,
            @Json(name = "created_time") Instant createdTime,
            @Json(name = "last_modified_time") Instant lastModifiedTime) {}

    /** As in {@link Row}. */
    public record Address(
            String attention,
            String address,
            String street2,
            String city,
            String state,
            String zipcode,
            String country,
            String phone,
            String fax) {}

    /** As in {@link Row}. */
    public record Field(
            @Json(name = "customfield_id") String customFieldId,
            @Json(name = "api_name") String apiName,
            String label,
            @Json(name = "data_type") String dataType,
            String value) {}

    /** As in {@link Row}. */
    public record Page(int code, String message, List<Row> invoices) {}

    /** What Moshi lacks for these types, as short as it can be. */
    public static final class Values {
        private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxx");

        @FromJson
        BigDecimal decimal(JsonReader reader) throws IOException {
            return new BigDecimal(reader.nextString());
        }

        @FromJson
        @Nullable
        LocalDate date(String text) {
            return text.isEmpty() ? null : LocalDate.parse(text);
        }

        @FromJson
        Instant instant(String text) {
            return OffsetDateTime.parse(text, STAMP).toInstant();
        }

        @ToJson
        String decimal(BigDecimal value) {
            return value.toPlainString();
        }

        @ToJson
        String date(LocalDate value) {
            return value.toString();
        }

        @ToJson
        String instant(Instant value) {
            return value.toString();
        }
    }

    /** What the client's operation says of itself. */
    interface Operation {
        @Key("invoices")
        Answer.Rows<Invoice> invoices();
    }

    @Setup
    public void prepare() throws Exception {
        var operation = Operation.class.getDeclaredMethod("invoices");
        Annotation[] annotations = operation.getAnnotations();
        Converter<ResponseBody, ?> converter = new WireConverter()
                .responseBodyConverter(
                        operation.getGenericReturnType(),
                        annotations,
                        new Retrofit.Builder().baseUrl("http://localhost/").build());
        kept = java.util.Objects.requireNonNull(converter);
    }

    @Benchmark
    public @Nullable Object bareMoshi() throws IOException {
        return bare.fromJson(new Buffer().write(page));
    }

    @Benchmark
    public @Nullable Object rawJsonKept() throws IOException {
        return kept.convert(ResponseBody.create(page, null));
    }
}
