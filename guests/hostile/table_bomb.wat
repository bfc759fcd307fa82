;; Grows a table by 1,000 elements at a time until it is refused, and gives the elements that it has then.
(module $table_bomb
  (table $table 0 funcref)

  (func $run (export "run") (result i32)
    (loop $again
      (br_if $again (i32.ne (table.grow $table (ref.null func) (i32.const 1000)) (i32.const -1))))
    (table.size $table)))
