package io.ledgerbridge.sync.internal;

import io.ledgerbridge.hubspot.HubSpotPermissionException;
import io.ledgerbridge.hubspot.model.PropertyDefinition;
import io.ledgerbridge.sync.SyncException;
import io.ledgerbridge.sync.internal.Ledger.Command;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that one installation alone keeps a HubSpot account in step with an organisation. It stands in a property of
 * HubSpot, in words that people can read: the description of that property tells its id. It also tells what a lost store could not
 * know any more: that lines were made without keys.
 */
final class Installation {

    private static final Logger log = LoggerFactory.getLogger(Installation.class);

    private static final String NAME = "installation";
    private static final String BOUND = "bound";
    private static final String ORGANIZATION = "organization";
    private static final String ACCOUNT = "account";
    private static final String SAYS = "Kept in step by the installation ";
    private static final String BY_PLACE = "; its lines are known by their places";

    private final Ledger ledger;
    private final TargetWriter target;
    private final String fixedId;
    private final String id;
    private final boolean forgets;
    private final boolean wasKnown;
    private boolean linesByPlace;

    /**
     * Its id is the setting, else what the store remembers, else made now. A store that forgets has a fixed one, since it could
     * not know it again.
     *
     * @param setting empty if there is none
     */
    Installation(
            Ledger ledger,
            TargetWriter target,
            String fixedId,
            String setting,
            boolean forgets,
            Supplier<String> newId) {
        this.ledger = ledger;
        this.target = target;
        this.fixedId = fixedId;
        this.forgets = forgets && setting.isEmpty();
        Optional<String> known = known(ledger, fixedId, setting, forgets);
        wasKnown = known.isPresent() && !this.forgets;
        id = known.orElseGet(newId);
    }

    /** Its id as far as it has one already. */
    static Optional<String> known(Ledger ledger, String fixedId, String setting, boolean forgets) {
        if (!setting.isEmpty()) {
            return Optional.of(setting);
        }
        return forgets
                ? Optional.of(fixedId)
                : Optional.ofNullable(ledger.checkpoint(NAME).get(NAME));
    }

    /**
     * Sees to it that the ids which the store remembers mean what they meant: a connection stays with its organisation and its account.
     * To be called before anything is written.
     *
     * @param portalId 0 if HubSpot does not tell it
     * @throws SyncException if the connection has worked with others so far
     */
    void bind(String organizationId, long portalId) {
        Map<String, String> before = ledger.checkpoint(BOUND);
        String account = portalId == 0 ? before.getOrDefault(ACCOUNT, "") : String.valueOf(portalId);
        stays("zoho.organization", "organisation", before.getOrDefault(ORGANIZATION, ""), organizationId);
        stays("hubspot.account", "HubSpot account", before.getOrDefault(ACCOUNT, ""), account);
        Map<String, String> now = Map.of(ORGANIZATION, organizationId, ACCOUNT, account);
        if (!before.equals(now)) {
            ledger.changes().checkpoint(BOUND, now).commit();
        }
    }

    private void stays(String code, String what, String before, String now) {
        if (!before.isEmpty() && !before.equals(now)) {
            throw new SyncException(
                    code,
                    "The connection " + ledger.connection() + " has worked with the " + what + " " + before
                            + " so far, and is set to " + now + " now: what it remembers belongs to " + before + ".",
                    "Give it the credentials of " + before + " again, or connect " + now + " under another name.");
        }
    }

    /** How the names of the properties begin that stand for installations. */
    static final String MARKER = BooksProperties.GROUP + "_installation_";

    /** The property that stands for it. */
    PropertyDefinition marker() {
        String organization = fixedId.substring(fixedId.indexOf('-') + 1).toLowerCase(Locale.ROOT);
        return PropertyDefinition.of(
                MARKER + organization.replaceAll("[^a-z0-9_]", "_"),
                "Zoho Books installation " + organization,
                words(),
                "string");
    }

    private String words() {
        return SAYS + id + (linesByPlace ? BY_PLACE : "");
    }

    /**
     * Goes on only if the account is ours, or nobody's, or was given to us. To be called before anything is written.
     *
     * @param found the property as HubSpot has it; null if it does not have it
     * @throws SyncException if another installation has the account
     */
    void claim(@Nullable PropertyDefinition found) {
        if (found == null) {
            // Before it is made: with an id that is not kept we would not know it again.
            remember();
            return;
        }
        linesByPlace = found.description().strip().endsWith(BY_PLACE);
        String holder = holder(found);
        boolean isAsked = ledger.isAsked(Command.TAKE_OVER);
        if (holder.equals(id)) {
            remember();
            if (isAsked) {
                ledger.done(Command.TAKE_OVER, "the account was of this installation already");
            }
            return;
        }
        // Whoever forgets its store has nothing that could be lost.
        boolean isFree = holder.isEmpty() ? wasKnown : holder.equals(fixedId) && !forgets;
        if (!isFree && !isAsked) {
            throw turnedAway(found.name(), holder);
        }
        if (isAsked || ledger.hasLinks()) {
            // What the other one has written meanwhile is not known here.
            ledger.ask(Command.REBUILD_LINKS);
        }
        follow(found.name(), holder);
    }

    private SyncException turnedAway(String property, String holder) {
        if (holder.isEmpty()) {
            return new SyncException(
                    "hubspot.installation",
                    "Somebody has changed the description of the company property " + property
                            + ", which tells what installation keeps the HubSpot account in step with this organisation.",
                    "If no other one does, let this one take over.");
        }
        return new SyncException(
                "hubspot.installation",
                "The HubSpot account is kept in step with this organisation by another installation, '" + holder
                        + "'; this one is '" + id + "'.",
                "If it is the same one and has lost its store, give it the id '" + holder
                        + "'. If this one shall take its place, stop the other and let this one take over.");
    }

    private void follow(String property, String holder) {
        try {
            target.describe(Kind.CUSTOMER, property, words());
        } catch (HubSpotPermissionException e) {
            throw new SyncException(
                    "hubspot.installation",
                    "The token may not write into the company property " + property
                            + " that this installation keeps the account in step now.",
                    "Add the scope " + Kind.CUSTOMER.target().schemaScope() + " to the HubSpot app or service key.");
        }
        PropertyDefinition now = target.definitions(Kind.CUSTOMER).get(property);
        String present = now == null ? "" : holder(now);
        if (!present.equals(id)) {
            // Two have followed at the same moment, and the other was the last.
            throw turnedAway(property, present);
        }
        String before = holder.isEmpty() ? "whoever had changed its description" : "'" + holder + "'";
        log.info("The installation '{}' has followed {}", id, before);
        remember();
        ledger.done(Command.TAKE_OVER, "the installation '" + id + "' has followed " + before);
    }

    private void remember() {
        if (!forgets && !ledger.checkpoint(NAME).equals(Map.of(NAME, id))) {
            ledger.changes().checkpoint(NAME, Map.of(NAME, id)).commit();
        }
    }

    /** Whether lines were made, or may have been, while nothing but their places told them apart. */
    boolean linesHaveNoKeys() {
        return linesByPlace || ledger.hasLinesWithoutKeys();
    }

    /** For a store that is lost one day. */
    void tellOfLinesByPlace(String property) {
        if (!linesByPlace && ledger.hasLinesWithoutKeys()) {
            linesByPlace = true;
            try {
                target.describe(Kind.CUSTOMER, property, words());
            } catch (HubSpotPermissionException e) {
                log.warn("HubSpot does not learn that lines are known by their places: {}", e.getMessage());
            }
        }
    }

    /** Empty if somebody has changed the words. */
    private static String holder(PropertyDefinition found) {
        String words = found.description().strip();
        if (!words.startsWith(SAYS)) {
            return "";
        }
        String told = words.substring(SAYS.length());
        return (told.endsWith(BY_PLACE) ? told.substring(0, told.length() - BY_PLACE.length()) : told).strip();
    }
}
