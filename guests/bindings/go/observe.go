// Package observe sends spans, tags, logs and metrics from a WebAssembly guest to its host: the
// Observe API for Go.
//
//	func load(path string) ([]byte, error) {
//		defer observe.Span("load").End() // ends with this function, whichever way it is left
//		observe.Tag("path", path)
//		bytes, err := os.ReadFile(path)
//		if err != nil {
//			observe.Logf(observe.Error, "cannot open %s: %v", path, err)
//			return nil, err
//		}
//		return bytes, nil
//	}
//
// A module that calls these functions imports them from dylibso:observe/api, so it only runs on a
// host that offers them. With the build tag observe_disabled, and on targets other than wasip1,
// every function is a no-op and nothing is imported.
//
// The host closes spans from the inside out and knows no goroutines: only one goroutine at a time
// may have spans open.
package observe

import (
	"fmt"
	"strings"
	"time"
)

// A Level says how grave a log record is.
type Level int32

const (
	Error Level = 1
	Warn  Level = 2
	Info  Level = 3
	Debug Level = 4
	Trace Level = 5
)

// An OpenSpan is to be ended in the function that opened it.
type OpenSpan struct{}

// Span opens a span inside the innermost open one. Use it as: defer observe.Span("name").End()
func Span(name string) OpenSpan {
	spanEnter(name)
	return OpenSpan{}
}

// End closes the innermost open span. A panic runs it when it is deferred; os.Exit and a trap do
// not, and the host closes what they leave open.
func (OpenSpan) End() {
	spanExit()
}

var (
	keys   = strings.NewReplacer(",", "_", ":", "_")
	values = strings.NewReplacer(",", ";")
)

// Tag tags the innermost open span. The API joins tags with commas and ends a key at its first
// colon, so a comma in a value becomes a semicolon, a comma or colon in a key an underscore.
func Tag(key string, value any) {
	if enabled {
		spanTags(keys.Replace(key) + ":" + values.Replace(fmt.Sprint(value)))
	}
}

// Log writes a log record, correlated with the innermost open span.
func Log(level Level, message string) {
	log(level, message)
}

// Logf does the same with a message formatted as by fmt.Printf.
func Logf(level Level, format string, arguments ...any) {
	if enabled {
		log(level, fmt.Sprintf(format, arguments...))
	}
}

// Metric sends a line of statsd text, for kinds that have no function here.
func Metric(statsd string) {
	metric(statsd)
}

// Counter adds to a counter. The name of a metric holds no ':' and no '|'.
func Counter(name string, delta int64) {
	if enabled {
		metric(fmt.Sprintf("%s:%d|c", name, delta))
	}
}

// Gauge sets a gauge.
func Gauge(name string, value float64) {
	if enabled {
		metric(fmt.Sprintf("%s:%g|g", name, value))
	}
}

// Timing records a duration, to the microsecond.
func Timing(name string, duration time.Duration) {
	if enabled {
		metric(fmt.Sprintf("%s:%.3f|ms", name, float64(duration)/float64(time.Millisecond)))
	}
}
