import { expect, test } from "vitest";
import { authenticatedResponseCached } from "../../../../src/judge/rules/auth/authenticated-response-cached.ts";
import { DAY } from "../../../../src/model/instant.ts";
import { answerCases, saysOfAnswer } from "../../answer-cases.ts";
import { anEndpoint, NOW, QUIET_HEAD, response } from "../../builders.ts";
import { describeRule, runCase } from "../../rule-cases.ts";

const shared = answerCases("not-shared");
const PERSONAL = { dataClasses: ["email"] } as const;
const KEYED = { auth: { scheme: "api-key", in: "header", name: "X-Api-Key", credential: "env:KEY", neededScopes: [] } } as const;
const cached = (control: string, age = "0") => ({ headers: { "cache-control": control, age } });
const hitBefore = (daysAgo: number, then: string, now = then) => ({
  headers: { ...(now !== "" && { "cache-control": now }), age: "0" },
  cachedBefore: { at: NOW - daysAgo * DAY, control: then },
});
const classes = [{ path: "$.x", class: "iban" as const, confidence: 1, count: 1, masked: false, sample: false }];

describeRule(
  authenticatedResponseCached,
  {
    pass: [
      saysOfAnswer("nothing is said", {}, ["not-shared"], PERSONAL),
      saysOfAnswer("private, for a credential of another field", cached("private"), ["not-shared"], { ...PERSONAL, ...KEYED }),
      saysOfAnswer("nothing is said of public data", {}, ["public-data"], KEYED),
      saysOfAnswer("no-store", cached("no-store"), ["not-shared"], PERSONAL),
      saysOfAnswer("private", cached("private, max-age=60"), ["not-shared"], PERSONAL),
      saysOfAnswer("private wins over public", cached("public, private"), ["not-shared"], PERSONAL),
      saysOfAnswer("an age of zero", cached("max-age=60", "0"), ["not-shared"], PERSONAL),
      saysOfAnswer("a hit a month ago", hitBefore(30, "max-age=60"), ["not-shared"], PERSONAL),
      saysOfAnswer("a hit when it said something else", hitBefore(1, "max-age=60", "private"), ["not-shared"], PERSONAL),
      saysOfAnswer("a hit of public data", hitBefore(1, "max-age=60"), ["public-data"]),
      saysOfAnswer("public data may be public", cached("public"), ["public-data"]),
      saysOfAnswer("a date of last change, and Authorization", guessable(), ["not-shared"], PERSONAL),
    ],
    fail: [
      saysOfAnswer("public", cached("public, max-age=60"), ["may-be-shared", "medium"], PERSONAL),
      saysOfAnswer("s-maxage", cached("s-maxage=600"), ["may-be-shared", "medium"], PERSONAL),
      saysOfAnswer("out of a cache", cached("max-age=60", "17"), ["came-from-cache", "medium"], PERSONAL),
      ...["max-age=60", "public", "s-maxage=60"].map((control) =>
        saysOfAnswer(`fresh, and by no field of ours: ${control}`, cached(control), ["unvaried", "high"], { ...PERSONAL, ...KEYED }),
      ),
      saysOfAnswer("a date of last change, and a key of its own", guessable(), ["may-be-guessed", "medium"], { ...PERSONAL, ...KEYED }),
      saysOfAnswer("what was seen in it counts", { ...cached("public"), body: { classes } }, ["may-be-shared", "medium"]),
      saysOfAnswer("what the endpoint declares counts", cached("public"), ["may-be-shared", "medium"], {
        endpoints: [anEndpoint({ expect: { classes: ["payment_card"] } })],
      }),
    ],
    "not-applicable": [
      ...shared["not-applicable"],
      saysOfAnswer("a POST", { ...cached("public"), request: { ...POST(), method: "POST" } }, ["other-method"], PERSONAL),
    ],
    unobserved: [
      ...shared.unobserved,
      ...["X-Api-Key, Accept", "*"].map((vary) =>
        saysOfAnswer(
          `kept apart by Vary: ${vary}`,
          { headers: { "cache-control": "max-age=60", vary } },
          ["unobserved", "evidence_ambiguous"],
          { ...PERSONAL, ...KEYED },
        ),
      ),
      ...["max-age=60", "", "private"].map((control) =>
        saysOfAnswer(`a miss a night after a hit: ${control}`, hitBefore(1, control), ["unobserved", "evidence_ambiguous"], PERSONAL),
      ),
      saysOfAnswer("a miss 29 days after a hit", hitBefore(29, "max-age=60"), ["unobserved", "evidence_ambiguous"], PERSONAL),
      ...["must-revalidate, max-age=60", "s-maxage=0"].map((control) =>
        saysOfAnswer(`a miss, and permission: ${control}`, cached(control), ["unobserved", "evidence_ambiguous"], PERSONAL),
      ),
      ...["", "max-age=0", "no-cache"].map((control) =>
        saysOfAnswer(`a miss, for a credential of another field: ${control}`, cached(control), ["unobserved", "evidence_ambiguous"], {
          ...PERSONAL,
          ...KEYED,
        }),
      ),
      saysOfAnswer(
        "a refusal",
        { ...cached("public"), status: 401, interference: "credential_rejected" },
        ["unobserved", "credential_rejected"],
        PERSONAL,
      ),
      saysOfAnswer("a redirect that was expected", { ...cached("public"), status: 302 }, ["unobserved", "unexpected_status"], PERSONAL),
    ],
    hostile: [
      saysOfAnswer("an age that is none", cached("max-age=60", "-1e9"), ["not-shared"], PERSONAL),
      saysOfAnswer("a hit that is yet to come", hitBefore(-400, "max-age=60"), ["unobserved", "evidence_ambiguous"], PERSONAL),
      saysOfAnswer("a directive that only looks like it", cached("publicity, x-public=1"), ["not-shared"], PERSONAL),
    ],
  },
  () => {
    test("an age alone is less sure: a cache may keep answers apart by credential", () => {
      const sure = (raw: Parameters<typeof response>[0]) =>
        runCase(authenticatedResponseCached, { name: "", integration: PERSONAL, observations: [response(raw)], expect: [] })[0]?.confidence;
      expect(sure(cached("public"))).toBe(1);
      expect(sure(cached("max-age=60", "17"))).toBe(0.7);
    });
  },
);

function guessable() {
  return { head: { ...QUIET_HEAD, cache: { ...QUIET_HEAD.cache, lastModified: true } } };
}

function POST() {
  return { origin: "https://api.acme.example", path: "/v1/list", digest: "0123456789abcdef" };
}
