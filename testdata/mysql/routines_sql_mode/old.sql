-- The collation that clients of MySQL say at the start, and the strings of views and programs get.
SET NAMES utf8mb4;
CREATE FUNCTION joined(a varchar(10), b varchar(10)) RETURNS varchar(20) DETERMINISTIC RETURN concat(a, b);
CREATE FUNCTION stays(a int) RETURNS int DETERMINISTIC RETURN a || 1;
