package io.ledgerbridge.hubspot;

/**
 * The id of a record and of what type it is. {@code ObjectType.COMPANIES.record("55512345678")} makes one.
 *
 * @param value decimal digits, 11 to 13 today
 */
public record RecordId<T extends Crm>(ObjectType<T> type, String value) {

    private static final int LONGEST = 19;

    public RecordId {
        if (!isNumber(value)) {
            throw new IllegalArgumentException("the id of a record of " + type + " is a number, but was a text of "
                    + value.length() + " characters; records are found by other values with find and readBy");
        }
    }

    static boolean isNumber(String value) {
        int length = value.length();
        if (length < 1 || length > LONGEST) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return type + " " + value;
    }
}
