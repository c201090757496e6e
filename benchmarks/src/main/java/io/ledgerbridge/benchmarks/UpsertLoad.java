package io.ledgerbridge.benchmarks;

import io.ledgerbridge.hubspot.AccessToken;
import io.ledgerbridge.hubspot.BatchResult;
import io.ledgerbridge.hubspot.Companies;
import io.ledgerbridge.hubspot.Crm.Company;
import io.ledgerbridge.hubspot.HubSpot;
import io.ledgerbridge.hubspot.HubSpotPacing;
import io.ledgerbridge.hubspot.Properties;
import io.ledgerbridge.hubspot.Property;
import io.ledgerbridge.hubspot.RecordUpsert;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Upserts companies through our client: a warm-up, then, when it is told so, the load that is measured from outside. */
public final class UpsertLoad {

    private static final Property<String> KEY = Property.text("customer_number");
    private static final int BATCH = 100;

    /** The warm-up makes as many calls as the load, so that what a call costs is warm too. */
    private static final int WARM_UP_BATCH = 10;

    private UpsertLoad() {}

    /** Address, calls at once, records of the warm-up, records of the load. */
    public static void main(String[] arguments) throws Exception {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            failure.printStackTrace();
            Runtime.getRuntime().halt(1);
        });
        try (HubSpot hubspot = HubSpot.builder(AccessToken.of("token"))
                .endpoint(arguments[0])
                .pacing(HubSpotPacing.unlimited())
                .build()) {
            int threads = Integer.parseInt(arguments[1]);
            run(hubspot, threads, Integer.parseInt(arguments[2]), WARM_UP_BATCH);
            System.out.println("ready");
            System.in.read();
            int records = Integer.parseInt(arguments[3]);
            long allocated = run(hubspot, threads, records, BATCH);
            System.out.println("done " + allocated / records);
            System.in.read();
        }
    }

    /** Answers the bytes that were allocated. */
    private static long run(HubSpot hubspot, int threads, int records, int batch) throws InterruptedException {
        var management = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        AtomicInteger next = new AtomicInteger();
        AtomicLong allocated = new AtomicLong();
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread worker = new Thread(() -> {
                for (int from = next.getAndAdd(batch); from < records; from = next.getAndAdd(batch)) {
                    BatchResult<Company> result = hubspot.companies().upsert(KEY, inputs(from, batch));
                    if (!result.isComplete()) {
                        throw new IllegalStateException("not every record was written: " + result);
                    }
                }
                allocated.addAndGet(management.getThreadAllocatedBytes(
                        Thread.currentThread().getId()));
            });
            workers.add(worker);
            worker.start();
        }
        for (Thread worker : workers) {
            worker.join();
        }
        return allocated.get();
    }

    private static List<RecordUpsert> inputs(int from, int batch) {
        List<RecordUpsert> inputs = new ArrayList<>(batch);
        for (int i = from; i < from + batch; i++) {
            inputs.add(new RecordUpsert(
                    "C-" + i,
                    Properties.of(Companies.NAME, "Company " + i)
                            .with(Companies.DOMAIN, "company" + i + ".example")
                            .with(Companies.PHONE, "+49 431 " + i)
                            .with(Companies.ADDRESS, "Harbor Street " + i)
                            .with(Companies.CITY, "Kiel")
                            .with(Companies.ZIP, "24103")
                            .with(Companies.COUNTRY, "Germany")));
        }
        return inputs;
    }
}
