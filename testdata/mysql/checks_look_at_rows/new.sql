CREATE TABLE comes (a int CHECK (a <> 3), b int);
CREATE TABLE changes (a int CHECK (a > 1));
CREATE TABLE grows (a int, b int DEFAULT 4 CHECK (b > 3));
CREATE TABLE leaves (a int);
