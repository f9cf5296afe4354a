CREATE TABLE doc (id int PRIMARY KEY, owner text NOT NULL, public boolean DEFAULT false);
ALTER TABLE doc ENABLE ROW LEVEL SECURITY;
CREATE POLICY mine ON doc USING (owner = current_user);
CREATE POLICY old_way ON doc FOR DELETE USING (false);
