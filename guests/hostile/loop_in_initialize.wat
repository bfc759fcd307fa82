;; A reactor that spins for ever in _initialize, so `run` is never reached.
(module $loop_in_initialize
  (func $_initialize (export "_initialize")
    (loop $again (br $again)))

  (func $run (export "run") (result i32)
    (i32.const 1)))
