CREATE TABLE per (id int PRIMARY KEY, \
  begin date, end date);
DELIMITER #
CREATE PROCEDURE close_all() BEGIN UPDATE per SET end = NOW() WHERE end IS NULL; END #
CREATE FUNCTION days(begin date, end date) RETURNS int DETERMINISTIC RETURN DATEDIFF(end, begin) #
CREATE FUNCTION later(begin date, end date) RETURNS date DETERMINISTIC
RETURN CASE WHEN end > begin THEN end ELSE begin END #
CREATE FUNCTION twice(end int) RETURNS int DETERMINISTIC
BEGIN
  DECLARE begin int DEFAULT 0;
  REPEAT SET begin = begin + 1; UNTIL begin > end END REPEAT;
  IF end > 0 THEN SET end = CASE end WHEN 1 THEN end ELSE end + begin END; END IF;
  CASE end WHEN 1 THEN SET begin = end; ELSE BEGIN END; END CASE;
  `loop`: WHILE begin < end DO SET begin = end; LEAVE `loop`; END WHILE `loop`;
  RETURN begin * 2;
END #
DELIMITER ;
CREATE TRIGGER opened BEFORE INSERT ON per FOR EACH ROW SET NEW.begin = NEW.end;
# a comment again
CREATE VIEW open AS SELECT id, begin, CASE WHEN end IS NULL THEN begin ELSE end END AS until FROM per;
