;; Asks for more memory and for a longer table, again and again for ever, however often it is refused.
(module $grow_forever
  (memory (export "memory") 1)
  (table $table 1 funcref)

  (func $_start (export "_start")
    (loop $again
      (drop (memory.grow (i32.const 1)))
      (drop (table.grow $table (ref.null func) (i32.const 1)))
      (br $again))))
