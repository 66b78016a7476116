import type { ClassFact } from "../../src/evidence/kinds.ts";
import type { Observation } from "../../src/evidence/observation.ts";
import { DAY } from "../../src/model/instant.ts";
import type { Integration, Policy } from "../../src/model/integration.ts";
import { requestDigest } from "../../src/model/request-digest.ts";
import type { Night } from "../app/remembering.ts";
import {
  type Answer,
  aCertificate,
  anEndpoint,
  anIntegration,
  hellos,
  ORIGIN,
  queries,
  response,
  session,
  twin,
  unseen,
  withGarbage,
  withoutCredential,
} from "../judge/builders.ts";
import { isDuring, LEAKS, type Leak, type Script, START, timeOf } from "./script.ts";
import { answerFault, type Edge, hasFault, type OurSide, oursOn, type Provider, providerOn, twinSights } from "./truth.ts";

const ADDRESSES = ["192.0.2.1", "192.0.2.2"] as const;

/** The audits of a history, as the probes would bring them home; undefined for a night of which nothing is recorded. */
export function nightsOf(script: Script): readonly (Night | undefined)[] {
  const sights = twinSights(script);
  return sights.map((sight, night) => (hasFault(script, night, "our-outage") ? undefined : nightOf(script, night, sight)));
}

function nightOf(script: Script, night: number, twinSeen: number | undefined): Night {
  const ours = oursOn(script, night);
  const integration = integrationOn(script, night, ours);
  const observe = (provider: Provider, plaintext: boolean) => observationsOn(script, night, { provider, integration, twinSeen, plaintext });
  const plaintext = twinSeen !== undefined && providerOn(script, twinSeen).plaintext;
  const dull = ours.older.filter((rule) => !ours.missing.includes(rule));
  return {
    run: night + 1,
    at: timeOf(night),
    integration,
    policy: policyOn(ours),
    capability: `tool ${ours.tool}`,
    observations: observe(providerOn(script, night), plaintext),
    older: [
      ...(dull.length === 0 ? [] : [{ rules: dull }]),
      ...(ours.missing.length === 0 ? [] : [{ rules: ours.missing, judgedAs: observe(BLAMELESS, false) }]),
    ],
  };
}

function integrationOn({ ours }: Script, night: number, { declared, owner, tenant }: OurSide): Integration {
  return anIntegration({
    owner: `team-${owner}`,
    headers: { "x-tenant": `tenant-${tenant}` },
    endpoints: [anEndpoint({ expect: { fields: declared.map((leak) => LEAKS[leak]) } })],
    waivers: ours.waivers.filter((span) => isDuring(span, night)).map(({ waiver }) => waiver),
  });
}

function policyOn({ bannerSeverity, off }: OurSide): Policy {
  return {
    packs: [],
    rules: {
      // A fault of sight in these scripts: nobody revoked anything, which is what the rule would say.
      "auth/credential-rejected": { off: true },
      ...(bannerSeverity === undefined ? {} : { "header/version-disclosure": { off: false, severity: bannerSeverity } as const }),
      ...Object.fromEntries(off.map((rule) => [rule, { off: true } as const])),
    },
  };
}

interface Scene {
  readonly provider: Provider;
  readonly integration: Integration;
  readonly twinSeen: number | undefined;
  readonly plaintext: boolean;
}

function observationsOn(script: Script, night: number, scene: Scene): readonly Observation[] {
  const tonight = [...tlsOn(script, night, scene), ...answersOn(script, night, scene)].map((one) => ({
    ...one,
    observedAt: timeOf(night),
  }));
  return [...tonight, twinOn(night, scene)];
}

function tlsOn(script: Script, night: number, { provider }: Scene): readonly Observation[] {
  if (hasFault(script, night, "their-outage"))
    return ADDRESSES.flatMap((address) => [
      unseen("tls-session", "connect_timeout", { address }),
      unseen("tls", "connect_timeout", { address }),
    ]);
  return ADDRESSES.flatMap((address, index) => {
    if (index === (hasFault(script, night, "only-first-edge") ? 1 : hasFault(script, night, "only-second-edge") ? 0 : undefined)) return [];
    if (index === 1 && hasFault(script, night, "second-edge-silent"))
      return [
        unseen("tls-session", "connect_timeout", { address }, "timed-out"),
        unseen("tls", "connect_timeout", { address }, "timed-out"),
      ];
    if (index === 1 && hasFault(script, night, "second-edge-refuses"))
      return [unseen("tls-session", "connect_refused", { address }, "refused"), unseen("tls", "connect_refused", { address }, "refused")];
    return edgeOn(night, address, provider.edges[index === 0 ? 0 : 1], provider);
  });
}

function edgeOn(night: number, address: string, { badCertificate, tls10 }: Edge, { certificate }: Provider): readonly Observation[] {
  const { installed, notBefore, notAfter } = certificate;
  const isOver = timeOf(night) > notAfter;
  const trustError = badCertificate === undefined ? (isOver ? "CERT_HAS_EXPIRED" : undefined) : TRUST_ERRORS[badCertificate];
  const leaf = aCertificate({ notBefore, notAfter, sha256: String(installed + 100).padStart(64, "0") });
  return [
    session({ chain: [leaf], ...(trustError === undefined ? {} : { trusted: false, trustError }) }, { address }),
    hellos({ "TLS 1.2": { support: "accepted" }, ...(tls10 ? { "TLS 1.0": { support: "accepted" } } : {}) }, { address }),
  ];
}

function answersOn(script: Script, night: number, { provider, integration }: Scene): readonly Observation[] {
  const fault = hasFault(script, night, "their-outage") ? "their-outage" : answerFault(script, night);
  const where = { endpoint: "list" };
  if (fault === "their-outage")
    return [unseen("http-response", "connect_timeout", where), unseen("http-unauthenticated", "connect_timeout", where)];
  if (fault === "our-budget")
    return [
      unseen("http-response", "budget_exhausted", where, "skipped"),
      unseen("http-unauthenticated", "budget_exhausted", where, "skipped"),
    ];
  const asked = {
    request: {
      method: "GET",
      origin: ORIGIN,
      path: "/v1/list",
      digest: requestDigest(integration, integration.endpoints[0] ?? anEndpoint()),
    },
  };
  if (fault === "server-error")
    return [
      response({ ...asked, status: 500, interference: "server_error", body: { state: "unsupported" } }),
      withoutCredential({ status: 500, interference: "server_error" }),
    ];
  if (fault === "rate-limited")
    return [
      response({ ...asked, status: 429, interference: "rate_limited", body: { state: "not-read" } }),
      withoutCredential({ status: 429, interference: "rate_limited" }),
    ];
  const { open } = provider;
  const openly = {
    status: 200,
    sameShape: true,
    shape: { topLevel: ["data"], classes: open === "same-data" ? ["email" as const] : [], errorShaped: false },
  };
  return [
    response({ ...asked, headers: headersOf(provider), ...bodyOf(provider, fault) }),
    withoutCredential(open === undefined ? { headers: [["www-authenticate", "Bearer"]] } : openly),
    ...(open === undefined ? [withGarbage({ headers: [["www-authenticate", "Bearer"]] }), queries()] : []),
  ];
}

function headersOf({ banner, sunset }: Provider): Readonly<Record<string, string>> {
  return {
    server: banner ? "acme-gateway/3.2.1" : "acme-gateway",
    ...(sunset === undefined ? {} : { sunset: new Date(sunset).toUTCString() }),
  };
}

function bodyOf(provider: Provider, fault: ReturnType<typeof answerFault>): Answer {
  const shape = [{ path: "$.data", types: ["array"] }];
  if (fault === "credential-rejected") {
    const headers = { ...headersOf(provider), "www-authenticate": "Bearer" };
    return { status: 401, interference: "credential_rejected", headers, body: { shape: [] } };
  }
  if (fault === "empty-list") return { body: { records: 0, shape } };
  if (fault === "body-cut-before-leaks") return { body: { state: "truncated", shape } };
  const state = fault === "body-cut" ? "truncated" : "classified";
  return { body: { state, records: 10, shape, classes: provider.leaks.map(classFact) } };
}

function classFact(leak: Leak): ClassFact {
  return { path: LEAKS[leak], class: leak, confidence: 0.95, count: 10, masked: false, sample: false };
}

/** Asked once a week; in between the last answer is carried. */
function twinOn(night: number, { twinSeen, plaintext }: Scene): Observation {
  if (twinSeen === undefined) return { ...unseen("http-plaintext", "connect_timeout"), observedAt: timeOf(night) };
  const answer = twin({ status: plaintext ? 200 : 400 }, twinSeen === night ? {} : { carried: true });
  return { ...answer, observedAt: timeOf(twinSeen) };
}

/** In whom rules that say less would see nothing. */
const BLAMELESS: Provider = {
  certificate: { installed: 0, notBefore: START - DAY, notAfter: START + 10_000 * DAY },
  edges: [{ tls10: false }, { tls10: false }],
  banner: false,
  leaks: [],
  plaintext: false,
};

const TRUST_ERRORS = { "self-signed": "DEPTH_ZERO_SELF_SIGNED_CERT", "unknown-issuer": "UNABLE_TO_GET_ISSUER_CERT_LOCALLY" } as const;
