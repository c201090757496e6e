-- What the store of Ledgerbridge needs on H2.
-- ${prefix} is what the names of all tables begin with; Flyway and Liquibase replace it when it is given as a placeholder.

CREATE TABLE IF NOT EXISTS ${prefix}meta (
  name CHARACTER VARYING(100) NOT NULL PRIMARY KEY,
  number INTEGER NOT NULL
);

-- One row of the store. The names under which it is found stand in it once more, as JSON.
CREATE TABLE IF NOT EXISTS ${prefix}row (
  connection CHARACTER VARYING(100) NOT NULL,
  kind CHARACTER VARYING(40) NOT NULL,
  id CHARACTER VARYING(300) NOT NULL,
  ord CHARACTER VARYING(100) NOT NULL,
  version BIGINT NOT NULL,
  names CHARACTER VARYING(1048576) NOT NULL,
  body CHARACTER VARYING(1048576) NOT NULL,
  PRIMARY KEY (connection, kind, id),
  UNIQUE (connection, kind, ord, id)
);

-- The names under which rows are found, each a row of its own, so that they can be scanned in order.
CREATE TABLE IF NOT EXISTS ${prefix}key (
  connection CHARACTER VARYING(100) NOT NULL,
  kind CHARACTER VARYING(40) NOT NULL,
  key_name CHARACTER VARYING(40) NOT NULL,
  key_value CHARACTER VARYING(160) NOT NULL,
  ord CHARACTER VARYING(100) NOT NULL,
  id CHARACTER VARYING(300) NOT NULL,
  PRIMARY KEY (connection, kind, key_name, key_value, ord, id)
);

-- Who works on a connection, until when by the clock of this database.
CREATE TABLE IF NOT EXISTS ${prefix}lease (
  connection CHARACTER VARYING(100) NOT NULL PRIMARY KEY,
  owner CHARACTER VARYING(100) NOT NULL,
  fence BIGINT NOT NULL,
  until_ms BIGINT NOT NULL,
  released BOOLEAN NOT NULL
);

CREATE SEQUENCE IF NOT EXISTS ${prefix}version START WITH 1;

INSERT INTO ${prefix}meta (name, number) VALUES ('schema', 1);
