CREATE TABLE ticket (
    id int PRIMARY KEY,
    status enum('open', 'closed', 'lost') NOT NULL,
    colour enum('red', 'green') DEFAULT 'red',
    quoted enum('it''s', 'a,b', 'c"d') NOT NULL,
    marks set('hot', 'cold') NOT NULL
);
