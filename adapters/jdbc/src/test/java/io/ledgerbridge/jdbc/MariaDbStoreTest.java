package io.ledgerbridge.jdbc;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(named = "ledgerbridge.mariadb", matches = "true")
class MariaDbStoreTest extends JdbcStoreContract {
    MariaDbStoreTest() {
        super(Database.MARIADB);
    }
}
