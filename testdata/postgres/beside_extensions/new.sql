CREATE EXTENSION citext;
CREATE EXTENSION btree_gist;
CREATE EXTENSION pgcrypto;
CREATE TYPE mood AS ENUM ('great', 'fine');
CREATE DOMAIN rank AS bigint CHECK (VALUE > 0);
CREATE TYPE pair AS (rank rank, mood mood);
CREATE TABLE people (id int, name citext UNIQUE, mood mood, rank rank, pair pair, during daterange, EXCLUDE USING gist (id WITH =, during WITH &&));
