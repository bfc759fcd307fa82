;; Spins for ever in its start function: before any entry point is called.
(module $loop_in_start
  (func $spin
    (loop $again (br $again)))
  (start $spin)

  (func $_start (export "_start")))
