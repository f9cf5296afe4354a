CREATE SCHEMA app;
CREATE TABLE app.t (id int PRIMARY KEY, v text);
CREATE VIEW app.low AS SELECT id, v FROM app.t WHERE id < 10;
CREATE VIEW app.top AS SELECT l.v, count(*) AS n FROM app.low l GROUP BY l.v;
COMMENT ON VIEW app.top IS 'stays';
CREATE MATERIALIZED VIEW app.copy AS SELECT v, n FROM app.top;
CREATE UNIQUE INDEX copy_v ON app.copy (v);
CREATE VIEW app.checked WITH (security_barrier) AS SELECT * FROM app.t WHERE v <> '' WITH LOCAL CHECK OPTION;
CREATE RECURSIVE VIEW app.steps (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM steps WHERE n < 5;
