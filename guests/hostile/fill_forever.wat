;; Fills 128 MiB by one instruction, again and again for ever: no call and few loops in which to be stopped.
(module $fill_forever
  (memory (export "memory") 2048)

  (func $_start (export "_start")
    (loop $again
      (memory.fill (i32.const 0) (i32.const 0x5a) (i32.const 0x8000000))
      (br $again))))
