/*
 * Spans, tags, logs and metrics from a WebAssembly guest to its host: the Observe API for AssemblyScript.
 *
 *     import * as observe from "./observe";
 *
 *     function load(path: string): i32 {
 *       return observe.spanWith<string, i32>("load", path, (path) => {
 *         observe.tag("path", path);
 *         if (path.length == 0) {
 *           observe.log(observe.Level.Error, "no path");
 *           return -1; // leaves the callback, so the span ends here as well
 *         }
 *         ...
 *
 * AssemblyScript has neither destructors nor try and finally, so a span is a call with a callback:
 * there is no way to return past its end. Nor has it closures: what the callback needs of its
 * surroundings it is given as its argument.
 *
 * A module that calls these functions imports them from `dylibso:observe/api`, so it only runs on a
 * host that offers them. Compiled with `--use OBSERVE_DISABLED=ASC_TARGET`, every function is a no-op
 * and nothing is imported. Text is copied as UTF-8 before it is sent.
 */

// @ts-ignore: decorator
@external("dylibso:observe/api", "span-enter")
declare function hostSpanEnter(name: usize, length: i32): void;

// @ts-ignore: decorator
@external("dylibso:observe/api", "span-exit")
declare function hostSpanExit(): void;

// @ts-ignore: decorator
@external("dylibso:observe/api", "span-tags")
declare function hostSpanTags(tags: usize, length: i32): void;

// @ts-ignore: decorator
@external("dylibso:observe/api", "log")
declare function hostLog(level: i32, text: usize, length: i32): void;

// @ts-ignore: decorator
@external("dylibso:observe/api", "metric")
declare function hostMetric(format: i32, text: usize, length: i32): void;

/** The host's number for text in the statsd format. */
const STATSD: i32 = 1;

/** How grave a log record is. */
export enum Level {
  Error = 1,
  Warn = 2,
  Info = 3,
  Debug = 4,
  Trace = 5,
}

/** Runs `body` inside a span. */
export function span(name: string, body: () => void): void {
  enter(name);
  body();
  exit();
}

/** Runs `body` inside a span, with this argument, and returns what it returns. */
export function spanWith<A, R>(name: string, argument: A, body: (argument: A) => R): R {
  enter(name);
  if (isVoid<R>()) {
    body(argument);
    exit();
  } else {
    const result = body(argument);
    exit();
    return result;
  }
}

/**
 * Tags the innermost open span. The value is text, a number, a bool, or any object with a toString.
 *
 * The API joins tags with commas and ends a key at its first colon, so a comma in a value becomes a
 * semicolon, a comma or colon in a key an underscore.
 */
export function tag<T>(key: string, value: T): void {
  if (!isDefined(OBSERVE_DISABLED)) {
    const name = key.replaceAll(",", "_").replaceAll(":", "_");
    const text = String.UTF8.encode(name + ":" + value.toString().replaceAll(",", ";"));
    hostSpanTags(changetype<usize>(text), text.byteLength);
  }
}

/** Writes a log record, correlated with the innermost open span. */
export function log(level: Level, message: string): void {
  if (!isDefined(OBSERVE_DISABLED)) {
    const text = String.UTF8.encode(message);
    hostLog(level, changetype<usize>(text), text.byteLength);
  }
}

/** Sends a line of statsd text, for kinds that have no function here. */
export function metric(statsd: string): void {
  if (!isDefined(OBSERVE_DISABLED)) {
    const text = String.UTF8.encode(statsd);
    hostMetric(STATSD, changetype<usize>(text), text.byteLength);
  }
}

/** Adds to a counter. The name of a metric holds no `:` and no `|`. */
export function counter(name: string, delta: i64 = 1): void {
  metric(name + ":" + delta.toString() + "|c");
}

/** Sets a gauge. */
export function gauge(name: string, value: f64): void {
  metric(name + ":" + value.toString() + "|g");
}

/** Records a duration. */
export function timing(name: string, milliseconds: f64): void {
  metric(name + ":" + milliseconds.toString() + "|ms");
}

/**
 * What a failed assertion, an index out of range or a `throw` comes to: logs it as an error on the
 * innermost span and traps. In force with `--use abort=observe/abort`, where `observe` is the path of
 * this file; without it, a module imports `env.abort`.
 */
export function abort(message: string | null, file: string | null, line: u32, column: u32): void {
  const what = message === null ? "abort" : message;
  const where = file === null ? "" : `, ${file}:${line}:${column}`;
  log(Level.Error, what + where);
  unreachable();
}

function enter(name: string): void {
  if (!isDefined(OBSERVE_DISABLED)) {
    const text = String.UTF8.encode(name);
    hostSpanEnter(changetype<usize>(text), text.byteLength);
  }
}

function exit(): void {
  if (!isDefined(OBSERVE_DISABLED)) {
    hostSpanExit();
  }
}
