package io.ledgerbridge.hubspot.model;

import java.util.List;

/**
 * What an administrator requires of the values of a property. Since {@code 2026-09} the API enforces it.
 *
 * @param rule such as {@code MAX_LENGTH}, {@code REGEX}, {@code EMAIL_ALLOWED_DOMAINS}; the set is open
 * @param arguments of the rule, such as the length
 */
public record ValidationRule(String rule, List<String> arguments) {}
