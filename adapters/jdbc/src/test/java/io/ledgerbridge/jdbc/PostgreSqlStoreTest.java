package io.ledgerbridge.jdbc;

class PostgreSqlStoreTest extends JdbcStoreContract {
    PostgreSqlStoreTest() {
        super(Database.POSTGRESQL);
    }
}
