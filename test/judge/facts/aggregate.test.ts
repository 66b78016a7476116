import { expect, test } from "vitest";
import type { Observation } from "../../../src/evidence/observation.ts";
import { answerEach, atOrigin, counted, worstReason } from "../../../src/judge/facts/aggregate.ts";
import { ORIGIN, SECOND_ORIGIN, session, unseen } from "../builders.ts";

type Session = Observation<"tls-session">;
const sessions = (...observations: readonly Observation[]) => observations as readonly Session[];

const SEEN = session();
const REFUSING = unseen("tls-session", "connect_refused", { address: "192.0.2.2" });
const WITHOUT_ROUTE = unseen("tls-session", "network_unreachable", { address: "2001:db8::1" });
const SILENT = unseen("tls-session", "connect_timeout", { address: "192.0.2.3" });

test("addresses that a client would skip do not count beside one that answered; those it would wait for do", () => {
  expect(counted(sessions(SEEN, REFUSING, WITHOUT_ROUTE, SILENT))).toEqual([SEEN, SILENT]);
  expect(counted(sessions(REFUSING, WITHOUT_ROUTE))).toEqual([REFUSING, WITHOUT_ROUTE]);
  expect(counted(sessions())).toEqual([]);
});

test("observations by origin", () => {
  const elsewhere = session({}, { origin: SECOND_ORIGIN });
  expect(atOrigin(sessions(SEEN, elsewhere), ORIGIN)).toEqual([SEEN]);
  expect(atOrigin(sessions(SEEN, elsewhere), SECOND_ORIGIN)).toEqual([elsewhere]);
});

test("one answer for each that counts, with what it rests on", () => {
  const results = answerEach("leaf", sessions(SEEN, REFUSING, SILENT), ({ version }) => ({
    outcome: "seen",
    data: { version },
    confidence: 0.5,
    pointer: "/version",
    summary: version,
  }));
  expect(results).toEqual([
    {
      outcome: "seen",
      subject: "leaf",
      data: { version: "TLS 1.3" },
      confidence: 0.5,
      evidence: [{ observation: SEEN, pointer: "/version", summary: "TLS 1.3" }],
    },
    {
      outcome: "unobserved",
      subject: "leaf",
      reason: "connect_timeout",
      evidence: [{ observation: SILENT, pointer: "", summary: "connect_timeout" }],
    },
  ]);
});

test("nothing was asked", () => {
  const never = () => {
    throw new Error("asked about nothing");
  };
  expect(answerEach("leaf", sessions(), never)).toEqual([{ outcome: "unobserved", subject: "leaf", reason: "not_requested" }]);
});

test("of several reasons the one that is the provider's", () => {
  expect(worstReason(["not_due", "http_timeout", "rate_limited"])).toBe("http_timeout");
  expect(worstReason(["rate_limited", "connection_reset"])).toBe("connection_reset");
  expect(worstReason(["not_requested"])).toBe("not_requested");
  expect(worstReason([])).toBe("evidence_missing");
});
