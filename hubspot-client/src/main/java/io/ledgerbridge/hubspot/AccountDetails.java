package io.ledgerbridge.hubspot;

import io.ledgerbridge.hubspot.internal.HubSpotApi;
import io.ledgerbridge.hubspot.internal.Moments;
import io.ledgerbridge.hubspot.internal.Wire;
import io.ledgerbridge.hubspot.model.Account;
import io.ledgerbridge.hubspot.model.ApiUsage;
import io.ledgerbridge.hubspot.model.CustomPropertyRoom;
import io.ledgerbridge.hubspot.model.CustomPropertyRoom.Room;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The account of the token: whose it is, what is switched on, what is used and what fits. */
public final class AccountDetails {

    private final Access access;
    private final HubSpotPacing pacing;

    AccountDetails(Access access, HubSpotPacing pacing) {
        this.access = access;
        this.pacing = pacing;
    }

    /** Portal, time zone and currencies. From then on the pacing knows when the account's days end. */
    public Account get() {
        Wire.AccountAnswer answer = access.call(HubSpotApi::account);
        Account account = new Account(
                portalId(answer),
                answer.accountType(),
                zone(answer),
                answer.companyCurrency(),
                List.copyOf(answer.additionalCurrencies()),
                answer.uiDomain());
        pacing.zone(access.calls().time(), account.timeZone());
        return account;
    }

    /** Calls of the day, as HubSpot has counted them. {@link HubSpotPacing#quota} tells the same of each answer, without a call. */
    public List<ApiUsage> dailyUsage() {
        return access.call(HubSpotApi::dailyUsage).results().stream()
                .map(usage -> new ApiUsage(
                        usage.name(),
                        number(usage.usageLimit()),
                        number(usage.currentUsage()),
                        Moments.find(usage.collectedAt()),
                        Moments.find(usage.resetsAt()),
                        usage.fetchStatus()))
                .toList();
    }

    /** Whether object types are switched on, by their id such as {@code 0-53}. Types that HubSpot does not list are left out. */
    public Map<String, Boolean> enablement() {
        Map<String, Boolean> enablement = access.call(HubSpotApi::enablement).enablementByObjectTypeId();
        return enablement == null ? Map.of() : Map.copyOf(enablement);
    }

    /** How many more properties fit. Needs a scope to read objects. */
    public CustomPropertyRoom customPropertyRoom() {
        Wire.RoomAnswer answer = access.call(HubSpotApi::customPropertyRoom);
        Map<String, Room> rooms = new HashMap<>();
        for (Wire.Room room : answer.byObjectType()) {
            rooms.put(room.objectTypeId(), new Room(number(room.limit()), number(room.usage())));
        }
        return new CustomPropertyRoom(new Room(number(answer.overallLimit()), number(answer.overallUsage())), rooms);
    }

    private static long portalId(Wire.AccountAnswer answer) {
        String id = Wire.text(answer.portalId());
        return id == null || !RecordId.isNumber(id) ? 0 : Long.parseLong(id);
    }

    private static ZoneId zone(Wire.AccountAnswer answer) {
        try {
            return ZoneId.of(answer.timeZone());
        } catch (DateTimeException e) {
            return offset(answer.utcOffset());
        }
    }

    private static ZoneId offset(String utcOffset) {
        try {
            return ZoneOffset.of(utcOffset);
        } catch (DateTimeException e) {
            return ZoneOffset.UTC;
        }
    }

    private static int number(@Nullable Integer value) {
        return value == null ? 0 : value;
    }
}
