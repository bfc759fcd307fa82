;; Asks for 64 MiB of random bytes by one call, again and again for ever: the host is always at work for it.
(module $random_forever
  (import "wasi_snapshot_preview1" "random_get" (func $random_get (param i32 i32) (result i32)))

  (memory (export "memory") 1024)

  (func $_start (export "_start")
    (loop $again
      (drop (call $random_get (i32.const 0) (i32.const 0x4000000)))
      (br $again))))
