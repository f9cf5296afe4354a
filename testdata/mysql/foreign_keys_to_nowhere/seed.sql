INSERT INTO here VALUES (1);
SET foreign_key_checks = 0;
INSERT INTO away VALUES (1, 5);
INSERT INTO mixed VALUES (1, 5, 1);
INSERT INTO gets VALUES (1, 5, 1);
INSERT INTO beside VALUES (1, 5, 1);
INSERT INTO `both` VALUES (1, 5, 1);
