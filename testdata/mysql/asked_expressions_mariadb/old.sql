CREATE TABLE `t` (
  `a` int(11) DEFAULT NULL,
  `b` int(11) DEFAULT NULL,
  `c` int(11) DEFAULT NULL,
  `s` varchar(40) DEFAULT NULL,
  `d` datetime DEFAULT NULL,
  `j` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL CHECK (json_valid(`j`)),
  `p` point DEFAULT NULL,
  CONSTRAINT `e036` CHECK (`s` = 'AB'),
  CONSTRAINT `e037` CHECK (`s` = 'AB'),
  CONSTRAINT `e038` CHECK (`s` = 'A'),
  CONSTRAINT `e102` CHECK (convert(char(65) using utf8mb4) = `s`),
  CONSTRAINT `e103` CHECK (convert(char(65 using latin1) using utf8mb4) = `s`),
  CONSTRAINT `e114` CHECK (convert(cast(`s` as char charset latin1) using utf8mb4) = `s`),
  CONSTRAINT `e116` CHECK (convert(convert(`s` using latin1) using utf8mb4) = `s`),
  CONSTRAINT `e121` CHECK ((`d` > `d`) + interval 1 day)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
