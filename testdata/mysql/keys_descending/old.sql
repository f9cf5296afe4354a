CREATE TABLE score (id int PRIMARY KEY, game int, points int, KEY best (game, points), KEY newest (id DESC));
