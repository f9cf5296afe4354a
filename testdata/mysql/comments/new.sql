CREATE TABLE c (
    id int PRIMARY KEY COMMENT 'changed',
    a int,
    b int COMMENT 'line one\nline two\ttab \\ backslash',
    d int COMMENT 'don''t; -- say "this" /* or */ `that` # ever',
    KEY k (a) COMMENT 'of a key''s'
) COMMENT 'Ein Wörterbuch: naïve café, 日本語, and beyond the plane 😀';
