INSERT INTO leaving.person VALUES (1, 'glad', 'ann'), (2, 'sad', 'bob');
INSERT INTO public.stays VALUES (1, 2);
SELECT setval('leaving.numbers', 41);
