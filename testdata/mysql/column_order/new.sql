-- One move is enough: d to the front; besides one more in the middle.
CREATE TABLE ordered (
    d int, a int PRIMARY KEY, b int, more int, c int, e int, f int
);
