;; Reads the beginning of /data/file.txt, 64 KiB at a time, again and again for ever.
(module $read_forever
  (import "wasi_snapshot_preview1" "path_open" (func $path_open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_pread" (func $fd_pread (param i32 i32 i32 i64 i32) (result i32)))

  (memory (export "memory") 2)
  (data (i32.const 0) "\00\00\01\00\00\00\01\00")                 ;; 64 KiB from 64 KiB on
  (data (i32.const 32) "data/file.txt")

  (func $_start (export "_start")
    (if (call $path_open (i32.const 3) (i32.const 0) (i32.const 32) (i32.const 13) (i32.const 0) (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 16))
      (then unreachable))
    (loop $again
      (if (call $fd_pread (i32.load (i32.const 16)) (i32.const 0) (i32.const 1) (i64.const 0) (i32.const 20))
        (then unreachable))
      (br $again))))
