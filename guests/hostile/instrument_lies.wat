;; Reports as an instrumenter does, but functions that do not exist, exits without their enters and in the wrong order,
;; and growth that never was; 100,000 times.
(module $instrument_lies
  (import "dylibso:observe/instrument" "enter" (func $enter (param i32)))
  (import "dylibso:observe/instrument" "exit" (func $exit (param i32)))
  (import "dylibso:observe/instrument" "memory-grow" (func $memory_grow (param i32)))

  (memory (export "memory") 1)

  (func $_start (export "_start") (local $left i32)
    (local.set $left (i32.const 100000))
    (loop $again
      (call $enter (local.get $left))
      (call $enter (i32.const -1))
      (call $enter (i32.const 0x80000000))
      (call $memory_grow (i32.const -1))
      (call $exit (i32.const 12345678))
      (call $exit (local.get $left))
      (call $exit (local.get $left))
      (call $exit (i32.const -1))
      (call $exit (i32.const 0x80000000))
      (br_if $again (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))))
