CREATE TABLE c (
    id int PRIMARY KEY COMMENT 'plain',
    a int COMMENT 'goes',
    b int,
    d int COMMENT 'quote '' and "double"',
    KEY k (a) COMMENT 'of a key'
) COMMENT 'of the table';
