CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE DOMAIN percent AS int CHECK (VALUE >= 0);
CREATE TYPE pair AS (x int, y int);
CREATE TABLE diary (id int PRIMARY KEY, m mood DEFAULT 'happy', p percent);
