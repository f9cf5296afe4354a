-- Both ends of a foreign key change their type: the constraint cannot stay meanwhile.
CREATE TABLE owner_list (id bigint NOT NULL PRIMARY KEY, name varchar(30));
CREATE TABLE dog (
    id int NOT NULL PRIMARY KEY, owner_id bigint NOT NULL, second_id bigint,
    CONSTRAINT dog_owner FOREIGN KEY (owner_id) REFERENCES owner_list (id) ON DELETE CASCADE,
    CONSTRAINT dog_second FOREIGN KEY (second_id) REFERENCES owner_list (id)
);
