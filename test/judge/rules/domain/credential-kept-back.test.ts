import { expect, test } from "vitest";
import { credentialKeptBack } from "../../../../src/judge/rules/domain/credential-kept-back.ts";
import { isoInstant } from "../../../../src/model/instant.ts";
import { domain, registration, response, SECOND_ORIGIN, TWO_URLS, unseen } from "../../builders.ts";
import { ago, domainCases } from "../../domain-cases.ts";
import { describeRule, type RuleCase, runCase } from "../../rule-cases.ts";

const AUTH = { scheme: "bearer", credential: "env:KEY", neededScopes: [] } as const;
const OWN = { names: ["ns1.dns.example", "ns2.dns.example"], domains: ["dns.example"] };
const THEIRS = { names: ["a.ns.elsewhere.example"], domains: ["elsewhere.example"] };
const moved = (where = {}, since = ago(60)) =>
  domain(
    {
      ns: THEIRS.names,
      seen: {
        ns: [
          { ...OWN, since: ago(90) },
          { ...THEIRS, since },
        ],
        hosting: [],
      },
    },
    where,
  );
const revived = domain({ seen: { ns: [], hosting: [], revived: { name: "acme.cdn.example", since: ago(1), leads: true } } });
const OLD = { ianaId: "1", since: ago(90) };
const NEW = { ianaId: "2", since: ago(3) };
const movedRegistrar = registration({ registrar: NEW, seen: [OLD, NEW] });
const withheld = unseen("http-response", "domain_doubted", { endpoint: "list" }, "skipped");
const says = (name: string, observations: RuleCase["observations"], ...said: readonly string[]): RuleCase => ({
  name,
  integration: { auth: AUTH },
  ...(observations !== undefined && { observations }),
  expect: [["credential", ...said] as unknown as RuleCase["expect"][number]],
});
/** Two days. */
const older = (answer: ReturnType<typeof response>) => ({ ...answer, observedAt: ago(2) });
const common = domainCases("credential", "undoubted");
const withKey = (cases: readonly RuleCase[]) => cases.map((one) => ({ ...one, integration: { auth: AUTH, ...one.integration } }));

describeRule(
  credentialKeptBack,
  {
    pass: [
      ...withKey(common.pass),
      says("bound again since", [moved(), response()], "bound-again"),
      says("a domain of any age, and the credential was sent", [domain(), registration({ registeredAt: ago(2) }), response()], "undoubted"),
      says("another registrar, bound again since", [domain(), movedRegistrar, response()], "bound-again"),
      says("a twin for audits", [domain(), response()], "undoubted"),
      says("no sign, and not sent for another reason", [domain(), unseen("http-response", "connect_timeout")], "undoubted"),
    ],
    fail: [
      says("other name servers, long ago", [moved(), withheld], "kept-back", "high"),
      says("an alias that came back", [revived, withheld], "kept-back", "high"),
      says(
        "a domain that was registered after the binding",
        [domain(), registration({ registeredAt: ago(2) }), withheld],
        "kept-back",
        "high",
      ),
      says("another registrar", [domain(), movedRegistrar, withheld], "kept-back", "high"),
      says("a sign that is not seen any more", [domain(), withheld], "kept-back", "high"),
      says("at one endpoint while another one was not due", [moved(), withheld, response({}, { carried: true })], "kept-back", "high"),
    ],
    "not-applicable": [
      ...withKey(common["not-applicable"]),
      {
        name: "no credential",
        integration: { auth: { scheme: "none", neededScopes: [] } },
        observations: [moved()],
        expect: [["", "no-credential"]],
      },
    ],
    unobserved: [
      ...withKey(common.unobserved),
      says("nobody asked for anything else", [moved()], "unobserved", "not_requested"),
      says("an answer that is older than the change", [moved({}, ago(1)), older(response({}, { carried: true }))], "unobserved", "not_due"),
      says(
        "a young domain, out of reach",
        [domain(), registration({ registeredAt: ago(2) }), unseen("http-response", "connect_timeout", { endpoint: "list" })],
        "unobserved",
        "connect_timeout",
      ),
      says(
        "not bound at all",
        [moved(), unseen("http-response", "credential_not_bound", { endpoint: "list" }, "skipped")],
        "unobserved",
        "credential_not_bound",
      ),
      {
        name: "a second region, of which no endpoint is asked",
        integration: { ...TWO_URLS, auth: AUTH },
        observations: [domain(), response(), moved({ origin: SECOND_ORIGIN })],
        expect: [
          ["credential", "undoubted"],
          ["credential@eu.acme.example:8443", "unobserved", "not_requested"],
        ],
      },
    ],
    hostile: [
      says(
        "a name with controls",
        [domain({ seen: { ns: [], hosting: [], revived: { name: "\u001b[2J", since: ago(1), leads: true } } }), withheld],
        "kept-back",
        "high",
      ),
    ],
  },
  () => {
    test("says since when, and for what", () => {
      const messages = [moved(), revived].map((seen) => runCase(credentialKeptBack, says("", [seen, withheld]))[0]?.message);
      expect(messages).toEqual([
        `Since ${isoInstant(ago(60))}, other name servers answer for the domain: the audit does not send the credential.`,
        `Since ${isoInstant(ago(1))}, an alias that led nowhere leads somewhere again: the audit does not send the credential.`,
      ]);
    });
  },
);
