;; Measures for ever, each time by another name and with another tag.
(module $metric_flood
  (import "dylibso:observe/api" "metric" (func $metric (param i32 i32 i32)))

  (memory (export "memory") 1)
  (data (i32.const 16) "aaaaaa:1|c|#tag:aaaaaa")

  ;; the next number, in letters, at a place
  (func $count (param $at i32)
    (loop $carry
      (i32.store8 (local.get $at) (i32.add (i32.load8_u (local.get $at)) (i32.const 1)))
      (if (i32.gt_u (i32.load8_u (local.get $at)) (i32.const 0x7a))
        (then
          (i32.store8 (local.get $at) (i32.const 0x61))
          (local.set $at (i32.add (local.get $at) (i32.const 1)))
          (br $carry)))))

  (func $_start (export "_start")
    (loop $again
      (call $count (i32.const 16))
      (call $count (i32.const 32))
      (call $metric (i32.const 1) (i32.const 16) (i32.const 22))
      (br $again))))
