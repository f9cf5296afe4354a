CREATE TABLE score (id int PRIMARY KEY, game int, points int, KEY best (game ASC, points DESC), KEY newest (id));
