CREATE TABLE widths (a int, b bigint, c smallint unsigned, d tinyint(1), e tinyint unsigned);
