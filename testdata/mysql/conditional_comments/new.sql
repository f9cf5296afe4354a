CREATE TABLE c (
    id int PRIMARY KEY,
    a int /*!50000 NOT NULL */,
    b int /*!99999 NOT NULL */,
    d int /*! DEFAULT 5 */,
    /*M! only_mariadb int, */
    /*!80000 from_8 int, */
    e int /* a plain comment; with an apostrophe' in it */
);
/*!99999 CREATE TABLE never (x int) */;
# a comment
-- another; CREATE TABLE no (x int);
