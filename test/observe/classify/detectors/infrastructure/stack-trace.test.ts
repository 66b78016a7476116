import { describe, expect, it } from "vitest";
import { stackTrace } from "../../../../../src/observe/classify/detectors/infrastructure/stack-trace.ts";
import { asker } from "../support.ts";

const ask = asker(stackTrace);

describe("stack_trace", () => {
  it.each([
    ["JavaScript", "Error: boom\n    at handler (/srv/app/user.js:41:13)\n    at next (/srv/app/b.js:1:2)"],
    ["Java", "java.lang.IllegalStateException: x\n\tat com.acme.Orders.find(Orders.java:41)"],
    [".NET", "   at Shop.Data.Orders.Find(Int32 id) in C:\\src\\Orders.cs:line 41"],
    [".NET without symbols", "   at Shop.Orders.Find(Int32 id)\r\n   at Shop.Api.Get()"],
    ["Python", 'Traceback (most recent call last):\n  File "/srv/a.py", line 2, in f'],
    ["PHP", "#0 /var/www/a.php(12): f()\n#1 {main}"],
    ["Go", "panic: x\n\ngoroutine 1 [running]:\nmain.main()"],
    ["Ruby", "app/models/user.rb:41:in `find'"],
    ["Rust", "thread 'main' panicked at src/main.rs:4:5"],
  ])("is known by the frames of %s", (_runtime, text) => {
    expect(ask(text, "stack")).toMatchObject({ confidence: 0.97 });
    expect(ask(text, "detail")).toMatchObject({ confidence: 0.9 });
    expect(ask(text, "comment")?.confidence).toBeLessThan(0.6);
  });

  it.each([
    ["exception", "java.lang.IllegalStateException"],
    ["exception", "Illuminate\\Database\\QueryException"],
    ["stack", "nodejs-20"],
    ["trace", "0af7651916cd43dd8448eb211c80319c"],
    ["message", "Meet at noon (room 12:30)"],
    ["message", "Look at line 12 in the file"],
  ])("is not the value of %s: %s", (key, text) => {
    expect(ask(text, key)).toBeUndefined();
  });

  it("ends on a frame of .NET that is never closed", () => {
    expect(ask(`at foo(${"a".repeat(2000)}`, "m")).toBeUndefined();
    expect(ask(`at foo(${"a, ".repeat(2000)}`, "m")).toBeUndefined();
    expect(ask("\n".repeat(32 * 1024), "m")).toBeUndefined();
  });

  it("knows a frame of .NET by its parameters", () => {
    expect(ask("   at Shop.Orders.Find(Int32 id, List`1& orders, String[] names)", "detail")).toMatchObject({ confidence: 0.9 });
  });
});
