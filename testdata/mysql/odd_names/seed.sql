INSERT INTO `select` (`from`) VALUES (1);
