-- SQL/JSON and XML (PostgreSQL 16 and later).
CREATE TABLE docs (id int PRIMARY KEY, name varchar(20), data jsonb, raw json, doc xml, CHECK (raw IS JSON OBJECT), CHECK (name IS NOT JSON));
CREATE VIEW j1 AS SELECT json_object('id': id, 'name': name) AS o, json_array(id, name, 'x') AS a FROM docs;
CREATE VIEW j2 AS SELECT json_objectagg(id : name) AS o, json_arrayagg(name ORDER BY id) AS a, json_object('a' VALUE 1 ABSENT ON NULL RETURNING jsonb) AS b FROM docs;
CREATE VIEW j3 AS SELECT json_array(SELECT id FROM docs) AS q, data IS JSON AS i FROM docs;
CREATE VIEW x1 AS SELECT t.* FROM docs, xmltable('/a/b' PASSING doc COLUMNS n FOR ORDINALITY, x int PATH '@x', y varchar(5) DEFAULT 'q') t;
CREATE VIEW x2 AS SELECT xmlserialize(content doc AS text) AS s, xmlexists('/a' PASSING doc) AS e, doc IS DOCUMENT AS d, xmlparse(document '<a/>') AS p, xmlpi(name php, 'x') AS i, xmlagg(doc ORDER BY id) AS g FROM docs GROUP BY docs.id;
