import { debugInformation } from "../../../../src/judge/rules/header/debug-information.ts";
import type { LeakKind } from "../../../../src/model/head-facts.ts";
import { notFound, QUIET_HEAD, unseen } from "../../builders.ts";
import { withHead } from "../../head-cases.ts";
import { leakCases, leaksIn, leaky } from "../../leak-cases.ts";
import { describeRule } from "../../rule-cases.ts";

const { pass, unobserved, ...others } = leakCases({
  clean: "nothing",
  kind: "debug-link",
  other: "private-address",
  outcome: "profiler-linked",
  severity: "high",
});
const error = (kinds: readonly LeakKind[], field?: string) => notFound({ head: { ...QUIET_HEAD, ...leaky(kinds, field) } });

describeRule(debugInformation, {
  ...others,
  pass: [
    ...pass,
    {
      name: "an error without anything",
      observations: [withHead({}), error(["private-address"])],
      known: ["not-found"],
      expect: [
        ["headers", "nothing"],
        ["not-found", "nothing"],
      ],
    },
  ],
  unobserved: [
    ...unobserved,
    {
      name: "an error that nobody asked for this time",
      observations: [withHead({})],
      known: ["not-found"],
      expect: [
        ["headers", "nothing"],
        ["not-found", "unobserved", "not_requested"],
      ],
    },
    {
      name: "an error that never came",
      observations: [withHead({}), unseen("http-not-found", "http_timeout")],
      expect: [
        ["headers", "nothing"],
        ["not-found", "unobserved", "http_timeout"],
      ],
    },
    {
      name: "a firewall's error",
      observations: [withHead({}), notFound({ status: 403, interference: "blocked", head: { ...QUIET_HEAD, ...leaky(["debug-link"]) } })],
      expect: [
        ["headers", "nothing"],
        ["not-found", "unobserved", "blocked"],
      ],
    },
  ],
  fail: [
    leaksIn("debug-link", ["debug-link"], ["header:x-a", "profiler-linked", "high"]),
    leaksIn("stack", ["stack"], ["header:x-a", "debugging", "medium"]),
    leaksIn("sql", ["sql"], ["header:x-a", "debugging", "medium"]),
    leaksIn("debug-mode", ["debug-mode"], ["header:x-a", "debugging", "medium"]),
    leaksIn("timing", ["timing"], ["header:x-a", "timings", "low"]),
    leaksIn("the worst of several", ["timing", "debug-mode", "sql", "stack", "debug-link"], ["header:x-a", "profiler-linked", "high"]),
    {
      name: "in errors alone",
      observations: [withHead({}), error(["debug-mode"], "x-debug-token")],
      expect: [
        ["headers", "nothing"],
        ["not-found", "debugging", "medium"],
      ],
    },
    {
      name: "in errors as in every answer, once",
      observations: [withHead(leaky(["debug-mode"])), error(["debug-mode"])],
      expect: [
        ["header:x-a", "debugging", "medium"],
        ["not-found", "nothing"],
      ],
    },
  ],
});
