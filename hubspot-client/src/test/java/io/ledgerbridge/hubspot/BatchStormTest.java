package io.ledgerbridge.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.moshi.JsonReader;
import io.ledgerbridge.hubspot.Crm.Contact;
import io.ledgerbridge.hubspot.Outcome.Created;
import io.ledgerbridge.hubspot.Outcome.Found;
import io.ledgerbridge.hubspot.Outcome.Updated;
import io.ledgerbridge.hubspot.model.PropertyDefinition;
import io.ledgerbridge.testkit.FakeHubSpot;
import io.ledgerbridge.testkit.FakeHubSpot.Held;
import io.ledgerbridge.time.VirtualTime;
import java.io.IOException;
import java.net.SocketException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Batches while everything that is documented or was seen goes wrong with their answers, by seed: lost before or after the
 * write, shuffled, shortened, emptied, under another status, as HTML. What the account holds afterwards decides.
 */
class BatchStormTest {

    private static final Property<String> KEY = Property.text("source_key");
    private static final int INPUTS = 230;

    private final VirtualTime time = VirtualTime.startingAt(Instant.parse("2026-03-02T04:45:30Z"));
    private final FakeHubSpot fake = FakeHubSpot.builder(time).withoutLimits().build();

    static IntStream seeds() {
        return IntStream.range(0, 15);
    }

    private HubSpot client(Interceptor... weather) {
        OkHttpClient.Builder http = new OkHttpClient.Builder();
        List.of(weather).forEach(http::addInterceptor);
        return HubSpot.builder(AccessToken.of(fake.accessToken()))
                .httpClient(http.addInterceptor(fake.interceptor()).build())
                .timeSource(time)
                .pacing(HubSpotPacing.unlimited())
                .random(new Random(1))
                .build();
    }

    /** Contacts some of which nobody can write: a bad address, an address that is taken, a contradiction. */
    private List<NewRecord<Contact>> people(Random random) {
        fake.seed("contacts", Map.of("email", "taken@acme.example"));
        List<NewRecord<Contact>> people = new ArrayList<>();
        for (int i = 0; i < INPUTS; i++) {
            int kind = random.nextInt(40);
            String email = kind == 0 ? "nonsense" : kind == 1 ? "taken@acme.example" : "p" + i + "@acme.example";
            people.add(NewRecord.of(
                    Properties.of(KEY, "k" + i).with(Contacts.EMAIL, email).with(Contacts.FIRST_NAME, "Person " + i)));
        }
        return people;
    }

    private void provision() {
        client().properties(ObjectType.CONTACTS)
                .ensure(
                        "mine",
                        "Mine",
                        List.of(PropertyDefinition.of(KEY.name(), "Key", "", "string")
                                .unique()));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyUpsertHasOneOutcomeThatTheAccountConfirms(int seed) {
        provision();
        List<RecordUpsert> inputs = people(new Random(seed)).stream()
                .map(person -> new RecordUpsert(person.properties().encoded().get(KEY.name()), person.properties()))
                .collect(Collectors.toCollection(ArrayList::new));

        BatchResult<Contact> result =
                client(weather(new Random(seed), false)).contacts().upsert(KEY, inputs);

        confirm(result, inputs, RecordUpsert::key);
        // Unknown is only what an answer has left out that was about this input alone.
        assertThat(result.unknown()).hasSizeLessThan(5);
        Set<String> hopeless = impossible(inputs, RecordUpsert::properties);
        result.unknown().forEach(hopeless::remove);
        assertThat(result.failed().keySet()).isEqualTo(hopeless);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void createOnceNeverMakesTwo(int seed) {
        provision();
        List<NewRecord<Contact>> people = people(new Random(seed));
        List<String> sentAgain = new ArrayList<>();

        BatchResult<Contact> result = client(weather(new Random(seed), false), heldAlready(sentAgain))
                .contacts()
                .createOnce(KEY, people);

        confirm(result, people, person -> person.properties().encoded().get(KEY.name()));
        assertThat(result.records()).hasSizeGreaterThan(INPUTS / 3);
        // HubSpot would refuse the second one; it is not even asked.
        assertThat(sentAgain).isEmpty();
        result.failed()
                .forEach((key, problem) -> assertThat(problem.retryable()
                                || impossible(people, NewRecord::properties).contains(key))
                        .isTrue());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aBatchWhoseTokenDiesTellsWhatItDoesNotKnow(int seed) {
        provision();
        Random random = new Random(seed);
        List<RecordUpsert> inputs = people(random).stream()
                .map(person -> new RecordUpsert(person.properties().encoded().get(KEY.name()), person.properties()))
                .toList();
        HubSpot hubspot = client(dyingAfter(2 + random.nextInt(7)), weather(random, false));

        BatchResult<Contact> result = hubspot.contacts().upsert(KEY, inputs);

        assertThat(result.stoppedBy()).containsInstanceOf(HubSpotAuthenticationException.class);
        confirm(result, inputs, RecordUpsert::key);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void plainCreationsAreNeverRepeated(int seed) {
        provision();
        List<NewRecord<Contact>> people = people(new Random(seed)).stream()
                .map(person -> NewRecord.<Contact>of(Properties.of(
                        Contacts.FIRST_NAME, person.properties().encoded().get(Contacts.FIRST_NAME.name()))))
                .toList();

        BatchResult<Contact> result =
                client(weather(new Random(seed), true)).contacts().create(people);

        Map<String, Long> made = fake.records("contacts").stream()
                .filter(held -> !held.get("firstname").isEmpty())
                .collect(Collectors.groupingBy(held -> held.get("firstname"), Collectors.counting()));
        assertThat(made.values()).allMatch(count -> count == 1);
        for (int i = 0; i < people.size(); i++) {
            Outcome<Contact> outcome = result.outcomes().get(i);
            String name = people.get(i).properties().encoded().get(Contacts.FIRST_NAME.name());
            if (outcome instanceof Created<Contact> created) {
                assertThat(held(created.record()).get("firstname")).isEqualTo(name);
            } else if (outcome instanceof Outcome.Failed) {
                assertThat(made).doesNotContainKey(name);
            }
        }
    }

    private <I> void confirm(BatchResult<Contact> result, List<I> inputs, Function<I, String> key) {
        assertThat(result.outcomes()).hasSize(inputs.size());
        Map<String, Held> held = new HashMap<>();
        fake.records("contacts").forEach(one -> held.put(one.get(KEY.name()), one));
        for (int i = 0; i < inputs.size(); i++) {
            String name = key.apply(inputs.get(i));
            Outcome<Contact> outcome = result.outcomes().get(i);
            if (outcome instanceof Created || outcome instanceof Updated || outcome instanceof Found) {
                assertThat(result.records().get(name).id().value())
                        .isEqualTo(held.get(name).id());
            } else if (outcome instanceof Outcome.Failed<Contact> failed
                    && (!failed.problem().retryable()
                            || failed.problem().category().equals(Problem.NOT_SENT))) {
                assertThat(held).doesNotContainKey(name);
            }
        }
    }

    private Held held(CrmRecord<Contact> record) {
        return fake.records("contacts").stream()
                .filter(one -> one.id().equals(record.id().value()))
                .findFirst()
                .orElseThrow();
    }

    private static <I> Set<String> impossible(List<I> inputs, Function<I, Properties> properties) {
        return inputs.stream()
                .map(input -> properties.apply(input).encoded())
                .filter(values -> !values.get("email").endsWith("@acme.example")
                        || values.get("email").startsWith("taken"))
                .map(values -> values.get(KEY.name()))
                .collect(Collectors.toSet());
    }

    private static Interceptor dyingAfter(int calls) {
        int[] made = {0};
        return chain -> ++made[0] > calls
                ? answer(chain, 401, "{\"status\":\"error\",\"category\":\"EXPIRED_AUTHENTICATION\"}")
                : chain.proceed(chain.request());
    }

    /** Collects the keys of creations whose record is there. */
    private Interceptor heldAlready(List<String> keys) {
        Pattern key = Pattern.compile("\"" + KEY.name() + "\":\"(k\\d+)\"");
        return chain -> {
            if (chain.request().url().encodedPath().endsWith("/batch/create")) {
                Buffer body = new Buffer();
                chain.request().body().writeTo(body);
                Set<String> held = fake.records("contacts").stream()
                        .map(one -> one.get(KEY.name()))
                        .collect(Collectors.toSet());
                key.matcher(body.readUtf8())
                        .results()
                        .map(match -> match.group(1))
                        .filter(held::contains)
                        .forEach(keys::add);
            }
            return chain.proceed(chain.request());
        };
    }

    /** One call in three meets with something; at most three in a row, so that repetitions come through. */
    private static Interceptor weather(Random random, boolean lostForGood) {
        int[] inARow = {0};
        return chain -> {
            boolean batch = chain.request().url().encodedPath().contains("/batch/");
            int kind = batch && inARow[0] < 3 ? random.nextInt(24) : 23;
            inARow[0] = kind < 8 ? inARow[0] + 1 : 0;
            return switch (kind) {
                case 0 -> throw new SocketException("Connection reset");
                case 1 -> {
                    chain.proceed(chain.request()).close();
                    throw new SocketException("Connection reset");
                }
                case 2 -> {
                    chain.proceed(chain.request()).close();
                    yield answer(chain, 502, "<html>Bad Gateway</html>");
                }
                case 3 -> answer(chain, 423, "{\"status\":\"error\",\"message\":\"locked\"}");
                case 4 -> answer(chain, lostForGood ? 500 : 503, "");
                case 5 -> shuffled(chain, random, 0);
                case 6 -> shuffled(chain, random, 1 + random.nextInt(30));
                case 7 -> emptied(chain);
                case 8 -> restated(chain);
                default -> chain.proceed(chain.request());
            };
        };
    }

    private static Response answer(Interceptor.Chain chain, int status, String body) {
        return new Response.Builder()
                .request(chain.request())
                .protocol(Protocol.HTTP_1_1)
                .code(status)
                .message("")
                .body(ResponseBody.create(body, MediaType.get("application/json")))
                .build();
    }

    /** The results in another order, the last ones gone. */
    private static Response shuffled(Interceptor.Chain chain, Random random, int lost) throws IOException {
        Response response = chain.proceed(chain.request());
        String body = response.body().string();
        if (!response.isSuccessful() || !body.contains("\"results\"")) {
            return answer(chain, response.code(), body);
        }
        List<String> results = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        try (JsonReader reader = JsonReader.of(new Buffer().writeUtf8(body))) {
            reader.beginObject();
            while (reader.hasNext()) {
                String name = reader.nextName();
                if (name.equals("results") || name.equals("errors")) {
                    reader.beginArray();
                    while (reader.hasNext()) {
                        (name.equals("results") ? results : errors)
                                .add(reader.nextSource().readUtf8());
                    }
                    reader.endArray();
                } else {
                    reader.skipValue();
                }
            }
            reader.endObject();
        }
        Collections.shuffle(results, random);
        List<String> kept = results.subList(0, Math.max(0, results.size() - lost));
        return answer(
                chain,
                207,
                "{\"status\":\"PENDING\",\"results\":[" + String.join(",", kept) + "],\"numErrors\":99,\"errors\":["
                        + String.join(",", errors) + "]}");
    }

    private static Response emptied(Interceptor.Chain chain) throws IOException {
        chain.proceed(chain.request()).close();
        return answer(chain, 200, "{\"status\":\"COMPLETE\",\"results\":[]}");
    }

    private static Response restated(Interceptor.Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        return response.isSuccessful() && response.code() != 204
                ? response.newBuilder().code(201).build()
                : response;
    }
}
