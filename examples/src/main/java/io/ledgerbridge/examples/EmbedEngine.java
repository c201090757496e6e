package io.ledgerbridge.examples;

import io.ledgerbridge.sync.AuditEntry;
import io.ledgerbridge.sync.AuditQuery;
import io.ledgerbridge.sync.SyncEngine;
import io.ledgerbridge.sync.SyncReport;
import io.ledgerbridge.sync.spi.SyncStore;

/** The engine inside an application that decides itself when it runs, and what was decided on an invoice. */
public final class EmbedEngine {

    private EmbedEngine() {}

    public static void main(String[] args) {
        try (FakeCompany company = new FakeCompany()) {
            SyncEngine engine = SyncEngine.builder(company.zoho, company.hubspot)
                    .store(SyncStore.inMemory())
                    .listener((stream, done, remaining) -> System.out.println(stream + ": " + done))
                    .build();
            SyncReport report = engine.run();
            System.out.println(report.status() + " with " + report.calls().zoho() + " calls to Zoho Books, "
                    + report.calls().hubspot() + " to HubSpot; open: " + company.company("zoho_books_outstanding"));
            for (AuditEntry entry : engine.audit().list(AuditQuery.ofRun(report.runId()))) {
                System.out.println(entry.stream() + " " + entry.record() + " " + entry.decision());
            }
            System.out.println("audit trail intact: " + engine.audit().verify().isIntact());
        }
    }
}
