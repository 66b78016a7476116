import { expect, it } from "vitest";
import type { DomainEvidence, RegistrationEvidence } from "../../../src/evidence/kinds.ts";
import { takeoverSign } from "../../../src/judge/facts/takeover.ts";

const servers = (domain: string, since: number, host = "ns1") => ({ names: [`${host}.${domain}`], domains: [domain], since });
const evidence = (seen: Partial<DomainEvidence["seen"]>, ns = seen.ns?.at(-1)?.names ?? []) =>
  ({ ns, seen: { ns: [], hosting: [], ...seen } }) as unknown as DomainEvidence;

it.each([
  ["nothing was seen before", evidence({ ns: [servers("dns.example", 1)] }), undefined],
  ["the same operator under another domain", evidence({ ns: [servers("awsdns-12.com", 1), servers("awsdns-34.net", 2)] }), undefined],
  ["another operator", evidence({ ns: [servers("dns.example", 1), servers("other.example", 2)] }), 2],
  [
    "another operator, who changed his servers since",
    evidence({ ns: [servers("dns.example", 1), servers("other.example", 2), servers("other.example", 3, "ns9")] }),
    2,
  ],
  ["a third one", evidence({ ns: [servers("dns.example", 1), servers("other.example", 2), servers("third.example", 3)] }), 3],
  ["the first one again", evidence({ ns: [servers("dns.example", 1), servers("other.example", 2)] }, ["ns1.dns.example"]), undefined],
  ["no name servers are told any more", evidence({ ns: [servers("dns.example", 1)], untoldSince: 4 }, []), 4],
  ["nor of a stranger's", evidence({ ns: [servers("dns.example", 1), servers("other.example", 2)], untoldSince: 4 }, []), 4],
  [
    "a stranger who names the first one's beside his own",
    evidence({
      ns: [
        servers("dns.example", 1),
        servers("other.example", 2),
        { names: ["ns1.dns.example", "ns1.other.example"], domains: ["dns.example", "other.example"], since: 3 },
      ],
    }),
    2,
  ],
  [
    "a second operator beside the first, with nobody alone before",
    evidence({ ns: [servers("dns.example", 1), { names: ["both"], domains: ["dns.example", "second.example"], since: 3 }] }),
    undefined,
  ],
  [
    "then the second alone",
    evidence({
      ns: [
        servers("dns.example", 1),
        { names: ["both"], domains: ["dns.example", "second.example"], since: 3 },
        servers("second.example", 4),
      ],
    }),
    4,
  ],
  ["an alias that came back, and leads elsewhere now", evidence({ revived: { name: "a.example", since: 5, leads: false } }), undefined],
  ["an alias that came back", evidence({ revived: { name: "a.example", since: 5, leads: true } }), 5],
  [
    "both, the newer one",
    evidence({ ns: [servers("dns.example", 1), servers("other.example", 7)], revived: { name: "a.example", since: 5, leads: true } }),
    7,
  ],
])("%s", (_name, seen, since) => {
  expect(takeoverSign(seen, undefined)?.since).toBe(since);
});

const registration = (raw: Partial<RegistrationEvidence>) =>
  ({ zone: "acme.example", statuses: [], seen: [], ...raw }) as RegistrationEvidence;
const ONE = { ianaId: "1", since: 1 };
const TWO = { ianaId: "2", since: 5 };

it.each([
  ["the same registrar", registration({ registrar: ONE, seen: [ONE] }), undefined],
  ["another registrar", registration({ registrar: TWO, seen: [ONE, TWO] }), { sign: "registrar-changed", since: 5 }],
  ["the first one again", registration({ registrar: ONE, seen: [ONE, TWO] }), undefined],
  ["no registrar is named, after another one", registration({ seen: [ONE, TWO] }), { sign: "registrar-changed", since: 5 }],
  ["no registrar is named, after one", registration({ seen: [ONE] }), undefined],
  ["a day of registration", registration({ registeredAt: 7 }), { sign: "registered-anew", since: 7 }],
  ["the newer of two", registration({ registrar: TWO, seen: [ONE, TWO], registeredAt: 3 }), { sign: "registrar-changed", since: 5 }],
  ["nothing at all", registration({}), undefined],
])("of the registry: %s", (_name, seen, sign) => {
  expect(takeoverSign(undefined, seen)).toEqual(sign);
});
