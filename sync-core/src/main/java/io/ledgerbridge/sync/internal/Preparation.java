package io.ledgerbridge.sync.internal;

import io.ledgerbridge.hubspot.HubSpotPermissionException;
import io.ledgerbridge.hubspot.LineItems;
import io.ledgerbridge.hubspot.model.Account;
import io.ledgerbridge.hubspot.model.PropertyDefinition;
import io.ledgerbridge.hubspot.model.Provisioning;
import io.ledgerbridge.sync.SyncException;
import io.ledgerbridge.zohobooks.model.Organization;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out what a connection can do, and makes the properties it needs. What cannot be made is left out by name. */
final class Preparation {

    private static final Logger log = LoggerFactory.getLogger(Preparation.class);

    private final SourceReader source;
    private final TargetWriter target;
    private final Map<Kind, String> off = new EnumMap<>(Kind.class);
    private final Set<Kind> newKeys = EnumSet.noneOf(Kind.class);
    private final Map<Kind, Identity> identity = new EnumMap<>(Kind.class);
    private final Map<Kind, Set<String>> writable = new EnumMap<>(Kind.class);
    private final Map<Kind, Map<String, String>> lacking = new EnumMap<>(Kind.class);
    private final Installation installation;
    private final boolean withDeals;

    Preparation(SourceReader source, TargetWriter target, Installation installation, boolean withDeals) {
        this.withDeals = withDeals;
        this.source = source;
        this.target = target;
        this.installation = installation;
    }

    /**
     * Checks and provisions.
     *
     * @throws SyncException if nothing can be synced
     */
    Prepared run() {
        Organization organization = organization(source);
        Account account = target.account();
        installation.bind(organization.organizationId(), account.portalId());
        Map<String, Boolean> enablement = enablement();
        for (Kind kind : Kind.mirrored()) {
            if (Boolean.FALSE.equals(enablement.get(kind.target().id()))) {
                switchOff(kind, switchedOff(kind));
            } else {
                provision(kind);
            }
        }
        if (withDeals) {
            provisionDeals();
        }
        return new Prepared(organization, zone(organization), account, off, newKeys, identity, writable, lacking);
    }

    /** What the connection can do as it is now; makes nothing. What is not prepared yet counts as off. */
    Prepared look() {
        Organization organization = organization(source);
        Account account = target.account();
        installation.bind(organization.organizationId(), account.portalId());
        Map<String, Boolean> enablement = enablement();
        for (Kind kind : Kind.mirrored()) {
            if (Boolean.FALSE.equals(enablement.get(kind.target().id()))) {
                off.put(kind, switchedOff(kind));
                continue;
            }
            Map<String, PropertyDefinition> definitions = readable(kind);
            if (definitions.containsKey(BooksProperties.KEY.name()) || kind == Kind.LINE_ITEM) {
                takeAsIs(kind, definitions, "");
            } else {
                off.put(kind, "the account is not prepared for it yet; sync first");
            }
        }
        return new Prepared(organization, zone(organization), account, off, newKeys, identity, writable, lacking);
    }

    /** The configured organisation among those that the token reaches. */
    static Organization organization(SourceReader source) {
        List<Organization> reachable = source.organizations();
        return reachable.stream()
                .filter(organization -> organization.organizationId().equals(source.organizationId()))
                .findFirst()
                .orElseThrow(() -> new SyncException(
                        "zoho.organization",
                        "The Zoho user cannot reach the organisation " + source.organizationId() + ".",
                        "Set ZOHO_ORGANIZATION_ID to one of: "
                                + reachable.stream().map(Organization::toString).collect(Collectors.joining(", "))));
    }

    /** What to say of a type that the account has not switched on. */
    static String switchedOff(Kind kind) {
        return "the HubSpot account has " + kind.target().slug() + " ("
                + kind.target().id() + ") switched off; switch them on in HubSpot under Settings > Objects";
    }

    /** Short zone names are understood as far as Java does. */
    static ZoneId zone(Organization organization) {
        try {
            return ZoneId.of(organization.timeZone(), ZoneId.SHORT_IDS);
        } catch (DateTimeException e) {
            log.warn(
                    "The organisation's time zone '{}' is not known here; days begin at midnight UTC",
                    organization.timeZone());
            return ZoneOffset.UTC;
        }
    }

    /** A token without this scope can still do everything else. */
    private Map<String, Boolean> enablement() {
        try {
            return target.enablement();
        } catch (HubSpotPermissionException e) {
            log.warn("Which object types are switched on cannot be read: {}", e.getMessage());
            return Map.of();
        }
    }

    private void provision(Kind kind) {
        List<PropertyDefinition> needed = new ArrayList<>(BooksProperties.of(kind));
        String marker = installation.marker().name();
        if (kind == Kind.CUSTOMER) {
            installation.claim(readable(kind).get(marker));
            needed.add(BooksProperties.KEYS, installation.marker());
        }
        Map<String, PropertyDefinition> definitions = new HashMap<>();
        String refusal = "";
        try {
            definitions.putAll(provision(kind, needed).definitions());
            if (!definitions.containsKey(BooksProperties.KEY.name())
                    && Relation.toParent(kind).isPresent()) {
                definitions.putAll(
                        provision(kind, List.of(BooksProperties.key())).definitions());
            }
        } catch (HubSpotPermissionException e) {
            String scopes =
                    e.missingScopes().isEmpty() ? kind.target().schemaScope() : String.join(" or ", e.missingScopes());
            refusal = "the HubSpot token may not define properties of " + kind.target() + "; add the scope " + scopes;
            for (PropertyDefinition definition : needed) {
                lack(kind, definition.name(), refusal);
            }
            definitions.putAll(readable(kind));
        }
        if (kind == Kind.CUSTOMER) {
            // Another one may have made it in this moment.
            installation.claim(definitions.get(marker));
        }
        takeAsIs(kind, definitions, refusal);
        if (identity.get(Kind.LINE_ITEM) == Identity.POSITION && kind == Kind.LINE_ITEM) {
            installation.tellOfLinesByPlace(marker);
        }
    }

    /** They have no key: nobody makes them. Without a scope everything else goes on. */
    private void provisionDeals() {
        try {
            Provisioning made = provision(Kind.DEAL, BooksProperties.of(Kind.DEAL));
            writable.put(Kind.DEAL, Set.copyOf(made.definitions().keySet()));
        } catch (HubSpotPermissionException e) {
            switchOff(
                    Kind.DEAL,
                    "the HubSpot token may not define properties of deals; add the scope "
                            + String.join(" or ", e.missingScopes()));
        }
    }

    private Provisioning provision(Kind kind, List<PropertyDefinition> needed) {
        Provisioning made = target.provision(kind, BooksProperties.GROUP, BooksProperties.GROUP_LABEL, needed);
        for (PropertyDefinition definition : needed) {
            String reason = made.refused().get(definition.name());
            if (reason != null) {
                lack(kind, definition.name(), reason);
            }
        }
        made.differences().forEach(difference -> log.warn("On {}, {}", kind.target(), difference));
        // A key out of the recycle bin is not new: records still have its values.
        if (made.created().contains(BooksProperties.KEY.name())) {
            newKeys.add(kind);
        }
        return made;
    }

    private void lack(Kind kind, String property, String reason) {
        lacking(kind).put(property, reason);
    }

    /** Properties that others have made can be used without the scope to make some. */
    private Map<String, PropertyDefinition> readable(Kind kind) {
        try {
            return target.definitions(kind);
        } catch (HubSpotPermissionException e) {
            return Map.of();
        }
    }

    private Map<String, String> lacking(Kind kind) {
        return lacking.computeIfAbsent(kind, k -> new LinkedHashMap<>());
    }

    /** Goes on with the properties that there are, if records can be told apart by them. */
    private void takeAsIs(Kind kind, Map<String, PropertyDefinition> definitions, String refusal) {
        Set<String> names = definitions.values().stream()
                .filter(definition -> !definition.readOnly())
                // The same in all accounts; a process may have many.
                .map(definition -> definition.name().intern())
                .collect(Collectors.toUnmodifiableSet());
        lacking(kind).keySet().removeAll(names);
        Identity found = kind == Kind.LINE_ITEM && installation.linesHaveNoKeys()
                ? Identity.POSITION
                : identity(kind, definitions.get(BooksProperties.KEY.name()), names);
        if (found == null) {
            switchOff(
                    kind,
                    refusal.isEmpty()
                            ? "HubSpot has no unique property " + BooksProperties.KEY + " on " + kind.target()
                                    + ", and without it records could be duplicated"
                            : refusal);
            return;
        }
        identity.put(kind, found);
        writable.put(kind, names);
        if (found == Identity.KEY) {
            lack(
                    kind,
                    BooksProperties.KEY.name(),
                    "it is not unique here, so records are looked for among those of their "
                            + Relation.toParent(kind).orElseThrow().other(kind).target()
                            + " before they are made");
        } else if (found == Identity.POSITION) {
            lack(
                    kind,
                    BooksProperties.KEY.name(),
                    (installation.linesHaveNoKeys() ? "lines were made without it" : "it cannot be made")
                            + ", so lines are told apart by their place in the invoice"
                            + (refusal.isEmpty() ? "" : ": " + refusal));
        }
    }

    private static @Nullable Identity identity(Kind kind, @Nullable PropertyDefinition key, Set<String> writableNames) {
        boolean mayBeUnguarded = Relation.toParent(kind).isPresent();
        if (key != null && writableNames.contains(key.name())) {
            if (key.hasUniqueValue()) {
                return Identity.UNIQUE_KEY;
            }
            return mayBeUnguarded ? Identity.KEY : null;
        }
        return kind == Kind.LINE_ITEM && writableNames.contains(LineItems.POSITION.name()) ? Identity.POSITION : null;
    }

    private void switchOff(Kind kind, String reason) {
        if (kind == Kind.CUSTOMER) {
            throw new SyncException(
                    "hubspot.companies", "Nothing can be synced: " + reason + ".", "Correct it, then run again.");
        }
        off.put(kind, reason);
        log.warn("{} are not synced: {}", kind.stream(), reason);
    }
}
