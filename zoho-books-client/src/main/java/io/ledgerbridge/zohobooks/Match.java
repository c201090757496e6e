package io.ledgerbridge.zohobooks;

/** How a text must look, for filters that know more than equality. Texts have at most 100 characters. */
public final class Match {

    private final String suffix;
    private final String text;

    private Match(String suffix, String text) {
        this.suffix = suffix;
        this.text = text;
    }

    public static Match exactly(String text) {
        return new Match("", text);
    }

    public static Match startingWith(String text) {
        return new Match("_startswith", text);
    }

    public static Match containing(String text) {
        return new Match("_contains", text);
    }

    String suffix() {
        return suffix;
    }

    String text() {
        return text;
    }
}
