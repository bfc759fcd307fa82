// Uses all of observe.ts; compiled by AssemblyScriptBindingTests.
import * as observe from "./observe";

class Pair {
  constructor(public left: i32, public right: i32) {}

  toString(): string {
    return `${this.left}:${this.right}`;
  }
}

function leaveEarly(text: string): i32 {
  return observe.spanWith<string, i32>("return", text, (text) => {
    for (let at = 0; at < text.length; at++) {
      if (text.charAt(at) == "b") {
        return at;
      }
    }
    observe.log(observe.Level.Error, "not reached");
    return -1;
  });
}

function leaveVoid(): void {
  observe.span("void", () => {
    if (leaveEarly("b") == 0) {
      return;
    }
    observe.log(observe.Level.Error, "not reached");
  });
}

function tag(): void {
  observe.spanWith<Pair, void>("tags", new Pair(1, 2), (pair) => {
    observe.tag("a:b,c", "x,y:z");
    observe.tag("text", "é😀");
    observe.tag("none", "");
    observe.tag("int", -7);
    observe.tag("long", i64.MIN_VALUE);
    observe.tag("size", u64.MAX_VALUE);
    observe.tag("float", 0.5);
    observe.tag("bool", true);
    observe.tag("object", pair);
  });
}

function log(): void {
  observe.log(observe.Level.Error, "1");
  observe.log(observe.Level.Warn, "2");
  observe.log(observe.Level.Info, "3");
  observe.log(observe.Level.Debug, "4");
  observe.log(observe.Level.Trace, "");
}

function measure(): void {
  observe.counter("c");
  observe.counter("c", -3);
  observe.gauge("g", 0.1);
  observe.timing("t", 1.5);
  observe.metric("set:one|s");
}

function fail(): void {
  observe.span("fails", () => {
    throw new Error("on purpose");
  });
}

observe.counter("found", leaveEarly("abc"));
leaveVoid();
tag();
log();
measure();
fail();
