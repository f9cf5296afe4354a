CREATE TABLE parcel (
    first_one int NOT NULL DEFAULT 1, id int PRIMARY KEY, weight int, receiver varchar(40), sender varchar(40) NOT NULL, last_one text
);
