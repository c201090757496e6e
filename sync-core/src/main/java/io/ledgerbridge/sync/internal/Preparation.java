package io.ledgerbridge.sync.internal;

import io.ledgerbridge.hubspot.HubSpotPermissionException;
import io.ledgerbridge.hubspot.model.Account;
import io.ledgerbridge.hubspot.model.PropertyDefinition;
import io.ledgerbridge.hubspot.model.Provisioning;
import io.ledgerbridge.sync.SyncException;
import io.ledgerbridge.zohobooks.model.Organization;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out what a connection can do, and makes the properties it needs. */
public final class Preparation {

    private static final Logger log = LoggerFactory.getLogger(Preparation.class);

    private final SourceReader source;
    private final TargetWriter target;
    private final Map<Kind, String> off = new EnumMap<>(Kind.class);
    private final Set<Kind> newKeys = EnumSet.noneOf(Kind.class);
    private final Map<Kind, Set<String>> writable = new EnumMap<>(Kind.class);

    public Preparation(SourceReader source, TargetWriter target) {
        this.source = source;
        this.target = target;
    }

    /**
     * Checks and provisions.
     *
     * @throws SyncException if nothing can be synced
     */
    public Prepared run() {
        Organization organization = organization(source);
        Account account = target.account();
        Map<String, Boolean> enablement = enablement();
        for (Kind kind : Kind.mirrored()) {
            if (Boolean.FALSE.equals(enablement.get(kind.target().id()))) {
                switchOff(kind, switchedOff(kind));
            } else {
                provision(kind);
            }
        }
        return new Prepared(organization, zone(organization), account, off, newKeys, writable);
    }

    /** The configured organisation among those that the token reaches. */
    public static Organization organization(SourceReader source) {
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
    public static String switchedOff(Kind kind) {
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
        try {
            Provisioning provisioning = target.provision(
                    kind, BooksProperties.GROUP, BooksProperties.GROUP_LABEL, BooksProperties.of(kind));
            provisioning
                    .refused()
                    .forEach((name, reason) ->
                            log.warn("HubSpot refused the property {} on {}: {}", name, kind.target(), reason));
            provisioning.differences().forEach(difference -> log.warn("On {}, {}", kind.target(), difference));
            // A key out of the recycle bin is not new: records still have its values.
            if (provisioning.created().contains(BooksProperties.KEY.name())) {
                newKeys.add(kind);
            }
            checkKey(kind, provisioning.definitions());
            writable.put(
                    kind,
                    provisioning.definitions().values().stream()
                            .filter(definition -> !definition.readOnly())
                            .map(PropertyDefinition::name)
                            .collect(Collectors.toSet()));
        } catch (HubSpotPermissionException e) {
            switchOff(
                    kind,
                    "the HubSpot token may not define properties of " + kind.target() + "; add the scope "
                            + (e.missingScopes().isEmpty()
                                    ? kind.target().schemaScope()
                                    : String.join(" or ", e.missingScopes())));
        }
    }

    private void checkKey(Kind kind, Map<String, PropertyDefinition> existing) {
        PropertyDefinition key = existing.get(BooksProperties.KEY.name());
        if (key == null || !key.hasUniqueValue()) {
            switchOff(
                    kind,
                    "HubSpot has no unique property " + BooksProperties.KEY + " on " + kind.target()
                            + ", and without it records could be duplicated");
        }
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
