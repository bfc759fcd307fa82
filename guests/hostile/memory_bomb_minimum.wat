;; Declares that it needs 4 GiB of memory from the beginning.
(module $memory_bomb_minimum
  (memory (export "memory") 65536)

  (func $_start (export "_start")))
