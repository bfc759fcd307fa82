;; Grows its memory by 1 MiB at a time and writes to each page, until it is refused; then it traps.
(module $memory_bomb_growth
  (memory (export "memory") 1)

  (func $_start (export "_start") (local $at i32)
    (loop $again
      (if (i32.eq (memory.grow (i32.const 16)) (i32.const -1))
        (then unreachable))
      (loop $touch
        (i32.store (local.get $at) (i32.const 1))
        (local.set $at (i32.add (local.get $at) (i32.const 0x1000)))
        (br_if $touch (i32.lt_u (local.get $at) (i32.mul (memory.size) (i32.const 0x10000)))))
      (br $again))))
