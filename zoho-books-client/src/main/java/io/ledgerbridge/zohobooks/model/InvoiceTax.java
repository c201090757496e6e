package io.ledgerbridge.zohobooks.model;

import com.squareup.moshi.Json;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A tax of a whole invoice or credit note, by name.
 */
public record InvoiceTax(
        @Json(name = "tax_name") String taxName,
        @Json(name = "tax_amount") @Nullable BigDecimal taxAmount) {}
