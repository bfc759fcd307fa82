;; Imports a function that no host offers: it cannot be instantiated.
(module $unknown_import
  (import "env" "nothing_like_this" (func $nothing_like_this (param i32) (result i32)))
  (func $_start (export "_start")
    (drop (call $nothing_like_this (i32.const 1)))))
