import { caDistrust } from "../../../../src/catalog/ca-distrust.ts";
import { distrustedAuthority } from "../../../../src/judge/rules/certificate/distrusted-authority.ts";
import { sha256Hex } from "../../../../src/model/digest.ts";
import { DAY, SECOND } from "../../../../src/model/instant.ts";
import { newLog, signedCertificateTimestamps } from "../../../lab/support/certificate-extensions.ts";
import { intermediate, type LeafOptions, type Made, makeCertificate, serverLeaf } from "../../../lab/support/certificate-factory.ts";
import { newKey } from "../../../lab/support/certificate-keys.ts";
import { NOW, SECOND_ORIGIN, session, TWO_URLS, unseen } from "../../builders.ts";
import { chainOf, serving, shown } from "../../chain-builders.ts";
import { PUBLIC_ROOT, publicChain } from "../../public-authority.ts";
import { describeRule } from "../../rule-cases.ts";

const LIMIT = NOW - 10 * DAY;
const CHAIN = publicChain();

/** An authority of the bundled root that somebody distrusts, for as long as the test runs. */
function distrustedOne(name: string, entry: Partial<ReturnType<typeof caDistrust>[number]>): (options?: LeafOptions) => readonly Made[] {
  const authority = intermediate(PUBLIC_ROOT, { at: new Date(NOW), subject: [{ type: "O", value: name }] });
  const facts = caDistrust() as ReturnType<typeof caDistrust>[number][];
  facts.push({
    ca: name,
    by: "Mozilla",
    why: "conduct",
    rule: "all",
    date: new Date(LIMIT).toISOString().replace(".000", ""),
    roots: [],
    subjects: [],
    keys: [sha256Hex(authority.key.publicKeyInfo)],
    reference: "https://example.com/",
    ...entry,
  });
  return (options = {}) => [serverLeaf(authority, { at: new Date(NOW), ...options }), authority];
}

const BEFORE = distrustedOne("Old", { rule: "issued-before" });
const AFTER = distrustedOne("New", { rule: "issued-after" });
const LOGGED = distrustedOne("Logged", { rule: "sct-after", by: "Chrome" });
const ALL = distrustedOne("All", {});
const LOST = distrustedOne("Lost", { why: "compromise", by: "Node.js" });
const CLOSED = distrustedOne("Closed", { why: "retirement", by: "Chrome", rule: "issued-after" });
const SPARED_KEY = newKey();
const SPARED = distrustedOne("Spared", { except: [sha256Hex(SPARED_KEY.publicKeyInfo)] });
const issued = (at: number) => ({ notBefore: new Date(at), notAfter: new Date(at + 90 * DAY) });
const logged = (at: number) => ({
  ...issued(LIMIT - DAY),
  with: [signedCertificateTimestamps([{ log: newLog(), at: new Date(at) }])],
});
const fails = (name: string, chain: readonly Made[], outcome: string, severity: string) => ({
  name,
  observations: [shown(chain)],
  expect: [["leaf", outcome, severity]] as const,
});
const passes = (name: string, chain: readonly Made[]) => ({ name, observations: [shown(chain)], expect: [["leaf", "trusted"]] as const });

describeRule(distrustedAuthority, {
  pass: [
    passes("a public authority in good standing", CHAIN),
    passes("issued in the second of the limit", AFTER(issued(LIMIT))),
    passes("not issued before the limit", BEFORE(issued(LIMIT))),
    passes("logged in the second of the limit", LOGGED(logged(LIMIT))),
    passes("not logged, and issued before the limit", LOGGED(issued(LIMIT))),
    passes("one that was excepted", SPARED({ key: SPARED_KEY })),
    {
      name: "as of a day before anybody said so",
      observations: [shown(ALL(issued(NOW - 30 * DAY)))],
      asOf: LIMIT - SECOND,
      expect: [["leaf", "trusted"]],
    },
  ],
  fail: [
    fails("distrusted altogether", ALL(), "distrusted", "high"),
    fails("issued a second after the limit", AFTER(issued(LIMIT + SECOND)), "distrusted", "high"),
    fails("issued a second before the limit", BEFORE(issued(LIMIT - SECOND)), "distrusted", "high"),
    fails("logged a second after the limit", LOGGED(logged(LIMIT + SECOND)), "distrusted", "high"),
    fails("not logged, and issued after the limit", LOGGED(issued(LIMIT + SECOND)), "distrusted", "high"),
    fails("keys that were stolen", LOST(), "compromised", "critical"),
    fails("a root that is closed for new certificates", CLOSED(issued(LIMIT + SECOND)), "closed-root", "info"),
    {
      name: "of the other certificate",
      observations: [shown(CHAIN), serving([{ chain: CHAIN }, { chain: ALL({ key: newKey("rsa") }) }])],
      expect: [
        ["leaf", "trusted"],
        ["leaf-rsa", "other-distrusted", "medium"],
      ],
    },
  ],
  "not-applicable": [
    { name: "an authority of the user's", observations: [shown(chainOf())], expect: [["leaf", "private-authority"]] },
    {
      name: "the other certificate is not served any more",
      observations: [shown(CHAIN), serving([{ chain: CHAIN }])],
      known: ["leaf-rsa"],
      expect: [
        ["leaf", "trusted"],
        ["leaf-rsa", "not-served"],
      ],
    },
    {
      name: "a base URL that is http by now, beside a region that is not",
      integration: { ...TWO_URLS, baseUrl: "http://api.acme.example" },
      observations: [session({}, { origin: SECOND_ORIGIN })],
      known: ["leaf"],
      expect: [
        ["leaf", "not-declared"],
        ["leaf@eu.acme.example:8443", "unobserved", "evidence_ambiguous"],
      ],
    },
    { name: "a URL without TLS", integration: { baseUrl: "http://api.acme.example" }, expect: [["", "no-tls"]] },
  ],
  unobserved: [
    {
      name: "no handshake",
      observations: [unseen("tls-session", "tls_timeout", { address: "192.0.2.1" })],
      expect: [["leaf", "unobserved", "tls_timeout"]],
    },
    {
      name: "an issuer that was not served",
      observations: [shown(CHAIN.slice(0, 1))],
      expect: [["leaf", "unobserved", "evidence_ambiguous"]],
    },
  ],
  hostile: [
    {
      name: "a name that says it is one of those, and nothing else",
      observations: [shown([makeCertificate({ subject: [{ type: "O", value: "WoSign CA Limited" }], extensions: [] })])],
      expect: [["leaf", "private-authority"]],
    },
  ],
});
