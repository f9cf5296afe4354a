INSERT INTO "Odd Name"."Order" VALUES (1, 'k=>1');
