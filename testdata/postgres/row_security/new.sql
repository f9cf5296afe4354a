CREATE TABLE doc (id int PRIMARY KEY, owner text NOT NULL, public boolean DEFAULT false);
ALTER TABLE doc ENABLE ROW LEVEL SECURITY;
ALTER TABLE doc FORCE ROW LEVEL SECURITY;
CREATE POLICY mine ON doc USING (owner = current_user) WITH CHECK (owner = current_user AND NOT public);
CREATE POLICY readers ON doc AS RESTRICTIVE FOR SELECT TO plumb_test_reader, plumb_test_writer
    USING (public OR EXISTS (SELECT 1 FROM doc d WHERE d.id = doc.id));
