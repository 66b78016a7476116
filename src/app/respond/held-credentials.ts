import { type AuthProvider, authProviderOf, authProviders } from "../../catalog/auth-providers.ts";
import type { HeldCredential } from "../../evidence/kinds.ts";
import type { Observation } from "../../evidence/observation.ts";
import { completedAuth, providerOf } from "../../judge/facts/auth-offers.ts";
import { ageInDays, type CredentialAge, credentialAge } from "../../judge/facts/credential-age.ts";
import { strangerAt } from "../../judge/facts/credential-home.ts";
import { knownEntry, type OwnCredential } from "../../judge/facts/own-credentials.ts";
import { toldOf } from "../../judge/facts/told-credential.ts";
import type { HitCredential, RotationWay, WayFrom } from "../../model/breach-response.ts";
import { DAY, type Instant } from "../../model/instant.ts";
import type { Integration } from "../../model/integration.ts";
import { declaredCredentials } from "../../model/own-credential.ts";
import { type KnownIntegration, ofKind } from "./known-integrations.ts";

/** A credential in one of its uses. */
export interface Holding extends Omit<HitCredential, "step"> {
  readonly of: KnownIntegration;
  /** Two that have one of them in common are the same credential. */
  readonly marks: readonly string[];
  /** With which key of this machine its text was made comparable; undefined where nobody did. */
  readonly keyId?: string;
  /** What an audit counted, when it compared whatever it could read. */
  readonly counted: { readonly elsewhere: number; readonly acrossEnvironments: number };
}

/** `answers`: the newest of kind `http-response`, which are read for those that are hit alone; a provider may say in them when it made one, and when that ends. */
export function holdingsOf(known: KnownIntegration, asOf: Instant, answers: readonly Observation[] = []): readonly Holding[] {
  return [...credentials(known, ofKind(answers, "http-response"), asOf), ...clientCertificate(known, asOf)];
}

function credentials(known: KnownIntegration, answers: readonly Observation<"http-response">[], asOf: Instant): readonly Holding[] {
  const { integration, observations } = known;
  return declaredCredentials(integration).map(({ role, reference, origin }): Holding => {
    const looked = ofKind(observations, "credential").find(({ key, outcome }) => key.origin === origin && outcome === "observed");
    const held = looked?.outcome === "observed" ? looked.evidence.held.find((one) => one.role === role) : undefined;
    const own = { ...(held ?? NOT_HELD), role, host: new URL(origin).hostname, at: "", observedAt: looked?.observedAt ?? asOf };
    const { fingerprint } = own;
    return {
      of: known,
      role,
      references: [reference],
      origin,
      age: ageOf(own, integration, answers, asOf),
      firstSeenAt: own.seen?.fingerprints[0]?.since ?? null,
      changedAt: changesOf(own),
      kind: own.known ?? null,
      endsAt: earliest(
        own.endsAt,
        toldOf(own, integration.auth, answers).endsAt,
        role === "clients" ? lastMomentOf(integration.auth.expiresAt) : undefined,
      ),
      lookedAt: held === undefined ? null : (looked?.observedAt ?? null),
      unread: held?.reason ?? null,
      marks: [`reference ${reference}`, ...(fingerprint === undefined ? [] : [`text ${fingerprint.keyId} ${fingerprint.value}`])],
      ...(fingerprint === undefined ? {} : { keyId: fingerprint.keyId }),
      counted: { elsewhere: own.shared?.elsewhere ?? 0, acrossEnvironments: own.shared?.acrossEnvironments ?? 0 },
    };
  });
}

function clientCertificate(known: KnownIntegration, asOf: Instant): readonly Holding[] {
  const { integration, observations } = known;
  const declared = integration.auth.clientCertificate;
  if (declared === undefined) return [];
  const looked = ofKind(observations, "client-certificate").find(({ outcome }) => outcome === "observed");
  const leaf = looked?.outcome === "observed" ? looked.evidence.chain[0] : undefined;
  const since = leaf?.notBefore;
  return [
    {
      of: known,
      role: "client-certificate",
      references: [declared.cert, declared.key],
      origin: new URL(integration.baseUrl).origin,
      age: since === undefined ? null : { days: daysSince(since, asOf), since, as: "exact", source: "certificate" },
      firstSeenAt: null,
      changedAt: [],
      kind: null,
      endsAt: leaf?.notAfter ?? null,
      lookedAt: leaf === undefined ? null : (looked?.observedAt ?? null),
      unread: null,
      marks: [`reference ${declared.key}`, ...(leaf === undefined ? [] : [`certificate ${leaf.sha256}`])],
      counted: { elsewhere: 0, acrossEnvironments: 0 },
    },
  ];
}

function ageOf(
  own: OwnCredential,
  integration: Integration,
  answers: readonly Observation<"http-response">[],
  asOf: Instant,
): Holding["age"] {
  const age = credentialAge(own, integration, answers, asOf);
  return age === undefined ? null : { ...pickOf(age), days: ageInDays(age, asOf) };
}

function pickOf({ since, as, source }: CredentialAge): Pick<NonNullable<Holding["age"]>, "since" | "as" | "source"> {
  return { since, as, source };
}

/** The first that was seen is no change. */
function changesOf({ seen }: OwnCredential): readonly Instant[] {
  return (seen?.fingerprints ?? []).slice(1).map(({ since }) => since);
}

/** As declared; else as everything has it that this provider offers and that may be ours. */
export function wayOf(holding: Holding): { readonly way: RotationWay; readonly wayFrom: WayFrom | null } {
  const {
    of: { integration },
    origin,
    role,
  } = holding;
  if (role === "client-certificate") return { way: "unknown", wayFrom: null };
  const issuer = issuerElsewhere(holding);
  if (issuer !== undefined) {
    // What is declared is about the key that belongs here.
    const { credential: _credential, attributes: _attributes, ...auth } = integration.auth;
    const word = completedAuth(auth, issuer.known).auth.attributes?.["revocation"];
    const way = WAYS[word ?? ""];
    return way === undefined ? { way: "unknown", wayFrom: null } : { way, wayFrom: "provider" };
  }
  const provider = authProviderOf(new URL(origin).hostname) ?? providerOf(integration);
  const { auth, fromProvider } = completedAuth(integration.auth, provider);
  const way = WAYS[auth.attributes?.["revocation"] ?? ""];
  if (way === undefined) return { way: "unknown", wayFrom: null };
  return { way, wayFrom: fromProvider.includes("revocation") ? "provider" : "declared" };
}

/**
 * Who gave a credential that goes to somebody else: it is not changed where it goes. `known`: what is known of them; undefined where the credential is
 * not seen to be another's.
 */
export function issuerElsewhere({
  kind,
  origin,
}: Pick<Holding, "kind" | "origin">): { readonly known: AuthProvider | undefined } | undefined {
  const { hostname } = new URL(origin);
  const entry = kind === null ? undefined : knownEntry(kind, hostname);
  if (entry === undefined || strangerAt(hostname, entry) === undefined) return undefined;
  const known = authProviders().find(
    ({ provider, hosts }) => provider.toLowerCase() === entry.provider || hosts.some((host) => entry.hosts.includes(host)),
  );
  return { known };
}

function lastMomentOf(day: string | undefined): Instant | undefined {
  const begin = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(begin) ? undefined : begin + DAY - 1;
}

/** Of what its own text, the provider and the inventory say. */
function earliest(...ends: readonly (Instant | undefined)[]): Instant | null {
  const said = ends.filter((end) => end !== undefined);
  return said.length === 0 ? null : Math.min(...said);
}

function daysSince(then: Instant, asOf: Instant): number {
  return Math.max(0, Math.floor((asOf - then) / DAY));
}

const NOT_HELD: Omit<HeldCredential, "role"> = { from: "env" };
const WAYS: Readonly<Record<string, RotationWay>> = { overlap: "overlap", yes: "at-once", no: "never" };
