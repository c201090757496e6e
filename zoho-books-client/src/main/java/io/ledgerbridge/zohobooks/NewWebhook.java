package io.ledgerbridge.zohobooks;

import com.squareup.moshi.JsonWriter;
import io.ledgerbridge.zohobooks.internal.JsonBody;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import okhttp3.HttpUrl;
import okhttp3.RequestBody;

/**
 * A webhook to be created, which posts the record as JSON. Bodies tell no event: make one webhook for each entity and
 * trigger, and put a mark into its address. Immutable; {@code toString} shows no secret.
 */
public final class NewWebhook {

    private static final int LONGEST_NAME = 50;
    private static final int LONGEST_DESCRIPTION = 100;
    private static final int LONGEST_URL = 5000;

    private final String name;
    private final String entity;
    private final String url;
    private final String description;
    private final String secret;
    private final Map<String, String> headers;

    private NewWebhook(
            String name, String entity, String url, String description, String secret, Map<String, String> headers) {
        this.name = name;
        this.entity = entity;
        this.url = url;
        this.description = description;
        this.secret = secret;
        this.headers = headers;
    }

    /**
     * A webhook without secret, description and headers of its own.
     *
     * @param name at most 50 characters
     * @param entity {@code invoice}, {@code contact}, or another as Zoho's page on webhooks names it
     * @param url where it posts to; at most 5,000 characters, https
     */
    public static NewWebhook of(String name, String entity, String url) {
        HttpUrl parsed = HttpUrl.parse(url);
        if (parsed == null || !parsed.isHttps()) {
            throw new IllegalArgumentException("the address of a webhook must be https, but was '" + url + "'");
        }
        return new NewWebhook(
                within("name", name, LONGEST_NAME),
                within("entity", entity, LONGEST_NAME),
                within("address", url, LONGEST_URL),
                "",
                "",
                Map.of());
    }

    /**
     * What people read about it.
     *
     * @param description at most 100 characters
     */
    public NewWebhook withDescription(String description) {
        return new NewWebhook(
                name, entity, url, within("description", description, LONGEST_DESCRIPTION), secret, headers);
    }

    /**
     * With a secret each delivery is signed: {@link WebhookSignature}.
     *
     * @param secret 12 to 50 letters and digits
     */
    public NewWebhook withSecret(String secret) {
        if (!secret.matches("[A-Za-z0-9]{12,50}")) {
            throw new IllegalArgumentException("the secret of a webhook has 12 to 50 letters and digits; this one has "
                    + secret.length() + " characters");
        }
        return new NewWebhook(name, entity, url, description, secret, headers);
    }

    /** A header that each delivery carries. */
    public NewWebhook withHeader(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new NewWebhook(name, entity, url, description, secret, more);
    }

    RequestBody body() {
        return JsonBody.of(this::write);
    }

    private void write(JsonWriter json) throws IOException {
        json.beginObject();
        json.name("webhook_name").value(name);
        if (!description.isEmpty()) {
            json.name("description").value(description);
        }
        json.name("entity").value(entity);
        json.name("method").value("POST");
        json.name("url").value(url);
        if (!headers.isEmpty()) {
            json.name("headers").beginArray();
            for (Map.Entry<String, String> header : headers.entrySet()) {
                json.beginObject();
                json.name("param_name").value(header.getKey());
                json.name("param_value").value(header.getValue());
                json.endObject();
            }
            json.endArray();
        }
        if (!secret.isEmpty()) {
            json.name("secret").value(secret);
        }
        json.endObject();
    }

    private static String within(String what, String text, int longest) {
        if (text.isBlank() || text.length() > longest) {
            throw new IllegalArgumentException("the " + what + " of a webhook has 1 to " + longest
                    + " characters, but this one has " + text.length());
        }
        return text;
    }

    @Override
    public String toString() {
        return "NewWebhook[" + name + " for " + entity + "]";
    }
}
