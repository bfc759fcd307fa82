;; Exits with the greatest code that there is: 4294967295, which is -1 to who reads it as signed.
(module $exit_code_max
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))

  (memory (export "memory") 1)

  (func $_start (export "_start")
    (call $proc_exit (i32.const -1))))
