package io.ledgerbridge.sync;

import io.ledgerbridge.sync.internal.Deliveries;
import io.ledgerbridge.sync.internal.SourceId;
import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.sync.spi.SyncStoreException;
import io.ledgerbridge.time.TimeSource;
import io.ledgerbridge.zohobooks.ReplayGuard;
import io.ledgerbridge.zohobooks.WebhookEvent;
import io.ledgerbridge.zohobooks.WebhookEvent.Entity;
import io.ledgerbridge.zohobooks.WebhookSignature;
import io.ledgerbridge.zohobooks.ZohoRequestException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives the webhooks of Zoho Books, behind whatever server an application has: verifies a delivery, leaves it in the store for the next
 * run, and answers at once. The address tells the connection and the event, as {@link WebhookSetup} makes it:
 * {@code https://books.example/zoho?connection=acme&event=invoice.upsert}. Safe for concurrent use.
 *
 * <pre>{@code
 * WebhookHandler handler = WebhookHandler.builder(store, registry::webhooks)
 *     .onQueued(service::requestsNow)
 *     .build();
 * int status = handler.handle("POST", "/zoho?connection=acme&event=invoice.upsert", headers, body);
 * }</pre>
 *
 * <p>A delivery tells that something has changed; what HubSpot gets is always a version that Zoho Books has had. The body of an invoice that is
 * verified brings its lines without a call; everything else is read once more, deletions above all.
 */
public final class WebhookHandler {

    /** What a delivery may have; Zoho's own are a tenth of it. */
    public static final int DEFAULT_LARGEST_BODY = 2_000_000;

    private static final Logger log = LoggerFactory.getLogger(WebhookHandler.class);

    private static final int OK = 200;
    private static final int UNREADABLE = 400;
    private static final int UNVERIFIED = 401;
    private static final int OF_ANOTHER = 403;
    private static final int UNKNOWN = 404;
    private static final int ONLY_POST = 405;
    private static final int TOO_LARGE = 413;
    private static final int LATER = 503;

    /** Names of entities in addresses. */
    static final Map<String, Entity> ENTITIES = Map.of(
            "invoice", Entity.INVOICE,
            "contact", Entity.CONTACT,
            "payment", Entity.PAYMENT,
            "creditnote", Entity.CREDIT_NOTE);

    static final String UPSERT = "upsert";
    static final String DELETED = "deleted";

    /**
     * A connection that receives webhooks.
     *
     * @param organizationId whose deliveries these are
     * @param signature of its secret
     */
    public record Receiver(String organizationId, WebhookSignature signature) {}

    private final Deliveries deliveries;
    private final Function<String, Optional<Receiver>> receivers;
    private final Consumer<String> onQueued;
    private final int largestBody;
    private final boolean unsignedAreHints;
    /** One for each connection: several may be of one organisation. */
    private final Map<String, ReplayGuard> guards = new ConcurrentHashMap<>();

    private WebhookHandler(Builder builder) {
        deliveries = new Deliveries(builder.store, builder.time);
        receivers = builder.receivers;
        onQueued = builder.onQueued;
        largestBody = builder.largestBody;
        unsignedAreHints = builder.unsignedAreHints;
    }

    /**
     * A handler that leaves deliveries in this store.
     *
     * @param receivers by the name of the connection; empty for those that receive none
     */
    public static Builder builder(SyncStore store, Function<String, Optional<Receiver>> receivers) {
        return new Builder(store, receivers);
    }

    /**
     * Takes a request. Never throws.
     *
     * @param path with its query, as it was called
     * @param headers by name, in any case
     * @param body as it was received
     * @return the status to answer: 200 if it is taken, or was before; 400 if it cannot be read, 401 if its signature is wrong or missing, 403
     *     if it is of another organisation, 404 for an unknown connection or event, 405 for anything but POST, 413 if it is too large, 503
     *     if it cannot be kept now, so that Zoho comes again
     */
    public int handle(String method, String path, Map<String, List<String>> headers, byte[] body) {
        if (!method.equals("POST")) {
            return ONLY_POST;
        }
        String connection = parameter(path, "connection");
        String event = parameter(path, "event");
        if (connection == null || event == null) {
            return UNKNOWN;
        }
        if (body.length > largestBody) {
            log.warn("A delivery to {} has {} bytes, and is refused", connection, body.length);
            return TOO_LARGE;
        }
        try {
            return receivers
                    .apply(connection)
                    .map(receiver -> receive(connection, receiver, event, path, headers, body))
                    .orElse(UNKNOWN);
        } catch (SyncStoreException | SyncException e) {
            log.warn("A delivery to {} cannot be taken now: {}", connection, e.getMessage());
            return LATER;
        } catch (RuntimeException e) {
            log.error("A delivery to {} has failed in a way that is not expected", connection, e);
            return LATER;
        }
    }

    private int receive(
            String connection,
            Receiver receiver,
            String event,
            String path,
            Map<String, List<String>> headers,
            byte[] body) {
        int dot = event.indexOf('.');
        Entity entity = dot < 0 ? null : ENTITIES.get(event.substring(0, dot));
        boolean isDeletion = event.endsWith("." + DELETED);
        if (entity == null || !(isDeletion || event.endsWith("." + UPSERT))) {
            return UNKNOWN;
        }
        boolean isVerified = receiver.signature().verifies(path, body, header(headers));
        if (!isVerified && !unsignedAreHints) {
            log.warn("A delivery to {} about {} is not signed as it should be, and is refused", connection, event);
            return UNVERIFIED;
        }
        WebhookEvent told;
        try {
            told = WebhookEvent.parse(entity, body);
        } catch (ZohoRequestException e) {
            log.warn("A delivery to {} about {} cannot be read", connection, event);
            return UNREADABLE;
        }
        if (!SourceId.isId(told.id())) {
            log.warn("A delivery to {} about {} names no record that could be one", connection, event);
            return UNREADABLE;
        }
        String organization = told.organizationId();
        if (!organization.isEmpty() && !organization.equals(receiver.organizationId())) {
            log.warn("A delivery to {} is of the organisation {}, and is refused", connection, organization);
            return OF_ANOTHER;
        }
        return keep(connection, told, isDeletion, isVerified);
    }

    private int keep(String connection, WebhookEvent told, boolean isDeletion, boolean isVerified) {
        ReplayGuard guard = guards.computeIfAbsent(connection, name -> ReplayGuard.standard());
        // What nobody has signed must not keep out what Zoho has.
        if (isVerified && !isDeletion && !guard.isNew(told)) {
            return OK;
        }
        try {
            deliveries.keep(connection, told, isDeletion, isVerified);
        } catch (RuntimeException e) {
            if (isVerified) {
                guard.forget(told);
            }
            throw e;
        }
        onQueued.accept(connection);
        return OK;
    }

    /** Of the query of a path; null if it is not there, or there twice. */
    private static @Nullable String parameter(String path, String name) {
        int begin = path.indexOf('?');
        String found = null;
        for (String pair : path.substring(begin + 1).split("&")) {
            int equals = pair.indexOf('=');
            if (begin >= 0 && equals > 0 && pair.substring(0, equals).equals(name)) {
                if (found != null) {
                    return null;
                }
                try {
                    found = URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
                } catch (IllegalArgumentException e) {
                    return null;
                }
            }
        }
        return found;
    }

    private static @Nullable String header(Map<String, List<String>> headers) {
        for (Map.Entry<String, List<String>> header : headers.entrySet()) {
            if (header.getKey().equalsIgnoreCase(WebhookSignature.HEADER)
                    && !header.getValue().isEmpty()) {
                return header.getValue().get(0);
            }
        }
        return null;
    }

    /** Collects what a handler is made of. */
    public static final class Builder {
        private final SyncStore store;
        private final Function<String, Optional<Receiver>> receivers;
        private TimeSource time = TimeSource.system();
        private Consumer<String> onQueued = connection -> {};
        private int largestBody = DEFAULT_LARGEST_BODY;
        private boolean unsignedAreHints;

        private Builder(SyncStore store, Function<String, Optional<Receiver>> receivers) {
            this.store = store;
            this.receivers = receivers;
        }

        public Builder timeSource(TimeSource time) {
            this.time = time;
            return this;
        }

        /** Hears of each delivery that was kept, by the name of its connection: {@link SyncService#requestsNow}. Must return at once. */
        public Builder onQueued(Consumer<String> listener) {
            this.onQueued = listener;
            return this;
        }

        /** The most bytes that a delivery may have; 2,000,000 by default. */
        public Builder largestBody(int bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException("a body must be allowed to have 1 byte or more, but was " + bytes);
            }
            this.largestBody = bytes;
            return this;
        }

        /**
         * Takes what is not signed, or otherwise than documented, as a hint: the record is read once more, one call each, and its body is not
         * believed. For accounts behind proxies that add parameters. Whoever knows the address can then spend calls.
         */
        public Builder unsignedAreHints() {
            this.unsignedAreHints = true;
            return this;
        }

        public WebhookHandler build() {
            return new WebhookHandler(this);
        }
    }
}
