CREATE TABLE m (id uuid PRIMARY KEY DEFAULT uuid(), ip inet6, c text COMPRESSED, plain text);
