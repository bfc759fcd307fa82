;; Writes to stdout for ever, 64 KiB at a time.
(module $stdout_flood
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))

  (memory (export "memory") 2)
  (data (i32.const 0) "\00\00\01\00\00\00\01\00")                 ;; 64 KiB from 64 KiB on

  (func $_start (export "_start")
    (memory.fill (i32.const 0x10000) (i32.const 0x6f) (i32.const 0x10000))
    (loop $again
      (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 16)))
      (br $again))))
