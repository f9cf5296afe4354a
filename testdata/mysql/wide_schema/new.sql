-- The collation that clients of MySQL say at the start, and the strings of views and programs get.
SET NAMES utf8mb4;
-- A small product from nothing: everything at once.
CREATE TABLE base (id int unsigned NOT NULL AUTO_INCREMENT, PRIMARY KEY (id));
CREATE TABLE users (
    id bigint unsigned NOT NULL AUTO_INCREMENT,
    email varchar(191) NOT NULL,
    password_hash varbinary(64) NOT NULL,
    role enum('admin', 'editor', 'reader') NOT NULL DEFAULT 'reader',
    settings json DEFAULT NULL,
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    deleted_at datetime(6) DEFAULT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY users_email_unique (email),
    KEY users_role_created (role, created_at DESC)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='people';
CREATE TABLE posts (
    id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    user_id bigint unsigned NOT NULL,
    parent_id bigint unsigned,
    slug varchar(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    title varchar(255) NOT NULL DEFAULT '',
    body mediumtext NOT NULL,
    words int unsigned AS (char_length(body) DIV 5) VIRTUAL,
    rating decimal(3, 2) NOT NULL DEFAULT 0,
    UNIQUE (slug),
    KEY (user_id, id),
    FULLTEXT KEY search (title, body),
    CONSTRAINT posts_rating CHECK (rating BETWEEN 0 AND 5),
    CONSTRAINT posts_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT posts_parent FOREIGN KEY (parent_id) REFERENCES posts (id) ON DELETE SET NULL
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
CREATE TABLE post_tags (
    post_id bigint unsigned NOT NULL,
    tag varchar(40) NOT NULL,
    PRIMARY KEY (tag, post_id),
    FOREIGN KEY (post_id) REFERENCES posts (id)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
CREATE TABLE counters (name char(32) CHARACTER SET latin1 NOT NULL, day date NOT NULL, n int NOT NULL DEFAULT 0, PRIMARY KEY (name, day))
    ENGINE=InnoDB ROW_FORMAT=DYNAMIC
    PARTITION BY RANGE COLUMNS (day) (PARTITION old VALUES LESS THAN ('2025-01-01'), PARTITION new VALUES LESS THAN (MAXVALUE));
CREATE VIEW active_users AS SELECT u.id, u.email, u.role FROM users u WHERE u.deleted_at IS NULL;
CREATE VIEW post_counts AS
    SELECT a.id, a.email, count(p.id) AS posts, coalesce(max(p.rating), 0) AS best
    FROM active_users a LEFT JOIN posts p ON p.user_id = a.id GROUP BY a.id, a.email;
DELIMITER $$
CREATE FUNCTION slugify(t varchar(255)) RETURNS varchar(100) DETERMINISTIC
BEGIN
    DECLARE s varchar(255) DEFAULT lower(trim(t));
    RETURN left(replace(s, ' ', '-'), 100);
END$$
CREATE TRIGGER posts_slug BEFORE INSERT ON posts FOR EACH ROW
BEGIN
    IF NEW.slug = '' THEN
        SET NEW.slug = slugify(NEW.title);
    END IF;
END$$
CREATE PROCEDURE forget(IN before_day date)
BEGIN
    DELETE FROM counters WHERE day < before_day;
END$$
DELIMITER ;
CREATE EVENT forget_daily ON SCHEDULE EVERY 1 DAY STARTS '2031-01-01 04:00:00' DO CALL forget(curdate() - INTERVAL 90 DAY);
