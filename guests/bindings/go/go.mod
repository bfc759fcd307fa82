module wasmaspire/observe

go 1.21
