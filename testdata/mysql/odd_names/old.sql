CREATE TABLE `select` (`from` int PRIMARY KEY, `it's` varchar(10), `with``tick` int, `a b` int, KEY `group` (`a b`));
CREATE TABLE `Straße und 漢字` (`größe` int PRIMARY KEY COMMENT 'naïve');
