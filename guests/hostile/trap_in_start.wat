;; Traps in its start function: there is never an instance.
(module $trap_in_start
  (func $trap
    unreachable)
  (start $trap)

  (func $_start (export "_start")))
