CREATE TABLE t (
    a int, b bigint unsigned, c smallint, d mediumint, e tinyint,
    f decimal(10, 0), g decimal(7, 0), h double, i float, j double, k float,
    l tinyint(1), m char(1), n binary(1), o bit(1), p varchar(20), q varbinary(20),
    r mediumtext, s mediumblob, t text, u varchar(10) CHARACTER SET utf8mb3, v varchar(5) CHARACTER SET latin1,
    w datetime, x time, y timestamp NULL, z year,
    aa int unsigned zerofill, bb double unsigned, cc mediumtext, dd enum('x', 'y'), ee set('a', 'b', 'c')
);
CREATE TABLE counted (id bigint unsigned NOT NULL AUTO_INCREMENT, UNIQUE KEY id (id));
