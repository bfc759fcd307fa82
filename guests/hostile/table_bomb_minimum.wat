;; Declares a table of 10,000,000 elements.
(module $table_bomb_minimum
  (table 10000000 funcref)

  (func $_start (export "_start")))
