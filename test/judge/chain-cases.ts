import type { Observation } from "../../src/evidence/observation.ts";
import type { Made } from "../lab/support/certificate-factory.ts";
import { NOW, SECOND_ORIGIN, session, TWO_URLS, unseen } from "./builders.ts";
import { chainOf, serving, shown } from "./chain-builders.ts";
import type { RuleCase } from "./rule-cases.ts";

/** What every rule about certificates answers alike; `passed` is what it says of `chain`, as our own connection got it. */
export function chainCases(
  word: string,
  passed: string,
  chain: readonly Made[] = chainOf(),
): { readonly [K in "not-applicable" | "unobserved" | "hostile"]: readonly RuleCase[] } {
  const own: Observation = shown(chain);
  const gone = `${word}@gone.acme.example:443`;
  return {
    "not-applicable": [
      {
        name: "a region that left the inventory",
        observations: [own],
        known: [gone],
        expect: [
          [word, passed],
          [gone, "not-declared"],
        ],
      },
      {
        name: "the other certificate is not served any more",
        observations: [own, serving([{ chain }])],
        known: [`${word}-dsa`],
        expect: [
          [word, passed],
          [`${word}-dsa`, "not-served"],
        ],
      },
      { name: "a URL without TLS", integration: { baseUrl: "http://api.acme.example" }, expect: [["", "no-tls"]] },
    ],
    unobserved: [
      {
        name: "no handshake",
        observations: [unseen("tls-session", "tls_alert", { address: "192.0.2.1" })],
        expect: [[word, "unobserved", "tls_alert"]],
      },
      { name: "no certificate", observations: [session({ chain: [] })], expect: [[word, "unobserved", "evidence_missing"]] },
      {
        name: "a second region where nobody answered",
        integration: TWO_URLS,
        observations: [own, unseen("tls-session", "connect_timeout", { origin: SECOND_ORIGIN, address: "192.0.2.9" })],
        expect: [
          [word, passed],
          [`${word}@eu.acme.example:8443`, "unobserved", "connect_timeout"],
        ],
      },
      {
        name: "the other certificate, which nobody asked for today",
        observations: [own],
        known: [`${word}-dsa`],
        expect: [
          [word, passed],
          [`${word}-dsa`, "unobserved", "evidence_missing"],
        ],
      },
    ],
    hostile: [
      {
        name: "octets that are no certificate",
        observations: [session({ chain: [{ ...UNREADABLE }], anchors: [] })],
        expect: [[word, "unobserved", "evidence_ambiguous"]],
      },
    ],
  };
}

const UNREADABLE = {
  der: Buffer.from("not a certificate").toString("base64"),
  sha256: "cd".repeat(32),
  subject: "CN=\u0007<b>",
  issuer: "",
  dnsNames: [],
  notBefore: NOW - 1,
  notAfter: NOW + 1,
  selfIssued: false,
};
