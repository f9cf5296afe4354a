CREATE TYPE mood AS ENUM ('awful', 'sad', 'fine', 'happy', 'over the moon');
CREATE DOMAIN percent AS int DEFAULT 0 CONSTRAINT in_range CHECK (VALUE >= 0 AND VALUE <= 100);
CREATE TYPE pair AS (x int, y bigint, z text);
CREATE TYPE floats AS RANGE (subtype = float8, subtype_diff = float8mi);
CREATE TABLE diary (id int PRIMARY KEY, m mood DEFAULT 'happy', p percent);
