import { describe, expect, it } from "vitest";
import type { ApiConditions } from "../../src/demo/conditions.ts";
import { CLEAN } from "../../src/demo/conditions.ts";
import { RULES } from "../../src/judge/rules/registry.ts";
import { DAY } from "../../src/model/instant.ts";
import { AUTH_KNOBS } from "./support/auth-knobs.ts";
import { CERTIFICATE_KNOBS, RENEWAL_KNOBS } from "./support/certificate-knobs.ts";
import { CHALLENGE_KNOBS, DIGEST_KNOBS } from "./support/challenge-knobs.ts";
import { CLIENT_KNOBS } from "./support/client-certificate-knobs.ts";
import { CREDENTIAL_KNOBS, MISTAKEN_KNOB } from "./support/credential-knobs.ts";
import { DATA_KNOBS, ERROR_KNOBS, HAZARD_KNOBS } from "./support/data-knobs.ts";
import { DOMAIN_KNOBS } from "./support/domain-knobs.ts";
import { expectTurning, type Knob, rulesOf } from "./support/knob.ts";
import { allOpenFindings, CLEAN_RESOURCE, cleanEntry, type InventoryEntry, openFindings, startLab } from "./support/lab.ts";
import { LOGIN_KNOBS } from "./support/login-knobs.ts";
import { MTLS_KNOBS } from "./support/mtls-knobs.ts";
import { POSTURE_KNOBS } from "./support/posture-knobs.ts";
import { PROOF_KNOBS } from "./support/proof-knobs.ts";
import { PUBLISHED_KNOBS } from "./support/published-knobs.ts";
import { REGISTRATION_KNOBS } from "./support/registration-knobs.ts";
import { SDK_KNOBS } from "./support/sdk-knobs.ts";
import { STANDING_FINDINGS, TLS_KNOBS } from "./support/tls-knobs.ts";
import { TOKEN_KNOBS } from "./support/token-knobs.ts";

const ORDER = CLEAN_RESOURCE.data[0];
const sending = (fields: object): Partial<ApiConditions> => ({
  resources: { "/v1/orders": { data: [{ ...ORDER, ...fields }], has_more: false } },
});
const header = (name: string, value: string): Partial<ApiConditions> => ({ headers: { ...CLEAN.headers, [name]: value } });
const headers = (fields: Readonly<Record<string, string>>): Partial<ApiConditions> => ({ headers: { ...CLEAN.headers, ...fields } });

const KNOBS: readonly Knob[] = [
  { turn: "the certificate has expired", server: { certificate: "expired" }, findings: ["certificate/expired leaf"] },
  { turn: "the certificate is about to expire", server: { certificate: "expiring" }, findings: ["certificate/expiring leaf"] },
  { turn: "the certificate is self-signed", server: { certificate: "self-signed" }, findings: ["certificate/untrusted leaf"] },
  { turn: "the certificate is another tenant's", server: { certificate: "wrong-name" }, findings: ["certificate/untrusted leaf"] },
  { turn: "the credential is not asked for", server: { auth: { in: "open" } }, findings: ["auth/unauthenticated-access endpoint:orders"] },
  {
    turn: "the key travels in the query",
    server: { auth: { in: "query", name: "key", value: "clean-demo-key-4tXw8QmZr2LcVb7NsKjD" } },
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
    turn: "a banner tells a release that lacks corrections",
    server: header("server", "nginx/1.30.1"),
    findings: ["header/patches-behind header:server", "header/version-disclosure header:server"],
  },
  { turn: "a server for development answers", server: header("server", "WEBrick"), findings: ["header/development-server header:server"] },
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
  {
    turn: "the end is announced before the deprecation",
    server: headers({ sunset: "Fri, 01 Jan 2100 00:00:00 GMT", deprecation: "@4133980800" }),
    findings: ["lifecycle/sunset-before-deprecation endpoint:orders"],
  },
  {
    turn: "a deprecation is told in Warning",
    server: header("warning", '299 - "this version is deprecated and will be removed by Summer \'27"'),
    findings: ["lifecycle/warning endpoint:orders"],
  },
  {
    turn: "a version is pinned that is on the way out",
    server: headers({ "api-supported-versions": "2.0, 3.0", "api-deprecated-versions": "1.0" }),
    findings: ["lifecycle/version-deprecated endpoint:orders"],
  },
  {
    turn: "a version is pinned that is not supported any more",
    server: header("api-supported-versions", "2.0, 3.0"),
    findings: ["lifecycle/version-unsupported endpoint:orders"],
  },
  {
    turn: "another version answers than the one that is pinned",
    server: header("api-version", "2026-07-01"),
    declared: { apiVersion: { header: "Api-Version", pinned: "2025-07-01" } },
    findings: ["lifecycle/version-not-as-pinned endpoint:orders"],
  },
  { turn: "nobody owns it", declared: { owner: undefined }, findings: ["inventory/no-owner"] },
];

/** Told as information, or believed after as many sights. */
const QUIET_KNOBS: readonly (Knob & { readonly sights: 1 | 2 })[] = [
  {
    turn: "more is left of a limit than there is",
    server: headers({ "x-ratelimit-limit": "10", "x-ratelimit-remaining": "100" }),
    sights: 1,
    findings: ["header/rate-limit-inconsistent endpoint:orders"],
  },
  {
    turn: "a quota is nearly used up",
    server: headers({ "x-ratelimit-limit": "1000", "x-ratelimit-remaining": "12" }),
    sights: 2,
    findings: ["header/rate-limit-nearly-used endpoint:orders"],
  },
  {
    turn: "a wait is told in milliseconds since 1970",
    server: header("retry-after", "1795435200000"),
    sights: 2,
    findings: ["header/retry-after-odd endpoint:orders"],
  },
  { turn: "the endpoint is gone", server: { status: 410 }, sights: 2, findings: ["lifecycle/gone endpoint:orders"] },
];

/** Nothing of the server is turned: somebody says what matters to them. */
const CHOICES: readonly (Knob & { readonly policy: Readonly<Record<string, unknown>> })[] = [
  {
    turn: "a policy is chosen that the provider does not keep to",
    server: { tlsVersions: { min: "TLS 1.1", max: "TLS 1.3" } },
    declared: {},
    policy: { packs: ["rfc-9325"] },
    findings: ["tls/outside-policy rfc-9325:signature-hash", "tls/outside-policy rfc-9325:versions"],
  },
  {
    turn: "a client is declared that has no better choice than key transport by RSA",
    server: { tlsVersions: { min: "TLS 1.2", max: "TLS 1.2" }, tls: { keyType: "rsa", ciphers: "AES128-GCM-SHA256" } },
    declared: { clients: ["node-20"] },
    policy: {},
    findings: ["tls/client-negotiates-weak node-20", "tls/client-would-break node-20"],
  },
];

/** Turned in one-knob-published.test.ts, because it takes more than one run to tell. */
const OVER_SEVERAL_RUNS = ["auth/as-regression", "auth/jwks-not-rotated"];

describe("one-knob matrix: one condition turned, exactly its findings appear, and go when it is turned back", () => {
  for (const { turn, server = {}, declared = {}, findings } of KNOBS) {
    it(turn, async () => {
      const lab = await startLab();
      const api = await lab.start();
      const clean = cleanEntry(api);
      const turned = Object.fromEntries(
        Object.entries({ ...clean, ...declared }).filter(([, value]) => value !== undefined),
      ) as InventoryEntry;

      await expectTurning(
        {
          clock: lab.clock,
          clean: () => lab.audit([clean]),
          turned: () => lab.audit([turned]),
          turn: () => api.change(server),
          turnBack: () => api.change(CLEAN),
          findingsIn: openFindings,
        },
        [],
        findings,
      );
    });
  }

  it.each(QUIET_KNOBS)("$turn", async ({ server = {}, sights, findings }) => {
    const lab = await startLab();
    const api = await lab.start();
    const audit = async () => allOpenFindings(await lab.audit([cleanEntry(api)]));
    const standing = await audit();
    const added = async () => (await audit()).filter((finding) => !standing.includes(finding));
    await api.change(server);
    for (let sight = 1; sight < sights; sight += 1) {
      lab.clock.advance(DAY);
      expect(await added()).toEqual([]);
    }
    lab.clock.advance(DAY);
    expect(await added()).toEqual(findings);
    await api.change(CLEAN);
    lab.clock.advance(DAY);
    expect(await added()).toEqual([]);
  });

  it.each(CHOICES)("$turn", async ({ server, declared, policy, findings }) => {
    const lab = await startLab();
    const api = await lab.start({ ...CLEAN, ...server });
    const entry = cleanEntry(api);
    const standing = allOpenFindings(await lab.audit([entry]));
    lab.clock.advance(DAY);
    const chosen = allOpenFindings(await lab.audit([{ ...entry, ...declared }], { policy }));
    expect(chosen.filter((finding) => !standing.includes(finding))).toEqual(findings);
    lab.clock.advance(DAY);
    expect(allOpenFindings(await lab.audit([entry]))).toEqual(standing);
  });

  it("a base URL without TLS sends no credential, and says so", async () => {
    const lab = await startLab();
    const api = await lab.start({ plaintext: "served" });
    const entry = cleanEntry({ url: api.url.replace("https:", "http:") });
    const result = await lab.audit([entry]);
    expect(openFindings(result)).toContain("auth/credential-over-http");
    expect(api.requests().some(({ head }) => head.includes("clean-demo-key-4tXw8QmZr2LcVb7NsKjD"))).toBe(false);
  });

  it("has a knob for every rule", () => {
    const turned = rulesOf([
      ...KNOBS,
      ...QUIET_KNOBS,
      ...CHOICES,
      ...TLS_KNOBS,
      ...CERTIFICATE_KNOBS,
      ...RENEWAL_KNOBS,
      ...DOMAIN_KNOBS,
      ...REGISTRATION_KNOBS,
      ...AUTH_KNOBS,
      ...POSTURE_KNOBS,
      ...CLIENT_KNOBS,
      ...CHALLENGE_KNOBS,
      ...DIGEST_KNOBS,
      ...LOGIN_KNOBS,
      ...CREDENTIAL_KNOBS,
      ...TOKEN_KNOBS,
      MISTAKEN_KNOB,
      ...PUBLISHED_KNOBS,
      ...PROOF_KNOBS,
      ...MTLS_KNOBS,
      ...SDK_KNOBS,
      ...DATA_KNOBS,
      ...HAZARD_KNOBS,
      ...ERROR_KNOBS,
      { findings: STANDING_FINDINGS },
    ]);
    expect(RULES.map(({ meta }) => meta.id).filter((id) => !turned.has(id))).toEqual(OVER_SEVERAL_RUNS);
  });
});
