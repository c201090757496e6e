package io.ledgerbridge.sync.internal;

import io.ledgerbridge.hubspot.model.PropertyDefinition;
import io.ledgerbridge.sync.SyncException;
import io.ledgerbridge.sync.internal.Ledger.Command;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that one installation alone keeps a HubSpot account in step with an organisation. It stands in a property of
 * HubSpot, in words that people can read: the description of that property tells its id, so that looking costs no call beyond
 * the definitions, which are read anyway.
 */
final class Installation {

    private static final Logger log = LoggerFactory.getLogger(Installation.class);

    private static final String NAME = "installation";
    private static final String SAYS = "Kept in step by the installation ";

    private final Ledger ledger;
    private final TargetWriter target;
    private final String connection;
    private final String id;
    private final boolean forgets;

    /**
     * Its id is the setting, else what the store remembers, else made now. A store that forgets has a fixed one, since it could
     * not know it again.
     *
     * @param setting empty if there is none
     */
    Installation(
            Ledger ledger,
            TargetWriter target,
            String connection,
            String setting,
            boolean forgets,
            Supplier<String> newId) {
        this.ledger = ledger;
        this.target = target;
        this.connection = connection;
        this.forgets = forgets && setting.isEmpty();
        String kept = ledger.checkpoint(NAME).getOrDefault(NAME, "");
        id = known(ledger, connection, setting, forgets).orElseGet(newId);
        if (!this.forgets && !id.equals(kept)) {
            ledger.changes().checkpoint(NAME, Map.of(NAME, id)).commit();
        }
    }

    /** Its id as far as it has one already. */
    static Optional<String> known(Ledger ledger, String connection, String setting, boolean forgets) {
        if (!setting.isEmpty()) {
            return Optional.of(setting);
        }
        return forgets
                ? Optional.of(connection)
                : Optional.ofNullable(ledger.checkpoint(NAME).get(NAME));
    }

    /** The property that stands for it. */
    PropertyDefinition marker() {
        String organization = connection.substring(connection.indexOf('-') + 1).toLowerCase(Locale.ROOT);
        return PropertyDefinition.of(
                BooksProperties.GROUP + "_installation_" + organization.replaceAll("[^a-z0-9_]", "_"),
                "Zoho Books installation " + organization,
                SAYS + id,
                "string");
    }

    /**
     * Goes on only if the account is ours, or nobody's, or was given to us.
     *
     * @param found the property as HubSpot has it
     * @throws SyncException if another installation has it
     */
    void claim(PropertyDefinition found) {
        String holder = holder(found);
        boolean isAsked = ledger.isAsked(Command.TAKE_OVER);
        if (holder.equals(id)) {
            if (isAsked) {
                ledger.changes()
                        .done(Command.TAKE_OVER, "the account was of this installation already")
                        .commit();
            }
            return;
        }
        // Whoever forgets its store has nothing that could be lost.
        boolean isFree = holder.isEmpty() || (holder.equals(connection) && !forgets);
        if (!isFree && !isAsked) {
            throw new SyncException(
                    "hubspot.installation",
                    "The HubSpot account is kept in step with this organisation by another installation, '" + holder
                            + "'; this one is '" + id + "'.",
                    "If it is the same one and has lost its store, give it the id '" + holder
                            + "'. If this one shall take its place, stop the other and let this one take over.");
        }
        if (!isFree) {
            // The other one has written what this one does not know of.
            ledger.ask(Command.REBUILD_LINKS);
        }
        target.describe(Kind.CUSTOMER, found.name(), SAYS + id);
        String before = holder.isEmpty() ? "whoever had changed its description" : "'" + holder + "'";
        log.info("The installation '{}' has followed {}", id, before);
        ledger.changes()
                .done(Command.TAKE_OVER, "the installation '" + id + "' has followed " + before)
                .commit();
    }

    /** Empty if somebody has changed the words. */
    private static String holder(PropertyDefinition found) {
        String words = found.description().strip();
        return words.startsWith(SAYS) ? words.substring(SAYS.length()).strip() : "";
    }
}
