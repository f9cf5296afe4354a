CREATE TABLE comes (a int, b int);
CREATE TABLE changes (a int CHECK (a > 0));
CREATE TABLE grows (a int);
CREATE TABLE leaves (a int CHECK (a > 0));
