CREATE EXTENSION postgis;
CREATE TABLE places (
    id int PRIMARY KEY,
    here geometry(Geometry,4326) NOT NULL,
    around geometry,
    track geometry(LineStringZ),
    far geography(point, 4326),
    many geometry(Point)[],
    anything geometry(MultiPoint,4326)
);
CREATE INDEX ON places USING gist (here);
CREATE TABLE zones (id int, zone geometry(MultiPolygonZM,3857) NOT NULL, centre geography(PointZ,4326));
