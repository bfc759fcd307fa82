module wasmaspire/guests

go 1.21

require wasmaspire/observe v0.0.0

replace wasmaspire/observe => ../bindings/go
