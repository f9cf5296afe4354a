CREATE TABLE e (id serial, created_at timestamp, z timestamptz, a text, d date);
CREATE INDEX i ON e (created_at);
CREATE INDEX l ON e ((a IS NFD NORMALIZED));
