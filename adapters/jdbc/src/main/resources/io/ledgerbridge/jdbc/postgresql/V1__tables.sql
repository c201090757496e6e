-- What the store of Ledgerbridge needs on PostgreSQL.
-- ${prefix} is what the names of all tables begin with; Flyway and Liquibase replace it when it is given as a placeholder.

CREATE TABLE IF NOT EXISTS ${prefix}meta (
  name VARCHAR(100) COLLATE "C" NOT NULL PRIMARY KEY,
  number INTEGER NOT NULL
);

-- One row of the store. The names under which it is found stand in it once more, as JSON.
CREATE TABLE IF NOT EXISTS ${prefix}row (
  connection VARCHAR(100) COLLATE "C" NOT NULL,
  kind VARCHAR(40) COLLATE "C" NOT NULL,
  id VARCHAR(300) COLLATE "C" NOT NULL,
  ord VARCHAR(100) COLLATE "C" NOT NULL,
  version BIGINT NOT NULL,
  names TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (connection, kind, id),
  UNIQUE (connection, kind, ord, id)
);

-- The names under which rows are found, each a row of its own, so that they can be scanned in order.
CREATE TABLE IF NOT EXISTS ${prefix}key (
  connection VARCHAR(100) COLLATE "C" NOT NULL,
  kind VARCHAR(40) COLLATE "C" NOT NULL,
  key_name VARCHAR(40) COLLATE "C" NOT NULL,
  key_value VARCHAR(160) COLLATE "C" NOT NULL,
  ord VARCHAR(100) COLLATE "C" NOT NULL,
  id VARCHAR(300) COLLATE "C" NOT NULL,
  PRIMARY KEY (connection, kind, key_name, key_value, ord, id)
);

-- Who works on a connection, until when by the clock of this database.
CREATE TABLE IF NOT EXISTS ${prefix}lease (
  connection VARCHAR(100) COLLATE "C" NOT NULL PRIMARY KEY,
  owner VARCHAR(100) COLLATE "C" NOT NULL,
  fence BIGINT NOT NULL,
  until_ms BIGINT NOT NULL,
  released BOOLEAN NOT NULL
);

CREATE SEQUENCE IF NOT EXISTS ${prefix}version START WITH 1;

INSERT INTO ${prefix}meta (name, number) VALUES ('schema', 1);
