package io.ledgerbridge.hubspot;

import io.ledgerbridge.hubspot.internal.Wire;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an error of HubSpot's says, gathered from the many places in which it may stand.
 *
 * @param words without submitted values
 * @param signs what the words say, told before values were taken out of them
 * @param ownerId the record that has a unique value already; empty without one
 * @param conflictingValue the value that it has; for finding the input at fault, never for a message
 */
record ErrorBody(
        String category,
        String subCategory,
        String code,
        String policy,
        String correlationId,
        Set<String> properties,
        Set<String> missingScopes,
        String words,
        Set<Sign> signs,
        String ownerId,
        String conflictingValue)
        implements Serializable {

    /** What only HubSpot's sentences tell, not those that it quotes. */
    enum Sign {
        DAY("daily"),
        OBJECT_TYPE("object type"),
        NON_UNIQUE_KEY("non-unique"),
        REQUIRED_PROPERTIES("required properties");

        private final String words;

        Sign(String words) {
            this.words = words;
        }
    }

    static final String PROPERTY_DOES_NOT_EXIST = "PROPERTY_DOESNT_EXIST";
    static final String READ_ONLY_VALUE = "READ_ONLY_VALUE";
    static final String CONFLICT = "UNIQUE_VALUE_CONFLICT";

    /** The message holds two ids: the first belongs to the failing write and never exists. */
    private static final Pattern OWNER = Pattern.compile("(\\d+) already has that value|Existing ID: (\\d+)");

    private static final Pattern COORDINATES =
            Pattern.compile("propertyName=([a-z0-9_]+)(?:, value=(.*?)\\} on \\d+)?", Pattern.DOTALL);
    private static final Pattern REQUIRED = Pattern.compile("required properties were not set:? *\\[([a-z0-9_, ]+)\\]");
    private static final Pattern KEY = Pattern.compile("non-unique \\S+ property ([a-z0-9_]+)");
    private static final Pattern SCOPE = Pattern.compile("\\bcrm\\.[a-z_.]+\\.(?:read|write)\\b|\\be-commerce\\b");
    private static final int LONGEST_WORDS = 500;

    /** No error, or one of which nothing can be read. */
    static final ErrorBody NONE = new ErrorBody("", "", "", "", "", Set.of(), Set.of(), "", Set.of(), "", "");

    ErrorBody {
        properties = Collections.unmodifiableSet(new TreeSet<>(properties));
        missingScopes = Collections.unmodifiableSet(new TreeSet<>(missingScopes));
    }

    /** What an error inside an answer says; its words are redacted. */
    static ErrorBody of(Wire.Error error, Redaction redaction) {
        return of(error, redaction, null);
    }

    /** What an error says; its words are redacted. */
    static ErrorBody of(Wire.Error error, Redaction redaction, @Nullable String correlationIdOfHeader) {
        String message = error.message();
        List<Wire.Invalid> invalid = invalid(error, message);
        List<Wire.Error> nested = error.errors();
        String ownerId = owner(error, message);
        return new ErrorBody(
                error.category(),
                Objects.requireNonNullElse(Wire.text(error.subCategory()), ""),
                code(error, invalid, nested, ownerId),
                error.policyName(),
                error.correlationId().isEmpty() && correlationIdOfHeader != null
                        ? correlationIdOfHeader
                        : error.correlationId(),
                properties(error, invalid, nested, message),
                scopes(error, nested, message),
                words(message, invalid, redaction),
                signs(message),
                ownerId,
                conflictingValue(error, message));
    }

    /** Whether it comes from HubSpot, and says anything. */
    boolean isReadable() {
        return !category.isEmpty() || !words.isEmpty() || !code.isEmpty();
    }

    /** Of a refusal because of a limit: its two shapes name the day's differently. */
    boolean isAboutDay() {
        return policy.isEmpty() ? says(Sign.DAY) : policy.equals("DAILY");
    }

    boolean says(Sign sign) {
        return signs.contains(sign);
    }

    /** Values stand in embedded JSON and behind {@code value=}, where they could be taken for HubSpot's words. */
    private static Set<Sign> signs(String message) {
        int json = message.indexOf("[{");
        String head = Redaction.withoutCoordinate(json < 0 ? message : message.substring(0, json))
                .toLowerCase(Locale.ROOT);
        return Stream.of(Sign.values())
                .filter(sign -> head.contains(sign.words))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static List<Wire.Invalid> invalid(Wire.Error error, String message) {
        if (!error.validationResults().isEmpty()) {
            return error.validationResults();
        }
        int from = message.indexOf("[{");
        int to = message.lastIndexOf("}]");
        if (from < 0 || to < from) {
            return List.of();
        }
        try {
            List<Wire.Invalid> invalid = Wire.invalid(message.substring(from, to + 2));
            return invalid == null ? List.of() : invalid;
        } catch (IOException | RuntimeException e) {
            // HubSpot embeds JSON in the text, at times without escaping what it quotes: the words alone must do.
            return List.of();
        }
    }

    private static String code(Wire.Error error, List<Wire.Invalid> invalid, List<Wire.Error> nested, String ownerId) {
        List<String> candidates = new ArrayList<>();
        candidates.add(error.code());
        invalid.forEach(one -> candidates.add(one.error()));
        nested.forEach(one -> candidates.add(one.code()));
        candidates.add(error.errorType().equals("RATE_LIMIT") ? "" : error.errorType());
        return candidates.stream()
                .filter(code -> !code.isEmpty())
                .findFirst()
                .orElse(ownerId.isEmpty() ? "" : CONFLICT);
    }

    private static Set<String> properties(
            Wire.Error error, List<Wire.Invalid> invalid, List<Wire.Error> nested, String message) {
        Set<String> names = new LinkedHashSet<>();
        invalid.forEach(one -> names.add(one.name()));
        addContext(error, names);
        for (Wire.Error one : nested) {
            names.add(one.inProperty());
            addContext(one, names);
        }
        addMatch(COORDINATES, message, names);
        addMatch(KEY, message, names);
        Matcher required = REQUIRED.matcher(message);
        if (required.find()) {
            names.addAll(List.of(required.group(1).split(", *")));
        }
        names.removeIf(name -> !name.matches("[a-z][a-z0-9_]*"));
        return names;
    }

    private static void addContext(Wire.Error error, Set<String> names) {
        names.addAll(error.context("propertyName"));
        names.addAll(error.context("properties"));
    }

    private static void addMatch(Pattern pattern, String message, Set<String> names) {
        Matcher matcher = pattern.matcher(message);
        if (matcher.find()) {
            names.add(matcher.group(1));
        }
    }

    private static Set<String> scopes(Wire.Error error, List<Wire.Error> nested, String message) {
        Set<String> scopes = new LinkedHashSet<>();
        addScopes(error, scopes);
        nested.forEach(one -> addScopes(one, scopes));
        if (scopes.isEmpty() && error.category().equals("MISSING_SCOPES")) {
            SCOPE.matcher(message).results().forEach(match -> scopes.add(match.group()));
        }
        return scopes;
    }

    private static void addScopes(Wire.Error error, Set<String> scopes) {
        scopes.addAll(error.context("requiredGranularScopes"));
        scopes.addAll(error.context("requiredScopes"));
        scopes.addAll(error.context("missingScopes"));
    }

    private static String owner(Wire.Error error, String message) {
        if (error.errorTokens() != null) {
            List<String> ids = error.errorTokens().values().getOrDefault("existingObjectId", List.of());
            if (!ids.isEmpty()) {
                return ids.get(0);
            }
        }
        Matcher matcher = OWNER.matcher(message);
        String owner = "";
        while (matcher.find()) {
            owner = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        }
        return owner;
    }

    private static String conflictingValue(Wire.Error error, String message) {
        if (error.errorTokens() != null) {
            List<String> values = error.errorTokens().values().getOrDefault("conflictingValue", List.of());
            if (!values.isEmpty()) {
                return values.get(0);
            }
        }
        Matcher matcher = COORDINATES.matcher(message);
        return matcher.find() ? Objects.requireNonNullElse(matcher.group(2), "") : "";
    }

    /** What stands in the embedded JSON is told by name and code, since its sentences quote values. */
    private static String words(String message, List<Wire.Invalid> invalid, Redaction redaction) {
        String words = message;
        if (!invalid.isEmpty()) {
            int json = message.indexOf("[{");
            String start = json < 0 ? message : message.substring(0, json);
            words = redaction.of(start).strip() + " "
                    + invalid.stream()
                            .map(one -> one.name() + " (" + one.error() + ")")
                            .collect(Collectors.joining(", "));
        } else {
            words = redaction.of(message);
        }
        return words.length() <= LONGEST_WORDS ? words : words.substring(0, LONGEST_WORDS) + "...";
    }

    /** Without the value that must not be shown. */
    @Override
    public String toString() {
        return category + " " + words;
    }
}
