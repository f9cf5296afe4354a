-- The collation that clients of MySQL say at the start, and the strings of views and programs get.
SET NAMES utf8mb4;
CREATE FUNCTION stays(a int) RETURNS int DETERMINISTIC RETURN a || 1;
-- What || and "" mean depends on the mode under which a program was made; it is kept.
SET SESSION sql_mode = 'PIPES_AS_CONCAT,ANSI_QUOTES,STRICT_TRANS_TABLES';
CREATE FUNCTION joined(a varchar(10), b varchar(10)) RETURNS varchar(20) DETERMINISTIC RETURN a || '-' || b;
CREATE TABLE "quoted" ("id" int PRIMARY KEY, "it""s" varchar(10) DEFAULT 'x');
CREATE TRIGGER "q_t" BEFORE INSERT ON "quoted" FOR EACH ROW SET NEW."it""s" = 'a' || 'b';
CREATE VIEW "q_v" AS SELECT "id", "it""s" || '!' AS "loud" FROM "quoted";
SET sql_mode = DEFAULT;
CREATE FUNCTION after_all(a int) RETURNS int DETERMINISTIC RETURN "1" || a;
