package io.ledgerbridge.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.lang.reflect.Field;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The numbers of association types against HubSpot's tables, and that the compiler keeps their directions apart. */
class AssociationTypesTest {

    @TempDir
    private Path classes;

    /** From, to, number, number of the other direction ({@code -} where none is documented). */
    private static final String TABLE = """
            contacts company 279 280
            contacts company-primary 1 2
            contacts company-billing 931 930
            companies company 450 450
            companies child 13 14
            contacts contact 449 449
            contacts deal 4 3
            companies deal 342 341
            companies deal-primary 6 5
            deals line_item 19 20
            quotes line_item 67 68
            invoices contact 177 178
            invoices company 179 180
            invoices deal 175 176
            invoices line_item 409 410
            invoices payment 541 542
            invoices quote 407 408
            invoices discount 411 412
            invoices fee 413 414
            invoices tax 415 416
            invoices order 517 518
            invoices subscription 622 623
            invoices payment_link 815 814
            invoices ticket 986 -
            invoices data_sync_state 679 -
            payments contact 387 388
            payments company 389 390
            payments deal 391 392
            payments line_item 395 396
            payments quote 397 398
            payments order 524 523
            payments subscription 393 -
            payments discount 428 -
            payments fee 1326 -
            payments payment_link 476 475
            payments ticket 1354 1355
            notes contact 202 -
            notes company 190 -
            notes deal 214 -
            """;

    private static final Map<String, ObjectType<?>> TYPES = Map.ofEntries(
            Map.entry("contact", ObjectType.CONTACTS),
            Map.entry("company", ObjectType.COMPANIES),
            Map.entry("companies", ObjectType.COMPANIES),
            Map.entry("child", ObjectType.COMPANIES),
            Map.entry("deal", ObjectType.DEALS),
            Map.entry("line_item", ObjectType.LINE_ITEMS),
            Map.entry("payment", ObjectType.PAYMENTS),
            Map.entry("invoice", ObjectType.INVOICES),
            Map.entry("quote", ObjectType.QUOTES),
            Map.entry("discount", ObjectType.DISCOUNTS),
            Map.entry("fee", ObjectType.FEES),
            Map.entry("tax", ObjectType.TAXES),
            Map.entry("order", ObjectType.ORDERS),
            Map.entry("subscription", ObjectType.SUBSCRIPTIONS),
            Map.entry("payment_link", ObjectType.PAYMENT_LINKS),
            Map.entry("ticket", ObjectType.TICKETS),
            Map.entry("data_sync_state", ObjectType.DATA_SYNC_STATES),
            Map.entry("note", ObjectType.NOTES));

    private static ObjectType<?> type(String word) {
        String name = word.replaceFirst("-.*", "");
        ObjectType<?> exact = TYPES.get(name);
        return exact == null ? TYPES.get(name.replaceFirst("s$", "")) : exact;
    }

    @Test
    void theConstantsAreThoseOfTheTableInBothDirections() throws Exception {
        Map<Integer, String> expected = new TreeMap<>();
        for (String row : TABLE.strip().split("\\R")) {
            String[] words = row.split(" ");
            expected.put(Integer.valueOf(words[2]), type(words[0]) + " to " + type(words[1]));
            if (!words[3].equals("-")) {
                expected.put(Integer.valueOf(words[3]), type(words[1]) + " to " + type(words[0]));
            }
        }
        Map<Integer, String> constants = new TreeMap<>();
        for (Field field : AssociationTypes.class.getFields()) {
            AssociationType<?, ?> type = (AssociationType<?, ?>) field.get(null);
            assertThat(type.category()).isEqualTo("HUBSPOT_DEFINED");
            assertThat(constants.put(type.typeId(), type.from() + " to " + type.to()))
                    .as("two constants with the number " + type.typeId())
                    .isNull();
            assertThat(field.getName().replace("PARENT_", "").replace("CHILD_", ""))
                    .startsWith(word(type.from()) + "_TO_" + word(type.to()));
        }
        assertThat(constants).isEqualTo(expected);
    }

    private static String word(ObjectType<?> type) {
        return TYPES.entrySet().stream()
                .filter(entry -> entry.getValue().equals(type))
                .map(Map.Entry::getKey)
                .filter(name -> !name.equals("companies") && !name.equals("child"))
                .findFirst()
                .orElseThrow()
                .toUpperCase(java.util.Locale.ROOT);
    }

    @Test
    void theRightDirectionCompilesAndTheWrongOneDoesNot() {
        assertThat(compile("hubspot.associations().associate(List.of(Pair.of(invoice, company)));"))
                .isEmpty();
        assertThat(compile("hubspot.associations().label(List.of(Pair.of(invoice, company)), INVOICE_TO_COMPANY);"))
                .isEmpty();
        assertThat(compile("NewRecord.<Invoice>of(Properties.none()).associated(INVOICE_TO_COMPANY, company);"))
                .isEmpty();

        assertThat(compile("hubspot.associations().label(List.of(Pair.of(invoice, company)), COMPANY_TO_INVOICE);"))
                .isNotEmpty();
        assertThat(compile("hubspot.associations().label(List.of(Pair.of(company, invoice)), INVOICE_TO_COMPANY);"))
                .isNotEmpty();
        assertThat(compile("NewRecord.<Invoice>of(Properties.none()).associated(COMPANY_TO_INVOICE, company);"))
                .isNotEmpty();
        assertThat(compile("NewRecord.<Invoice>of(Properties.none()).associated(INVOICE_TO_COMPANY, invoice);"))
                .isNotEmpty();
        assertThat(compile("Pair<Invoice, Company> pair = Pair.of(company, invoice);"))
                .isNotEmpty();
        assertThat(compile("hubspot.invoices().get(company, Selection.DEFAULT);"))
                .isNotEmpty();
    }

    /** What the compiler says of this statement. */
    private List<String> compile(String statement) {
        String source = """
                package user;
                import static io.ledgerbridge.hubspot.AssociationTypes.*;
                import io.ledgerbridge.hubspot.*;
                import io.ledgerbridge.hubspot.Crm.*;
                import java.util.List;
                final class Code {
                    static void run(HubSpot hubspot, RecordId<Invoice> invoice, RecordId<Company> company) {
                        %s
                    }
                }
                """.formatted(statement);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> problems = new ArrayList<>();
        compiler.getTask(
                        new StringWriter(),
                        null,
                        diagnostic -> {
                            if (diagnostic.getKind() == javax.tools.Diagnostic.Kind.ERROR) {
                                problems.add(diagnostic.getMessage(null));
                            }
                        },
                        List.of(
                                "-proc:none",
                                "-d",
                                classes.toString(),
                                "-classpath",
                                System.getProperty("java.class.path")),
                        null,
                        List.of(
                                new SimpleJavaFileObject(
                                        URI.create("string:///user/Code.java"), JavaFileObject.Kind.SOURCE) {
                                    @Override
                                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                                        return source;
                                    }
                                }))
                .call();
        return problems;
    }
}
