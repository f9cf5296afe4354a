CREATE SCHEMA shop;
CREATE TABLE shop.customers (id serial PRIMARY KEY, name text, fax text, telex text, zip int, age int);
CREATE TABLE shop.notes (id int PRIMARY KEY);
CREATE PROCEDURE shop.tidy() LANGUAGE sql AS 'SELECT 1';
CREATE VIEW shop.names AS SELECT id, name FROM shop.customers;
