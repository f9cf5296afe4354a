CREATE TABLE widths (a int(11), b bigint(20), c smallint(5) unsigned, d bool, e tinyint(3) unsigned);
