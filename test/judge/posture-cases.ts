import { notFound, preflight, unseen } from "./builders.ts";
import type { RuleCase } from "./rule-cases.ts";

type Said = readonly [outcome: string, more?: string];

export const saysOfNotFound = (name: string, raw: Parameters<typeof notFound>[0], said: Said): RuleCase => ({
  name,
  observations: [notFound(raw)],
  expect: [["not-found", ...said] as unknown as RuleCase["expect"][number]],
});

/** What every rule about a path that is nobody's says alike. */
export const NOT_FOUND_UNOBSERVED: readonly RuleCase[] = [
  { name: "nobody asked", expect: [["not-found", "unobserved", "not_requested"]] },
  {
    name: "no answer",
    observations: [unseen("http-not-found", "http_timeout")],
    expect: [["not-found", "unobserved", "http_timeout"]],
  },
  saysOfNotFound("a limiter", { status: 429, interference: "rate_limited" }, ["unobserved", "rate_limited"]),
  saysOfNotFound("a firewall", { status: 403, interference: "blocked", page: { format: "page" } }, ["unobserved", "blocked"]),
  saysOfNotFound("a gateway behind which nobody is", { status: 503, interference: "server_error", page: { format: "page" } }, [
    "unobserved",
    "server_error",
  ]),
  saysOfNotFound("half a page", { cut: true, page: { format: "page" } }, ["unobserved", "body_truncated"]),
  saysOfNotFound("a page for everything", { status: 200, page: { format: "page" } }, ["unobserved", "evidence_ambiguous"]),
  saysOfNotFound("a redirect", { status: 302, page: { format: "empty" } }, ["unobserved", "evidence_ambiguous"]),
];

/** The same answer to both questions about other origins. */
export const saysOfCors = (name: string, cors: NonNullable<Parameters<typeof preflight>[0]>["cors"], said: Said): RuleCase => ({
  name,
  observations: [preflight({ ...(cors && { cors }) }), notFound({ ...(cors && { cors }) })],
  expect: [["cors", ...said] as unknown as RuleCase["expect"][number]],
});

export const CORS_UNOBSERVED: readonly RuleCase[] = [
  { name: "nobody asked", expect: [["cors", "unobserved", "not_requested"]] },
  {
    name: "no answer",
    observations: [unseen("http-preflight", "http_timeout"), unseen("http-not-found", "http_timeout")],
    expect: [["cors", "unobserved", "http_timeout"]],
  },
  {
    name: "one of two was not heard",
    observations: [preflight(), unseen("http-not-found", "http_timeout")],
    expect: [["cors", "unobserved", "http_timeout"]],
  },
  {
    name: "a gateway behind which nobody is",
    observations: [preflight({ status: 503, interference: "server_error" })],
    expect: [["cors", "unobserved", "server_error"]],
  },
  {
    name: "a firewall",
    observations: [preflight({ status: 403, interference: "blocked" })],
    expect: [["cors", "unobserved", "blocked"]],
  },
];
