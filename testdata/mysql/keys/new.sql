CREATE TABLE stock (
    id int NOT NULL,
    a int NOT NULL,
    b varchar(200),
    c text,
    d date,
    PRIMARY KEY (id, a),
    KEY stays (a),
    UNIQUE KEY becomes_unique (a, d),
    KEY becomes_plain (d, a),
    KEY longer (b(40)),
    KEY other_order (d, a, b(20)),
    KEY with_comment (d, b(5)) COMMENT 'second; it''s "better"',
    KEY comes (c(100), b(7)),
    KEY unnamed_stays (a, id)
);
CREATE UNIQUE INDEX comes_too ON stock (b(50));
