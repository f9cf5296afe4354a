CREATE TABLE products (
    id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    sku varchar(20) NOT NULL,
    title varchar(100) NOT NULL,
    price decimal(10, 2) NOT NULL CHECK (price >= 0),
    tags json,
    stock int NOT NULL DEFAULT 0,
    CONSTRAINT in_stock CHECK (stock >= 0),
    UNIQUE KEY sku (sku),
    FULLTEXT KEY by_title (title)
);
