CREATE TABLE event_log (
    id int PRIMARY KEY,
    made timestamp(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    changed timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    seen timestamp NULL DEFAULT '2030-01-01 00:00:00',
    extra timestamp NULL
);
