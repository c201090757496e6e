package io.ledgerbridge.hubspot;

import io.ledgerbridge.hubspot.Outcome.Problem;
import io.ledgerbridge.hubspot.internal.Wire;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Gives every input of a repeatable operation its own outcome. A batch that is refused as a whole is halved until the
 * inputs at fault stand alone; inputs that an answer does not mention are sent again, at last alone.
 */
final class Batches {

    private static final Pattern CODE = Pattern.compile("\"error\":\"([A-Z_]+)\"");
    private static final Pattern PROPERTY = Pattern.compile("\"name\":\"([^\"]+)\"|propertyName=([a-z0-9_]+)");

    /** The message holds two ids; the first belongs to the failing write and never exists. */
    private static final Pattern OWNER = Pattern.compile("(\\d+) already has that value");

    private Batches() {}

    /** Sends some inputs and answers the outcomes that HubSpot told, which may be fewer. */
    interface Sending<I, O> {
        Map<I, O> send(List<I> inputs);
    }

    static <I, O> Map<I, O> settle(
            List<I> inputs,
            int batchSize,
            Sending<I, O> sending,
            Function<Problem, O> refused,
            Function<String, O> unknown) {
        Map<I, O> outcomes = new LinkedHashMap<>();
        for (int from = 0; from < inputs.size(); from += batchSize) {
            List<I> batch = inputs.subList(from, Math.min(inputs.size(), from + batchSize));
            settleBatch(batch, sending, refused, unknown, outcomes);
        }
        return outcomes;
    }

    private static <I, O> void settleBatch(
            List<I> batch,
            Sending<I, O> sending,
            Function<Problem, O> refused,
            Function<String, O> unknown,
            Map<I, O> outcomes) {
        Map<I, O> told;
        try {
            told = sending.send(batch);
        } catch (HubSpotRequestException | HubSpotNotFoundException e) {
            if (batch.size() == 1) {
                outcomes.put(batch.get(0), refused.apply(problem(e)));
                return;
            }
            told = Map.of();
        }
        outcomes.putAll(told);
        List<I> rest = new ArrayList<>(batch);
        rest.removeAll(told.keySet());
        if (rest.isEmpty()) {
            return;
        }
        if (batch.size() == 1) {
            outcomes.put(batch.get(0), unknown.apply("HubSpot's answer does not mention this input"));
        } else if (rest.size() < batch.size()) {
            settleBatch(rest, sending, refused, unknown, outcomes);
        } else {
            int middle = rest.size() / 2;
            settleBatch(rest.subList(0, middle), sending, refused, unknown, outcomes);
            settleBatch(rest.subList(middle, rest.size()), sending, refused, unknown, outcomes);
        }
    }

    static Problem problem(Wire.Error error) {
        return problem(error.category(), error.code(), error.message(), error.correlationId());
    }

    private static Problem problem(HubSpotException refusal) {
        return problem(refusal.category(), null, refusal.getMessage(), refusal.correlationId());
    }

    private static Problem problem(
            @Nullable String category,
            @Nullable String code,
            @Nullable String message,
            @Nullable String correlationId) {
        String text = message == null ? "refused without a message" : message;
        String detail = code == null ? first(CODE, text) : code;
        return new Problem(
                category == null ? "UNKNOWN" : category,
                detail,
                first(PROPERTY, text),
                text,
                first(OWNER, text),
                correlationId);
    }

    private static @Nullable String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            return null;
        }
        for (int group = 1; group <= matcher.groupCount(); group++) {
            if (matcher.group(group) != null) {
                return matcher.group(group);
            }
        }
        return null;
    }
}
