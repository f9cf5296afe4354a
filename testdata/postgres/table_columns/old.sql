CREATE TABLE account (
    id integer NOT NULL,
    name varchar(40),
    credit numeric(8, 2) DEFAULT 0,
    note text,
    born date
);
