CREATE SCHEMA app;
CREATE TABLE app.t (id int PRIMARY KEY, v varchar(10), gone int);
CREATE VIEW app.low AS SELECT id, v FROM app.t WHERE id < 10;
CREATE VIEW app.top AS SELECT l.v, count(*) AS n FROM app.low l GROUP BY l.v;
COMMENT ON VIEW app.top IS 'stays';
CREATE MATERIALIZED VIEW app.copy AS SELECT v, n FROM app.top;
CREATE UNIQUE INDEX copy_v ON app.copy (v);
