CREATE TABLE t (a int, b varchar(10), c date);
CREATE VIEW v1 AS SELECT * FROM t;
create or replace view v2 as select `a`+1 `x` from `t` where (((a = 1) and (`t`.`b` = "q")));
CREATE VIEW v3 AS SELECT COUNT(*) n, MAX(a) AS m FROM t GROUP BY b;
CREATE VIEW v4 AS SELECT x.a FROM t AS x INNER JOIN t AS y ON x.a = y.a WHERE x.a != 3;
CREATE VIEW v5 AS SELECT a, b FROM t ORDER BY a ASC;
CREATE VIEW v6 AS SELECT CASE WHEN a > 1 THEN 'x' ELSE 'y' END AS z FROM t;
