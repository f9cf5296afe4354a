INSERT INTO gone VALUES (1, 1);
UPDATE gone SET a = 2;
INSERT INTO gone_with_columns (id) VALUES (1);
INSERT INTO gone_with_partitions VALUES (1);
DELETE FROM gone_with_partitions;
INSERT INTO shown VALUES (1);
INSERT INTO changed (id) VALUES (1), (2);
