-- What a later version of the library might add; every database understands it.
CREATE TABLE IF NOT EXISTS ${prefix}tomorrow (note VARCHAR(10) NOT NULL PRIMARY KEY);
UPDATE ${prefix}meta SET number = 2 WHERE name = 'schema';
