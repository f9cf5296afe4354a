CREATE TABLE tune (
    id int PRIMARY KEY, a int, b int,
    KEY hidden (a) /*!80000 INVISIBLE */ /*M! IGNORED */,
    KEY seen (b)
);
