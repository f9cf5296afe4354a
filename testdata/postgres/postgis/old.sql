CREATE EXTENSION postgis;
CREATE TABLE places (
    id int PRIMARY KEY,
    here geometry(Point,4326) NOT NULL,
    around geometry(Polygon, 4326),
    track geometry(LINESTRINGZ,3857),
    far geography(Point),
    many geometry(Point, 4326)[],
    anything geometry
);
CREATE INDEX ON places USING gist (here);
