-- Expressions that MariaDB stores otherwise than plumb can tell: it has to ask.
CREATE TABLE t (
    a int, b int, c int, s varchar(40), d datetime, j json, p point,
    CONSTRAINT e036 CHECK (s = x'4142'),
    CONSTRAINT e037 CHECK (s = 0x4142),
    CONSTRAINT e038 CHECK (s = b'1000001'),
    CONSTRAINT e102 CHECK (CHAR(65) = s),
    CONSTRAINT e103 CHECK (CHAR(65 USING latin1) = s),
    CONSTRAINT e114 CHECK (CAST(s AS char CHARACTER SET latin1) = s),
    CONSTRAINT e116 CHECK (CONVERT(s USING latin1) = s),
    CONSTRAINT e121 CHECK (INTERVAL 1 DAY + d > d)
);
