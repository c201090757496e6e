package io.ledgerbridge.sync.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.ledgerbridge.sync.spi.DealMatcher;
import org.junit.jupiter.api.Test;

class CustomFieldMatcherTest extends DealMatcherContract {

    @Override
    protected DealMatcher newMatcher() {
        return DealMatcher.customField("cf_hubspot_deal");
    }

    @Override
    protected String membersOf(String deal) {
        return "\"custom_fields\":[{\"api_name\":\"cf_hubspot_deal\",\"label\":\"HubSpot deal\",\"value\":\"" + deal
                + "\"}],\"cf_hubspot_deal\":\"" + deal + "\"";
    }

    @Test
    void noneIsAlwaysTheSame() {
        assertThat(DealMatcher.none()).isSameAs(DealMatcher.none());
    }
}
