CREATE TABLE stock (
    id int NOT NULL,
    a int NOT NULL,
    b varchar(200),
    c text,
    d date,
    PRIMARY KEY (id),
    KEY stays (a),
    KEY goes (d),
    KEY becomes_unique (a, d),
    UNIQUE KEY becomes_plain (d, a),
    KEY longer (b(10)),
    KEY other_order (a, b(20), d),
    KEY with_comment (d, b(5)) COMMENT 'first',
    KEY unnamed_stays (a, id)
);
