CREATE TABLE tune (
    id int PRIMARY KEY, a int, b int,
    KEY hidden (a),
    KEY seen (b) /*!80000 INVISIBLE */ /*M! IGNORED */
);
