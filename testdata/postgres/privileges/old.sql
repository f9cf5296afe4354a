CREATE TABLE ledger (id int PRIMARY KEY, amount int, secret text);
CREATE FUNCTION audit() RETURNS int LANGUAGE sql AS 'SELECT 1';
GRANT SELECT, INSERT ON ledger TO plumb_test_reader;
GRANT UPDATE (amount) ON ledger TO plumb_test_writer;
