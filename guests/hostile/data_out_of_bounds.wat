;; Has a data segment that ends one byte after its memory.
(module $data_out_of_bounds
  (memory (export "memory") 1)
  (data (i32.const 65533) "data")

  (func $_start (export "_start")))
