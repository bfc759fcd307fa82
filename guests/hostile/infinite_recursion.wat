;; Calls itself until the stack is used up; the addition after the call keeps it from being a loop.
(module $infinite_recursion
  (func $deeper (param $n i32) (result i32)
    (i32.add (call $deeper (i32.add (local.get $n) (i32.const 1))) (i32.const 1)))

  (func $_start (export "_start")
    (drop (call $deeper (i32.const 0)))))
