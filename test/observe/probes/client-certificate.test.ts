import { describe, expect, it } from "vitest";
import type { HeldCertificate } from "../../../src/model/client-certificate.ts";
import type { CredentialPort, CredentialProblem } from "../../../src/model/credential-port.ts";
import { canonicalJson } from "../../../src/model/digest.ts";
import { err, ok, type Result } from "../../../src/model/result.ts";
import { clientCertificateProbe } from "../../../src/observe/probes/client-certificate.ts";
import { intermediate, rootAuthority, serverLeaf } from "../../lab/support/certificate-factory.ts";
import { fakeNet } from "../../support/fake-net.ts";
import { context, credentials, NOW, target } from "./support.ts";

const ISSUER = intermediate(rootAuthority());
const LEAF = serverLeaf(ISSUER);
const DECLARED = { cert: "file:acme.crt", key: "file:acme.key" };
const HELD: HeldCertificate = { certificates: [LEAF.der, ISSUER.der], key: { matches: "yes", mode: "private" } };

/** Every call of the network would throw: there is none. */
function observed(held: Result<HeldCertificate, CredentialProblem>, scrub = (text: string) => text) {
  const asked: string[] = [];
  const keeper: CredentialPort = {
    ...credentials(),
    scrub,
    clientCertificate: async ({ cert, key }, origin) => {
      asked.push(`${cert} ${key} ${origin}`);
      return held;
    },
  };
  const observation = clientCertificateProbe.observe({ target: target(), declared: DECLARED }, context(fakeNet({}), keeper));
  return observation.then((made) => ({ made, asked }));
}

describe("the client-certificate probe", () => {
  it("promises to ask nobody", () => {
    for (const depth of ["quick", "standard", "full"] as const)
      expect(clientCertificateProbe.bound(depth)).toEqual({ connections: 0, requests: 0 });
  });

  it("keeps the certificates, and of the key what may be said", async () => {
    const { made, asked } = await observed(ok(HELD));
    expect(asked).toEqual(["file:acme.crt file:acme.key https://api.acme.example"]);
    expect(made).toMatchObject({
      probe: "client-certificate",
      kind: "client-certificate",
      key: { origin: "https://api.acme.example" },
      observedAt: NOW,
      outcome: "observed",
      evidence: { origin: "https://api.acme.example", keyMatches: "yes", keyMode: "private" },
    });
    const chain = made.outcome === "observed" ? made.evidence.chain.map(({ der }) => der) : [];
    expect(chain).toEqual([LEAF, ISSUER].map(({ der }) => Buffer.from(der).toString("base64")));
  });

  it("says the same of the same files every night", async () => {
    const nights = [await observed(ok(HELD)), await observed(ok(HELD))];
    const [one, two] = nights.map(({ made }) => (made.outcome === "observed" ? canonicalJson(made.evidence) : ""));
    expect(one).toBe(two);
  });

  it("says why nothing is known of the key", async () => {
    const { made } = await observed(ok({ ...HELD, key: { matches: "unknown", mode: "unknown", reason: "credential_not_bound" } }));
    expect(made).toMatchObject({ evidence: { keyMatches: "unknown", keyMode: "unknown", keyReason: "credential_not_bound" } });
  });

  it.each(["credential_not_bound", "credential_unavailable"] as const)(
    "is skipped where the certificate is not to be had: %s",
    async (reason) => {
      const { made } = await observed(err({ reason, detail: "the client certificate ...", next: "..." }));
      expect(made).toMatchObject({ outcome: "skipped", failure: { reason, phase: "plan", retriable: false } });
    },
  );

  it("keeps nothing of a certificate with a secret of ours in it", async () => {
    const { made } = await observed(ok(HELD), (text) => text.replaceAll("api.acme.example", "[secret]"));
    expect(made).toMatchObject({ outcome: "observed" });
    expect(made.outcome === "observed" && made.evidence.chain[0]).toMatchObject({ der: "", subject: "", issuer: "", dnsNames: [] });
  });
});
