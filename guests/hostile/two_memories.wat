;; Has two memories, one of them hidden, and grows both by a page at a time until both are refused. It gives the pages
;; that it has then.
(module $two_memories
  (memory $shown (export "memory") 1)
  (memory $hidden 1)

  (func $run (export "run") (result i32)
    (loop $again
      (br_if $again (i32.ne
        (i32.and (memory.grow $shown (i32.const 1)) (memory.grow $hidden (i32.const 1)))
        (i32.const -1))))
    (i32.add (memory.size $shown) (memory.size $hidden))))
