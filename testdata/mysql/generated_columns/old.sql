CREATE TABLE line (
    id int PRIMARY KEY, price decimal(8, 2) NOT NULL, amount int NOT NULL, word varchar(20),
    total decimal(12, 2) AS (price * amount) STORED,
    upper_word varchar(20) AS (upper(word)) VIRTUAL,
    becomes_plain int AS (amount + 1) STORED,
    goes int AS (amount * 2),
    KEY by_total (total)
);
