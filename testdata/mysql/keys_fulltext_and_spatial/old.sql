CREATE TABLE place (
    id int PRIMARY KEY, title varchar(100), body text, spot point NOT NULL, area polygon NOT NULL,
    FULLTEXT KEY words (title),
    SPATIAL KEY spots (spot)
);
