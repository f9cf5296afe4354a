CREATE TABLE planet (id int PRIMARY KEY, sun int, FOREIGN KEY (sun) REFERENCES planet (id) ON DELETE SET NULL);
CREATE TABLE country (code char(2) PRIMARY KEY, planet_id int, CONSTRAINT on_planet FOREIGN KEY (planet_id) REFERENCES planet (id));
CREATE TABLE city (
    id int PRIMARY KEY, code char(2) NOT NULL, other char(2), third char(2), fourth char(2),
    CONSTRAINT stays FOREIGN KEY (code) REFERENCES country (code),
    CONSTRAINT action_changes FOREIGN KEY (other) REFERENCES country (code) ON DELETE SET NULL ON UPDATE CASCADE,
    FOREIGN KEY (fourth) REFERENCES country (code)
);
CREATE TABLE street (
    city_id int NOT NULL, name varchar(50) NOT NULL, PRIMARY KEY (city_id, name),
    FOREIGN KEY (city_id) REFERENCES city (id) ON DELETE CASCADE
);
