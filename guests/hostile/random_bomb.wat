;; Asks for 2 GiB of random bytes by one call, which takes the host seconds if it does not look at the clock meanwhile.
(module $random_bomb
  (import "wasi_snapshot_preview1" "random_get" (func $random_get (param i32 i32) (result i32)))

  (memory (export "memory") 32768)

  (func $_start (export "_start")
    (loop $again
      (drop (call $random_get (i32.const 0) (i32.const 0x7fffffff)))
      (br $again))))
