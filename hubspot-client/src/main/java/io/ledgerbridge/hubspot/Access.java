package io.ledgerbridge.hubspot;

import io.ledgerbridge.hubspot.internal.HubSpotApi;

/** What every resource needs: how calls are made, which there are, and of which version. */
record Access(Calls calls, HubSpotApi api, String version) {}
