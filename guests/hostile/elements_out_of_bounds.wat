;; Has an element segment that begins long after its table.
(module $elements_out_of_bounds
  (table 1 funcref)
  (elem (i32.const 0x7fffffff) $_start)

  (func $_start (export "_start")))
