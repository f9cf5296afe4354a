CREATE TABLE d (
    a int DEFAULT 7, b int DEFAULT NULL, c decimal(6, 2) DEFAULT '7.00', d varchar(9) DEFAULT 'ABC', e tinyint(1) DEFAULT 1,
    f bit(4) DEFAULT b'101', g date DEFAULT '2020-01-02', h datetime(3) DEFAULT '2020-01-02 03:04:05.500', i year DEFAULT 2020,
    j datetime DEFAULT CURRENT_TIMESTAMP, k timestamp NULL DEFAULT CURRENT_TIMESTAMP, l int NOT NULL DEFAULT 16,
    m datetime(6) DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6), n set('a', 'b') DEFAULT 'a,b', o double DEFAULT 1000,
    p text, q varchar(9) DEFAULT 'don''t', r int DEFAULT -5
);
