CREATE SCHEMA old_home;
CREATE SCHEMA new_home;
CREATE EXTENSION citext SCHEMA new_home;
CREATE DOMAIN word AS new_home.citext;
CREATE TYPE pair AS (a new_home.citext, b integer);
CREATE TABLE t (c new_home.citext, d new_home.citext[], e word);
