CREATE TABLE team (id int PRIMARY KEY, code text);
CREATE TABLE member (
    team_id int REFERENCES team,
    nick text,
    age int CONSTRAINT age_is_sane CHECK (age > 0 AND age < 150),
    UNIQUE (team_id, nick)
);
CREATE INDEX member_nick ON member (nick);
