;; What automatic instrumentation makes of a small program: each direct call stands between `enter`
;; and `exit` with the called function's index, exports go through shims that do the same, and
;; memory.grow is announced. Of its calls, $busy takes a tenth of a millisecond or more, and so does
;; $work, which calls it; $leaf takes a few nanoseconds.
(module $instrumented
  (import "dylibso:observe/instrument" "enter" (func $enter (param i32)))
  (import "dylibso:observe/instrument" "exit" (func $exit (param i32)))
  (import "dylibso:observe/instrument" "memory-grow" (func $memory_grow (param i32)))

  (memory (export "memory") 1)
  (global $state (mut i32) (i32.const 1))

  ;; one step of a xorshift generator
  (func $leaf (param $x i32) (result i32)                                   ;; 3
    (local.set $x (i32.xor (local.get $x) (i32.shl (local.get $x) (i32.const 13))))
    (local.set $x (i32.xor (local.get $x) (i32.shr_u (local.get $x) (i32.const 17))))
    (i32.xor (local.get $x) (i32.shl (local.get $x) (i32.const 5))))

  ;; The state lives in a global, so that an optimizing engine cannot leave the loop out.
  (func $busy (param $turns i32)                                            ;; 4
    (loop $again
      (global.set $state
        (i32.add (i32.mul (global.get $state) (i32.const 1664525)) (i32.const 1013904223)))
      (local.set $turns (i32.sub (local.get $turns) (i32.const 1)))
      (br_if $again (local.get $turns))))

  (func $work (param $count i32)                                            ;; 5
    (loop $again
      (call $enter (i32.const 3))
      (global.set $state (call $leaf (global.get $state)))
      (call $exit (i32.const 3))
      (local.set $count (i32.sub (local.get $count) (i32.const 1)))
      (br_if $again (local.get $count)))
    (call $enter (i32.const 4))
    (call $busy (i32.const 200000))
    (call $exit (i32.const 4)))

  (func $grow (param $pages i32)                                            ;; 6
    (call $memory_grow (local.get $pages))
    (drop (memory.grow (local.get $pages))))

  (func $main                                                               ;; 7
    (call $enter (i32.const 4))
    (call $busy (i32.const 2000000))
    (call $exit (i32.const 4))
    (call $enter (i32.const 5))
    (call $work (i32.const 100))
    (call $exit (i32.const 5))
    (call $enter (i32.const 6))
    (call $grow (i32.const 2))
    (call $exit (i32.const 6)))

  (func $instrument_exp__start (export "_start")                            ;; 8
    (call $enter (i32.const 7))
    (call $main)
    (call $exit (i32.const 7))))
