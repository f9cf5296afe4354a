CREATE TABLE customer ( -- @renamed from=client
    id int PRIMARY KEY,
    full_name varchar(60) NOT NULL, -- @renamed from=fullname
    town varchar(30),
    KEY customer_town (town) -- @renamed from=client_town
);
CREATE TABLE visit (
    id int PRIMARY KEY,
    customer_id int, -- @renamed from=client_id
    CONSTRAINT visit_client FOREIGN KEY (customer_id) REFERENCES customer (id)
);
CREATE VIEW names AS SELECT full_name AS n FROM customer;
