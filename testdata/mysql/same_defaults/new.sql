CREATE TABLE d (
    a int DEFAULT '007', b int, c decimal(6, 2) DEFAULT 7, d varchar(9) DEFAULT x'414243', e bool DEFAULT TRUE,
    f bit(4) DEFAULT 5, g date DEFAULT '2020-1-2', h datetime(3) DEFAULT '2020-01-02 03:04:05.5', i year DEFAULT '20',
    j datetime DEFAULT NOW(), k timestamp NULL DEFAULT CURRENT_TIMESTAMP(), l int DEFAULT 0x10 NOT NULL,
    m datetime(6) DEFAULT now(6) ON UPDATE current_timestamp(6), n set('a', 'b') DEFAULT 'b,a', o double DEFAULT 1e3,
    p text NULL, q varchar(9) DEFAULT "don't", r int DEFAULT - 5
);
