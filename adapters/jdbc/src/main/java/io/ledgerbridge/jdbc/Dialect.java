package io.ledgerbridge.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What databases say differently. */
enum Dialect {
    H2("H2") {
        @Override
        String text(int characters) {
            return "CHARACTER VARYING(" + characters + ")";
        }

        @Override
        String longText() {
            return "CHARACTER VARYING(" + H2_LONGEST + ")";
        }

        /** By default a commit is kept half a second later, and lost with the process before. */
        @Override
        List<String> onOpening() {
            return List.of("SET WRITE_DELAY 0");
        }
    };

    private static final int H2_LONGEST = 1_048_576;

    private final String product;

    Dialect(String product) {
        this.product = product;
    }

    /** The one that this connection speaks. */
    static Dialect of(Connection connection) throws SQLException {
        return of(connection.getMetaData().getDatabaseProductName());
    }

    static Dialect of(String product) {
        for (Dialect dialect : values()) {
            if (product.toLowerCase(Locale.ROOT).startsWith(dialect.product.toLowerCase(Locale.ROOT))) {
                return dialect;
            }
        }
        throw new IllegalArgumentException("the database " + product + " is not supported; those that are: "
                + Arrays.stream(values()).map(dialect -> dialect.product).collect(Collectors.joining(", ")));
    }

    /** A column whose values are compared character by character. */
    abstract String text(int characters);

    abstract String longText();

    /** What every store runs when it is opened. */
    List<String> onOpening() {
        return List.of();
    }

    /** Milliseconds since 1970, by the clock of the database. */
    String now() {
        return "SELECT CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000 AS BIGINT)";
    }

    String nextVersion(String sequence) {
        return "SELECT NEXT VALUE FOR " + sequence;
    }

    static String marks(int many) {
        return String.join(", ", Collections.nCopies(many, "?"));
    }
}
