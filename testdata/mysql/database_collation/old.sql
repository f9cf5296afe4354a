CREATE TABLE t (id int PRIMARY KEY, a varchar(10) COLLATE utf8mb4_unicode_ci) COLLATE utf8mb4_unicode_ci;
