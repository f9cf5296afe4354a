CREATE TABLE line (
    id int PRIMARY KEY, price decimal(8, 2) NOT NULL, amount int NOT NULL, word varchar(20),
    total decimal(12, 2) AS (price * amount * 2) STORED,
    upper_word varchar(30) AS (concat(upper(word), '!')) VIRTUAL,
    becomes_plain int,
    added int GENERATED ALWAYS AS (amount % 3) VIRTUAL COMMENT 'rest',
    KEY by_total (total),
    KEY by_added (added)
);
