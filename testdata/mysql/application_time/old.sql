CREATE TABLE rent (id int, since date, until date, PERIOD FOR lease (since, until));
