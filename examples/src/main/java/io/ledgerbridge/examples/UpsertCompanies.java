package io.ledgerbridge.examples;

import io.ledgerbridge.hubspot.AccessToken;
import io.ledgerbridge.hubspot.BatchResult;
import io.ledgerbridge.hubspot.Companies;
import io.ledgerbridge.hubspot.Crm.Company;
import io.ledgerbridge.hubspot.HubSpot;
import io.ledgerbridge.hubspot.ObjectType;
import io.ledgerbridge.hubspot.Properties;
import io.ledgerbridge.hubspot.Property;
import io.ledgerbridge.hubspot.RecordUpsert;
import io.ledgerbridge.hubspot.model.PropertyDefinition;
import io.ledgerbridge.testkit.FakeHubSpot;
import io.ledgerbridge.testkit.LoopbackServer;
import io.ledgerbridge.time.TimeSource;
import java.util.ArrayList;
import java.util.List;

/** Makes a unique property, upserts 250 companies by it, and looks at every outcome. */
public final class UpsertCompanies {

    private UpsertCompanies() {}

    public static void main(String[] args) {
        Property<String> key = Property.text("customer_number");
        FakeHubSpot account = FakeHubSpot.builder(TimeSource.system()).build();
        try (LoopbackServer server = account.start();
                HubSpot hubspot = HubSpot.builder(AccessToken.of(account.accessToken()))
                        .endpoint(server.url())
                        .build()) {
            hubspot.properties(ObjectType.COMPANIES)
                    .ensure(
                            "shop",
                            "Shop",
                            List.of(PropertyDefinition.of(key.name(), "Customer number", "", "string")
                                    .unique()));
            List<RecordUpsert> inputs = new ArrayList<>();
            for (int i = 1; i <= 250; i++) {
                inputs.add(new RecordUpsert("C-" + i, Properties.of(Companies.NAME, i == 100 ? "" : "Company " + i)));
            }
            BatchResult<Company> result = hubspot.companies().upsert(key, inputs);
            System.out.println(result.records().size() + " created");
            result.failed().forEach((customer, problem) -> System.out.println(customer + ": " + problem.message()));
        }
    }
}
