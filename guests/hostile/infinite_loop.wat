;; Spins for ever in _start, with no call that a host could refuse.
(module $infinite_loop
  (func $_start (export "_start")
    (loop $again (br $again))))
