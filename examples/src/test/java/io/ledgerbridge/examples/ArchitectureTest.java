package io.ledgerbridge.examples;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Which module may know which, and who may read the clock. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.ledgerbridge");

    /** Methods that read a clock, wait or draw randomness beside {@code TimeSource}; an empty set bans them all. */
    private static final Map<String, Set<String>> BANNED = Map.ofEntries(
            Map.entry("java.lang.Thread", Set.of("sleep")),
            Map.entry("java.lang.System", Set.of("currentTimeMillis", "nanoTime")),
            Map.entry("java.lang.Math", Set.of("random")),
            Map.entry("java.util.UUID", Set.of("randomUUID")),
            Map.entry("java.util.concurrent.ThreadLocalRandom", Set.of()),
            Map.entry("java.util.concurrent.TimeUnit", Set.of("sleep", "timedWait", "timedJoin")),
            Map.entry("java.util.concurrent.locks.LockSupport", Set.of("parkNanos", "parkUntil")));

    private static final Set<String> CLOCK_TYPES = Set.of(
            "java.time.Instant",
            "java.time.LocalDate",
            "java.time.LocalDateTime",
            "java.time.OffsetDateTime",
            "java.time.ZonedDateTime");

    private static final Set<String> TIMED = Set.of(
            "get", "await", "tryAcquire", "poll", "offer", "tryLock", "wait", "join", "awaitTermination", "invokeAll");

    private static final DescribedPredicate<JavaCall<?>> READS_THE_CLOCK =
            DescribedPredicate.describe("read the clock, wait or draw randomness", ArchitectureTest::isBanned);

    private static boolean isBanned(JavaCall<?> call) {
        String owner = call.getTargetOwner().getName();
        String name = call.getName();
        List<String> parameters = call.getTarget().getRawParameterTypes().stream()
                .map(JavaClass::getName)
                .toList();
        if (BANNED.containsKey(owner)) {
            return BANNED.get(owner).isEmpty() || BANNED.get(owner).contains(name);
        }
        if (CLOCK_TYPES.contains(owner) && name.equals("now")) {
            return parameters.isEmpty() || !parameters.get(0).equals("java.time.Clock");
        }
        if (Set.of("orTimeout", "completeOnTimeout", "delayedExecutor").contains(name)) {
            return owner.equals("java.util.concurrent.CompletableFuture");
        }
        boolean timed = parameters.contains("java.util.concurrent.TimeUnit")
                || (owner.equals("java.lang.Object") && parameters.contains("long"));
        return TIMED.contains(name) && timed;
    }

    @Test
    void onlyTheTimeSourceReadsTheClock() {
        assertThat(CLASSES.contain("io.ledgerbridge.time.SystemTime")).isTrue();
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.ledgerbridge.time.SystemTime")
                .should()
                .callCodeUnitWhere(READS_THE_CLOCK.forSubtype())
                .check(CLASSES);
    }

    @Test
    void theRuleAboutTheClockFindsWhatItBans() {
        JavaClasses system = new ClassFileImporter().importClasses(BreaksTheRule.class);
        assertThat(noClasses()
                        .should()
                        .callCodeUnitWhere(READS_THE_CLOCK.forSubtype())
                        .evaluate(system)
                        .getFailureReport()
                        .getDetails())
                .hasSize(3);
    }

    /** For the test above alone; nothing calls it. */
    static final class BreaksTheRule {
        long now() {
            return System.nanoTime();
        }

        java.time.Instant instant() {
            return java.time.Instant.now();
        }

        Object get(java.util.concurrent.CompletableFuture<Object> future) throws Exception {
            return future.get(1, java.util.concurrent.TimeUnit.SECONDS);
        }
    }

    @Test
    void arrowsBetweenModulesNeverRunBack() {
        String zoho = "io.ledgerbridge.zohobooks..";
        String hubspot = "io.ledgerbridge.hubspot..";
        String sync = "io.ledgerbridge.sync..";
        String testkit = "io.ledgerbridge.testkit..";
        String examples = "io.ledgerbridge.examples..";
        forbid("io.ledgerbridge.time..", zoho, hubspot, sync, testkit, examples, "io.ledgerbridge.rest..");
        forbid("io.ledgerbridge.rest..", zoho, hubspot, sync, testkit, examples);
        forbid(zoho, hubspot, sync, testkit, examples);
        forbid(hubspot, zoho, sync, testkit, examples);
        forbid(testkit, zoho, hubspot, sync, examples);
        String jdbc = "io.ledgerbridge.jdbc..";
        String tink = "io.ledgerbridge.tink..";
        String dbScheduler = "io.ledgerbridge.dbscheduler..";
        forbid(sync, testkit, examples, jdbc, tink, dbScheduler);
        forbid(jdbc, testkit, examples, zoho, hubspot, tink, dbScheduler);
        forbid(tink, testkit, examples, zoho, hubspot, jdbc, dbScheduler);
        forbid(dbScheduler, testkit, examples, zoho, hubspot, jdbc, tink);
    }

    private static void forbid(String from, String... to) {
        noClasses()
                .that()
                .resideInAPackage(from)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(to)
                .check(CLASSES);
    }

    @Test
    void theEngineReachesTheClientsAtItsTwoEdgesOnly() {
        Set<String> edges = Set.of(
                "io.ledgerbridge.sync.internal.ZohoSourceReader",
                "io.ledgerbridge.sync.internal.HubSpotTargetWriter",
                "io.ledgerbridge.sync.ConnectionRegistry",
                "io.ledgerbridge.sync.ConnectionRegistry$Builder",
                "io.ledgerbridge.sync.SyncConnection",
                // Sets up what tells of changes, and syncs nothing.
                "io.ledgerbridge.sync.WebhookSetup",
                "io.ledgerbridge.sync.SyncEngine",
                "io.ledgerbridge.sync.SyncEngine$Builder");
        noClasses()
                .that(resideInAPackage("io.ledgerbridge.sync..")
                        .and(DescribedPredicate.describe(
                                "are no edge", (JavaClass one) -> !edges.contains(one.getName()))))
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "make calls",
                        (JavaClass one) -> Set.of(
                                        "io.ledgerbridge.zohobooks.ZohoBooks",
                                        "io.ledgerbridge.zohobooks.Contacts",
                                        "io.ledgerbridge.zohobooks.Invoices",
                                        "io.ledgerbridge.zohobooks.CustomerPayments",
                                        "io.ledgerbridge.hubspot.HubSpot",
                                        "io.ledgerbridge.hubspot.CrmObjects",
                                        "io.ledgerbridge.hubspot.Associations",
                                        "io.ledgerbridge.hubspot.AccountDetails",
                                        "io.ledgerbridge.hubspot.Pipelines",
                                        "io.ledgerbridge.hubspot.PropertyDefinitions")
                                .contains(one.getName())))
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("okhttp3..", "retrofit2..")
                .check(CLASSES);
    }

    @Test
    void othersInternalsAreNotForApplications() {
        noClasses()
                .that()
                .resideInAPackage("io.ledgerbridge.examples..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.ledgerbridge..internal..")
                .check(CLASSES);
    }

    @Test
    void everyPackageIsNullMarked() {
        Set<String> unmarked = CLASSES.stream()
                .map(JavaClass::getPackage)
                .filter(one -> one.getClasses().size() > 0)
                .filter(one -> !one.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .collect(Collectors.toSet());
        assertThat(unmarked).isEmpty();
    }
}
