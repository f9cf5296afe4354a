CREATE TABLE ticket (
    id int PRIMARY KEY,
    status enum('open', 'closed') NOT NULL,
    colour enum('red', 'green', 'blue') DEFAULT 'red',
    quoted enum('it''s', 'a,b', 'c"d', 'e\\f', '  lead') NOT NULL,
    marks set('hot', 'cold', 'luke') NOT NULL
);
