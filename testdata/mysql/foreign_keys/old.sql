CREATE TABLE country (code char(2) PRIMARY KEY);
CREATE TABLE city (
    id int PRIMARY KEY, code char(2) NOT NULL, other char(2), third char(2), fourth char(2),
    CONSTRAINT stays FOREIGN KEY (code) REFERENCES country (code),
    CONSTRAINT action_changes FOREIGN KEY (other) REFERENCES country (code) ON DELETE CASCADE,
    CONSTRAINT goes FOREIGN KEY (third) REFERENCES country (code)
);
CREATE TABLE planet (id int PRIMARY KEY);
