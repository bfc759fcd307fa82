// Looks for the number below a million whose Collatz sequence is the longest.
package main

import (
	"errors"
	"fmt"
	"os"
	"time"

	"wasmaspire/observe"
)

const limit = 1_000_000

func length(number uint64) int {
	steps := 1
	for number != 1 {
		if number%2 == 0 {
			number /= 2
		} else {
			number = 3*number + 1
		}
		steps++
	}
	return steps
}

func longestBelow(limit uint64) (uint64, error) {
	defer observe.Span("longest_below").End()
	observe.Tag("limit", limit)
	if limit < 2 {
		return 0, errors.New("there is no number below the limit") // the span ends here as well
	}
	began := time.Now()
	best, steps := uint64(1), 1
	for number := uint64(2); number < limit; number++ {
		if found := length(number); found > steps {
			best, steps = number, found
		}
	}
	observe.Tag("steps", steps)
	observe.Timing("search_time", time.Since(began))
	return best, nil
}

func run() error {
	defer observe.Span("collatz").End()
	best, err := longestBelow(limit)
	if err != nil {
		observe.Logf(observe.Error, "no result: %v", err)
		return err
	}
	observe.Logf(observe.Info, "the longest sequence below %d begins with %d", limit, best)
	fmt.Println(best)
	return nil
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "collatz:", err)
		os.Exit(1)
	}
}
