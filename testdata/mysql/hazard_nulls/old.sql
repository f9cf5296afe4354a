CREATE TABLE counted (n int NULL, KEY (n));
