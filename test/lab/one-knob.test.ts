import { describe, expect, it } from "vitest";
import type { ApiConditions } from "../../src/demo/conditions.ts";
import { CLEAN } from "../../src/demo/conditions.ts";
import { RULES } from "../../src/judge/rules/registry.ts";
import { DAY } from "../../src/model/instant.ts";
import { CLEAN_RESOURCE, cleanEntry, type InventoryEntry, openFindings, startLab } from "./support/lab.ts";

/** One condition of the clean server, or of what is declared of it, and exactly what has to be said of it. */
interface Knob {
  readonly turn: string;
  readonly server?: Partial<ApiConditions>;
  readonly declared?: Readonly<Record<string, unknown>>;
  readonly findings: readonly string[];
}

const ORDER = CLEAN_RESOURCE.data[0];
const sending = (fields: object): Partial<ApiConditions> => ({
  resources: { "/v1/orders": { data: [{ ...ORDER, ...fields }], has_more: false } },
});
const header = (name: string, value: string): Partial<ApiConditions> => ({ headers: { ...CLEAN.headers, [name]: value } });

const KNOBS: readonly Knob[] = [
  {
    turn: "TLS 1.0 and 1.1 are offered beside 1.2 and 1.3",
    server: { tlsVersions: { min: "TLS 1.0", max: "TLS 1.3" } },
    findings: ["tls/deprecated-version-offered tls1.0", "tls/deprecated-version-offered tls1.1"],
  },
  {
    turn: "nothing better than TLS 1.1 is spoken",
    server: { tlsVersions: { min: "TLS 1.1", max: "TLS 1.1" } },
    findings: ["tls/deprecated-version-negotiated tls1.1", "tls/deprecated-version-offered tls1.1"],
  },
  { turn: "the certificate has expired", server: { certificate: "expired" }, findings: ["certificate/expired leaf"] },
  { turn: "the certificate is about to expire", server: { certificate: "expiring" }, findings: ["certificate/expiring leaf"] },
  { turn: "the certificate is self-signed", server: { certificate: "self-signed" }, findings: ["certificate/untrusted leaf"] },
  { turn: "the certificate is another tenant's", server: { certificate: "wrong-name" }, findings: ["certificate/untrusted leaf"] },
  { turn: "the credential is not asked for", server: { auth: { in: "open" } }, findings: ["auth/unauthenticated-access endpoint:orders"] },
  {
    turn: "the key travels in the query",
    server: { auth: { in: "query", name: "key", value: "clean-demo-key" } },
    declared: { auth: { scheme: "api-key", in: "query", name: "key", credential: "env:LAB_KEY" } },
    findings: ["auth/key-in-query"],
  },
  { turn: "a banner tells a version", server: header("server", "nginx/1.30.4"), findings: ["header/version-disclosure header:server"] },
  {
    turn: "a banner tells a version that nobody mends any more",
    server: header("x-powered-by", "PHP/7.4.33"),
    findings: ["header/end-of-life-software header:x-powered-by", "header/version-disclosure header:x-powered-by"],
  },
  {
    turn: "an email address is sent that nobody asked for",
    server: sending({ email: "ada.lovelace@apirisk-lab.dev" }),
    findings: ["data/sensitive-field-undeclared endpoint:orders#$.data[].email#email"],
  },
  {
    turn: "a private key is sent",
    server: sending({ note: "-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg\n-----END PRIVATE KEY-----" }),
    findings: ["data/secret-in-response endpoint:orders#$.data[].note#private_key"],
  },
  {
    turn: "the API is about to be switched off",
    server: header("sunset", new Date(Date.now() + 20 * DAY).toUTCString()),
    findings: ["lifecycle/sunset-near endpoint:orders"],
  },
  { turn: "nobody owns it", declared: { owner: undefined }, findings: ["inventory/no-owner"] },
];

describe("one-knob matrix: one condition turned, exactly its findings appear, and go when it is turned back", () => {
  for (const { turn, server = {}, declared = {}, findings } of KNOBS) {
    it(turn, async () => {
      const lab = await startLab();
      const api = await lab.start();
      const clean = cleanEntry(api);
      const turned = Object.fromEntries(
        Object.entries({ ...clean, ...declared }).filter(([, value]) => value !== undefined),
      ) as InventoryEntry;

      expect(openFindings(await lab.audit([clean]))).toEqual([]);
      await api.change(server);
      lab.clock.advance(DAY);
      expect(openFindings(await lab.audit([turned]))).toEqual(findings);
      await api.change(CLEAN);
      lab.clock.advance(DAY);
      expect(openFindings(await lab.audit([clean]))).toEqual([]);
    });
  }

  it("a base URL without TLS sends no credential, and says so", async () => {
    const lab = await startLab();
    const api = await lab.start({ plaintext: "served" });
    const entry = cleanEntry({ url: api.url.replace("https:", "http:") });
    const result = await lab.audit([entry]);
    expect(openFindings(result)).toContain("auth/credential-over-http");
    expect(api.requests().some(({ head }) => head.includes("clean-demo-key"))).toBe(false);
  });

  it("has a knob for every rule", () => {
    const turned = new Set(KNOBS.flatMap(({ findings }) => findings.map((finding) => finding.split(" ")[0])));
    expect(RULES.map(({ meta }) => meta.id).filter((id) => !turned.has(id))).toEqual(["auth/credential-over-http"]);
  });
});
