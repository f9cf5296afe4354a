CREATE SCHEMA app;
CREATE TABLE app.lines (a integer, b text);
