-- What the store of Ledgerbridge needs on MariaDB.
-- ${prefix} is what the names of all tables begin with; Flyway and Liquibase replace it when it is given as a placeholder.

CREATE TABLE IF NOT EXISTS ${prefix}meta (
  name VARCHAR(100) NOT NULL PRIMARY KEY,
  number INTEGER NOT NULL
) ENGINE = InnoDB, CHARACTER SET utf8mb4, COLLATE utf8mb4_nopad_bin;

-- One row of the store. The names under which it is found stand in it once more, as JSON.
CREATE TABLE IF NOT EXISTS ${prefix}row (
  connection VARCHAR(100) NOT NULL,
  kind VARCHAR(40) NOT NULL,
  id VARCHAR(300) NOT NULL,
  ord VARCHAR(100) NOT NULL,
  version BIGINT NOT NULL,
  names LONGTEXT NOT NULL,
  body LONGTEXT NOT NULL,
  PRIMARY KEY (connection, kind, id),
  UNIQUE (connection, kind, ord, id)
) ENGINE = InnoDB, CHARACTER SET utf8mb4, COLLATE utf8mb4_nopad_bin;

-- The names under which rows are found, each a row of its own, so that they can be scanned in order.
CREATE TABLE IF NOT EXISTS ${prefix}key (
  connection VARCHAR(100) NOT NULL,
  kind VARCHAR(40) NOT NULL,
  key_name VARCHAR(40) NOT NULL,
  key_value VARCHAR(160) NOT NULL,
  ord VARCHAR(100) NOT NULL,
  id VARCHAR(300) NOT NULL,
  PRIMARY KEY (connection, kind, key_name, key_value, ord, id)
) ENGINE = InnoDB, CHARACTER SET utf8mb4, COLLATE utf8mb4_nopad_bin;

-- Who works on a connection, until when by the clock of this database.
CREATE TABLE IF NOT EXISTS ${prefix}lease (
  connection VARCHAR(100) NOT NULL PRIMARY KEY,
  owner VARCHAR(100) NOT NULL,
  fence BIGINT NOT NULL,
  until_ms BIGINT NOT NULL,
  released BOOLEAN NOT NULL
) ENGINE = InnoDB, CHARACTER SET utf8mb4, COLLATE utf8mb4_nopad_bin;

CREATE SEQUENCE IF NOT EXISTS ${prefix}version START WITH 1;

INSERT INTO ${prefix}meta (name, number) VALUES ('schema', 1);
