/**
 * Servers that behave like Zoho Books and HubSpot, quirks and limits included, for tests without credentials. Start with
 * {@link io.ledgerbridge.testkit.FakeZohoBooks} and {@link io.ledgerbridge.testkit.FakeHubSpot}; fill the first with
 * {@link io.ledgerbridge.testkit.DemoOrganization}, or record by record.
 *
 * <p>What a fake does not implement it answers with 501 and the section of the API reference, never with a guess.
 */
@NullMarked
package io.ledgerbridge.testkit;

import org.jspecify.annotations.NullMarked;
