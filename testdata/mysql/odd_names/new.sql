CREATE TABLE `select` (
    `from` int PRIMARY KEY, `it's` varchar(10), `with``tick` int, `a b` int, `"quoted"` int, `semi;colon` int,
    `order` int, `x-y` int, `1st` int, `$money` int, `dot.ted` int,
    KEY `group` (`a b`), UNIQUE KEY `key` (`order`), CONSTRAINT `che;ck` CHECK (`with``tick` > 0)
) COMMENT '/* not -- a # comment */';
CREATE TABLE `Straße und 漢字` (`größe` int PRIMARY KEY COMMENT 'naïve', `ñ` int);
CREATE TABLE `a234567890123456789012345678901234567890123456789012345678901234` (
    `b234567890123456789012345678901234567890123456789012345678901234` int PRIMARY KEY,
    KEY `k234567890123456789012345678901234567890123456789012345678901234` (`b234567890123456789012345678901234567890123456789012345678901234`)
);
CREATE VIEW `v``iew` AS SELECT `from` AS `to`, `it's` AS `a``b`, `with``tick` + 1 AS `sum of` FROM `select`;
CREATE TABLE unquoted (date int, time int, status int, type int, name int, value int, user int, comment int, data int);
DELIMITER |
CREATE PROCEDURE `pro``c`(IN `in` int)
BEGIN
    SELECT `in`;
END|
DELIMITER ;
