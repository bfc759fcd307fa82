/*
 * Counts the primes below a million, and the first gap between two of them that is wide enough. It
 * has no WASI, so what it finds it tells as a log and as tags.
 */
import * as observe from "../bindings/assemblyscript/observe";

const LIMIT: i32 = 1_000_000;
const WIDE: i32 = 100;

/** For each number below the limit, whether it is composite. */
function sieve(limit: i32): StaticArray<bool> {
  return observe.spanWith<i32, StaticArray<bool>>("sieve", limit, (limit) => {
    observe.tag("limit", limit);
    const composite = new StaticArray<bool>(limit);
    for (let factor = 2; factor * factor < limit; factor++) {
      if (composite[factor]) {
        continue;
      }
      for (let multiple = factor * factor; multiple < limit; multiple += factor) {
        composite[multiple] = true;
      }
    }
    return composite;
  });
}

function count(composite: StaticArray<bool>): i32 {
  return observe.spanWith<StaticArray<bool>, i32>("count", composite, (composite) => {
    let primes = 0;
    for (let number = 2; number < composite.length; number++) {
      primes += i32(!composite[number]);
    }
    observe.tag("primes", primes);
    return primes;
  });
}

/** The prime after which no other comes for a while; -1 where there is none. */
function findGap(composite: StaticArray<bool>): i32 {
  return observe.spanWith<StaticArray<bool>, i32>("find_gap", composite, (composite) => {
    let last = 2;
    for (let number = 3; number < composite.length; number++) {
      if (composite[number]) {
        continue;
      }
      if (number - last >= WIDE) {
        observe.tag("width", number - last);
        return last; // the span ends here as well
      }
      last = number;
    }
    return -1;
  });
}

observe.span("primes", () => {
  const composite = sieve(LIMIT);
  const primes = count(composite);
  const gap = findGap(composite);
  observe.counter("primes", primes);
  observe.log(observe.Level.Info, `${primes} primes below ${LIMIT}, the first wide gap after ${gap}`);
});
