CREATE TABLE rent (id int, since date, until date, price int, PERIOD FOR lease (since, until), UNIQUE (id, lease WITHOUT OVERLAPS));
CREATE TABLE booking (room int, first_day date, last_day date, PERIOD FOR stay (first_day, last_day));
