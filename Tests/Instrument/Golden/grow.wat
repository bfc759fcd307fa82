(module
  (type (;0;) (func (param i32) (result i32)))
  (type (;1;) (func (param i32)))
  (import "dylibso:observe/instrument" "enter" (func $observe:enter (type 1)))
  (import "dylibso:observe/instrument" "exit" (func $observe:exit (type 1)))
  (import "dylibso:observe/instrument" "memory-grow" (func $observe:memory-grow (type 1)))
  (func $grow (type 0) (param $pages i32) (result i32)
    i32.const 3
    call $observe:enter
    block (result i32)  ;; label = @1
      local.get $pages
      i32.eqz
      if  ;; label = @2
        i32.const -1
        br 1 (;@1;)
      end
      local.get $pages
      call $observe:memory.grow
    end
    i32.const 3
    call $observe:exit)
  (func $observe:memory.grow (type 0) (param i32) (result i32)
    local.get 0
    call $observe:memory-grow
    local.get 0
    memory.grow)
  (memory (;0;) 1)
  (export "grow" (func $grow)))
