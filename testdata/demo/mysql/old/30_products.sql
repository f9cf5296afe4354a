CREATE TABLE products (
    id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    sku varchar(20) NOT NULL,
    title varchar(100) NOT NULL,
    price decimal(10, 2) NOT NULL CHECK (price >= 0),
    stock int NOT NULL DEFAULT 0,
    KEY sku (sku)
);
