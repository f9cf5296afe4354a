CREATE TABLE event_log (
    id int PRIMARY KEY,
    made timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    changed timestamp NULL DEFAULT NULL ON UPDATE CURRENT_TIMESTAMP,
    seen timestamp NULL
);
