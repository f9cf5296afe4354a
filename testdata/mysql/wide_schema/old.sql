-- The collation that clients of MySQL say at the start, and the strings of views and programs get.
SET NAMES utf8mb4;
CREATE TABLE base (id int unsigned NOT NULL AUTO_INCREMENT, PRIMARY KEY (id));
