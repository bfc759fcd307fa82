;; Logs an error of 1,000 bytes, again and again for ever.
(module $log_flood
  (import "dylibso:observe/api" "log" (func $log (param i32 i32 i32)))

  (memory (export "memory") 1)

  (func $_start (export "_start")
    (memory.fill (i32.const 0) (i32.const 0x6c) (i32.const 1000))
    (loop $again
      (call $log (i32.const 1) (i32.const 0) (i32.const 1000))
      (br $again))))
