CREATE TABLE parcel (
    id int PRIMARY KEY, weight int, gone varchar(20), sender varchar(40) NOT NULL, gone_too int
);
