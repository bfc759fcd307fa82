;; Exports its one memory of 1 MiB by four names, so that who adds them up counts it four times.
(module $memory_many_names
  (memory (export "memory") (export "again") (export "once more") (export "") 16)

  (func $_start (export "_start")))
