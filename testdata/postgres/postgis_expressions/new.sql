CREATE EXTENSION postgis;
CREATE DOMAIN spot AS geometry(point,4326);
CREATE TABLE places (id int PRIMARY KEY, track geometry(LineStringZ));
CREATE TABLE spots (
    id int,
    at spot,
    near geometry(Point) DEFAULT 'POINT(1 2)'::geometry(Point),
    CHECK (st_isvalid(near::geometry(Point)))
);
CREATE INDEX ON spots USING gist ((near::geometry(Geometry)));
CREATE VIEW lines AS SELECT track::geometry(LineStringZ) AS line FROM places;
