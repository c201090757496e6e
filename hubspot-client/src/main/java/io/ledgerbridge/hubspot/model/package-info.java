/** Records of the HubSpot account: details, property definitions, records of objects. */
@NullMarked
package io.ledgerbridge.hubspot.model;

import org.jspecify.annotations.NullMarked;
