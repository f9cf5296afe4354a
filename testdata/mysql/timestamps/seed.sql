INSERT INTO event_log (id, changed) VALUES (1, '2024-01-01 10:00:00');
