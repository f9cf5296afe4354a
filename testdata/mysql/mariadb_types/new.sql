CREATE TABLE m (id uuid PRIMARY KEY DEFAULT uuid(), ip inet6 DEFAULT '::1', ip4 inet4, c text, plain text COMPRESSED);
