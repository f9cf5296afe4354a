CREATE SCHEMA old_home;
CREATE SCHEMA new_home;
CREATE EXTENSION citext SCHEMA old_home;
CREATE DOMAIN word AS old_home.citext;
CREATE TYPE pair AS (a old_home.citext, b integer);
CREATE TABLE t (c old_home.citext, d old_home.citext[], e word);
