CREATE TABLE parent (id int PRIMARY KEY, code int NOT NULL, UNIQUE KEY (code));
CREATE TABLE acts (id int PRIMARY KEY, p int, CONSTRAINT acts_fk FOREIGN KEY (p) REFERENCES parent (id) ON DELETE CASCADE);
CREATE TABLE points (id int PRIMARY KEY, p int, q int, CONSTRAINT points_fk FOREIGN KEY (q) REFERENCES parent (code));
CREATE TABLE has_index (id int PRIMARY KEY, p int, KEY k (p), CONSTRAINT has_index_fk FOREIGN KEY (p) REFERENCES parent (id) ON UPDATE CASCADE);
CREATE TABLE tree (id int PRIMARY KEY, up int, CONSTRAINT tree_fk FOREIGN KEY (up) REFERENCES tree (id) ON DELETE SET NULL);
CREATE TABLE wide_tree (id bigint PRIMARY KEY, up bigint, CONSTRAINT wide_tree_fk FOREIGN KEY (up) REFERENCES wide_tree (id));
CREATE TABLE a_foreign_key_of_a_name_that_leaves_no_room_for_another_word (id int PRIMARY KEY, p int, CONSTRAINT a_foreign_key_of_a_name_that_leaves_no_room_for_another_word_fk FOREIGN KEY (p) REFERENCES parent (id) ON DELETE SET NULL);
