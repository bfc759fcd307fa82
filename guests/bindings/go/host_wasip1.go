//go:build wasip1 && !observe_disabled

package observe

import "unsafe"

const enabled = true

// The host's number for text in the statsd format.
const statsd = 1

//go:wasmimport dylibso:observe/api span-enter
//go:noescape
func hostSpanEnter(name unsafe.Pointer, length uint32)

//go:wasmimport dylibso:observe/api span-exit
func spanExit()

//go:wasmimport dylibso:observe/api span-tags
//go:noescape
func hostSpanTags(tags unsafe.Pointer, length uint32)

//go:wasmimport dylibso:observe/api log
//go:noescape
func hostLog(level int32, text unsafe.Pointer, length uint32)

//go:wasmimport dylibso:observe/api metric
//go:noescape
func hostMetric(format int32, text unsafe.Pointer, length uint32)

// The host copies the text before it returns.

func spanEnter(name string) {
	hostSpanEnter(unsafe.Pointer(unsafe.StringData(name)), uint32(len(name)))
}

func spanTags(tags string) {
	hostSpanTags(unsafe.Pointer(unsafe.StringData(tags)), uint32(len(tags)))
}

func log(level Level, text string) {
	hostLog(int32(level), unsafe.Pointer(unsafe.StringData(text)), uint32(len(text)))
}

func metric(text string) {
	hostMetric(statsd, unsafe.Pointer(unsafe.StringData(text)), uint32(len(text)))
}
