package io.ledgerbridge.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Plain HTTP, so that the fakes are tested without the clients that are tested with them. */
final class RawClient {

    private final OkHttpClient http;
    private final String authorization;

    RawClient(FakeService fake, String authorization) {
        this.http =
                new OkHttpClient.Builder().addInterceptor(fake.interceptor()).build();
        this.authorization = authorization;
    }

    /** An answer with its JSON, empty if there is none. */
    record Answer(int status, Map<String, String> headers, Map<String, Object> json, String body) {
        List<Map<String, Object>> list(String name) {
            return ZohoRows.children(json, name);
        }

        Map<String, Object> object(String name) {
            return child(json, name);
        }

        String text(String name) {
            return Json.text(json, name);
        }
    }

    @SuppressWarnings("unchecked") // JSON objects are maps here
    static Map<String, Object> child(Map<String, Object> parent, String name) {
        return (Map<String, Object>) parent.get(name);
    }

    Answer get(String url) {
        return send(new Request.Builder().url(url));
    }

    Answer post(String url, Object json) {
        return send(new Request.Builder()
                .url(url)
                .post(RequestBody.create(Json.write(json), MediaType.parse("application/json"))));
    }

    Answer patch(String url, Object json) {
        return send(new Request.Builder()
                .url(url)
                .patch(RequestBody.create(Json.write(json), MediaType.parse("application/json"))));
    }

    Answer delete(String url) {
        return send(new Request.Builder().url(url).delete());
    }

    Answer form(String url, String form) {
        return send(new Request.Builder()
                .url(url)
                .post(RequestBody.create(form, MediaType.parse("application/x-www-form-urlencoded"))));
    }

    private Answer send(Request.Builder request) {
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        try (Response response = http.newCall(request.build()).execute()) {
            String body = response.body().string();
            Map<String, String> headers = new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            response.headers().forEach(pair -> headers.put(pair.getFirst(), pair.getSecond()));
            return new Answer(response.code(), headers, body.startsWith("{") ? Json.parseObject(body) : Map.of(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
