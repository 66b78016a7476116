import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Observation } from "../../../src/evidence/observation.ts";
import type { BreachResponse, UnknownWhat } from "../../../src/model/breach-response.ts";
import { DAY } from "../../../src/model/instant.ts";
import type { Integration } from "../../../src/model/integration.ts";
import {
  clientCertificate,
  domain,
  heldCredential,
  NOW,
  opaqueToken,
  response,
  token,
  tokenResponse,
  unseen,
} from "../../judge/builders.ts";
import { answered, asking, integration, looked, remembered } from "./remembered.ts";

const ACME = integration("acme", { provider: { name: "Acme Inc", url: "https://docs.acme.example/keys" } });
const GLOBEX = integration("globex", { provider: { name: "Globex" } });

describe("whom a name means", () => {
  const token = { url: "https://login.idp.example/token", clientAuth: "client_secret_post", scopes: [] };
  const known = integration("pay", { name: "Paying", baseUrl: "https://api.stripe.com/v1", previousIds: ["old-pay"], auth: { token } });
  const regional = integration("wide", { additionalUrls: [{ url: "https://eu.wide-two.example:8443/x" }] });
  it.each([
    ["acme inc", "acme", [{ by: "provider", value: "Acme Inc" }]],
    [
      "ACME",
      "acme",
      [
        { by: "id", value: "acme" },
        { by: "name", value: "acme" },
      ],
    ],
    ["old-pay", "pay", [{ by: "id", value: "old-pay" }]],
    [" paying ", "pay", [{ by: "name", value: "Paying" }]],
    ["acme.example", "acme", [{ by: "base-url", value: "api.acme.example" }]],
    ["https://api.acme.example/anything?x", "acme", [{ by: "base-url", value: "api.acme.example" }]],
    ["*.wide-two.example", "wide", [{ by: "additional-url", value: "eu.wide-two.example" }]],
    ["idp.example", "pay", [{ by: "token-url", value: "login.idp.example" }]],
    ["Stripe", "pay", [{ by: "known-provider", value: "api.stripe.com" }]],
  ])("%s", async (name, id, matched) => {
    const { hit } = await answered(name, [ACME, GLOBEX, known, regional], undefined);
    expect(hit.map((one) => [one.id, one.matched])).toEqual([[id, matched]]);
  });

  it.each(["Stripe", "stripe.com"])("%s has every host of its domain, and no other", async (name) => {
    const files = integration("files", { baseUrl: "https://files.stripe.com/v1" });
    const { hit } = await answered(name, [ACME, files, integration("evil", { baseUrl: "https://stripe.com.evil.example" })], undefined);
    expect(hit.map(({ id }) => id)).toEqual(["files"]);
  });

  it.each(["me", "cme.example", "example", "com", "", "acme.example.evil", "xn--", "a b.example"])("nobody: %j", async (name) => {
    expect((await asking(name, [ACME, GLOBEX], undefined)).ok).toBe(false);
  });

  it("names what is like it, and repeats nothing that looks like a secret", async () => {
    const near = await asking("Globx", [ACME, GLOBEX], undefined);
    expect(near).toMatchObject({ ok: false, error: { shown: '"Globx"', nearest: ["Globex", "globex"].slice(0, 1) } });
    const word = await asking("acm", [ACME], undefined);
    expect(word).toMatchObject({ ok: false, error: { nearest: expect.arrayContaining(["Acme Inc", "acme.example"]) } });
    const secret = await asking("ghp_16C7e42F292c6912E7710c838347Ae178B4a", [ACME], undefined);
    expect(JSON.stringify(secret)).not.toContain("16C7e42F");
  });
});

describe("who is hit", () => {
  it("has what is declared, and what the newest evidence says", async () => {
    const acme = integration("acme", {
      ...ACME,
      dataClasses: ["email"],
      tags: ["pci"],
      auth: { issuedAt: "2026-11-03", expiresAt: "2026-12-31", neededScopes: ["repo"], attributes: { revocation: "overlap" } },
    });
    const seen = [
      looked(acme, "a", { known: { provider: "stripe", prefix: "sk_live_", class: "secret" } }),
      response({ headers: { "x-oauth-scopes": "delete_repo, repo" }, body: { classes: [iban(false), { ...iban(true), class: "pin" }] } }),
    ];
    const { hit, rotation } = await answered("acme inc", [acme], [remembered(acme, seen, { open: { high: 2, low: 1 } })]);
    expect(hit).toEqual([
      {
        id: "acme",
        name: "acme",
        matched: [{ by: "provider", value: "Acme Inc" }],
        standing: "declared",
        provider: { name: "Acme Inc", url: "https://docs.acme.example/keys" },
        urls: ["https://api.acme.example"],
        owner: "payments-team",
        environment: "production",
        criticality: "high",
        tags: ["pci"],
        dataClasses: { declared: ["email"], found: ["iban"] },
        auth: { scheme: "bearer", weakest: expect.any(String), strongest: expect.any(String) },
        credentials: [
          {
            role: "clients",
            references: ["env:ACME_KEY"],
            origin: "https://api.acme.example",
            age: { days: 20, since: Date.UTC(2026, 10, 3), as: "exact", source: "declared" },
            firstSeenAt: NOW - 10 * DAY,
            changedAt: [],
            kind: { provider: "stripe", prefix: "sk_live_", class: "secret" },
            endsAt: Date.UTC(2027, 0, 1) - 1,
            lookedAt: NOW,
            unread: null,
            step: 1,
          },
        ],
        scopes: { granted: ["delete_repo", "repo"], of: "clients", seenAt: NOW, worst: "high", needed: ["repo"], excess: ["delete_repo"] },
        findings: { high: 2, low: 1 },
        worstFinding: "high",
        lastAudit: { at: NOW - DAY, visibility: "observed", seenAt: NOW - DAY },
      },
    ]);
    expect(rotation[0]).toMatchObject({
      way: "overlap",
      wayFrom: "declared",
      where: [{ what: "provider", of: "Acme Inc", url: "https://docs.acme.example/keys" }],
    });
  });

  it("lists what is not declared any more, as its credential still exists; without an inventory all that history knows", async () => {
    const history = [remembered(ACME, [], { removedAt: NOW - 30 * DAY, lastAuditAt: NOW - 40 * DAY })];
    const gone = await answered("acme inc", [GLOBEX], history);
    expect(gone.hit).toMatchObject([{ id: "acme", standing: "removed", lastAudit: { at: NOW - 40 * DAY } }]);
    expect(gone.rotation).toHaveLength(1);
    expect(gone.further).not.toContainEqual(expect.objectContaining({ what: "audit-again" }));
    const alone = await answered("acme inc", undefined, history);
    expect([alone.inventory, alone.hit[0]?.standing]).toEqual([null, "remembered"]);
  });

  it("reads scopes in a token of ours where no answer told, and says whose they are", async () => {
    const acme = integration("acme", { ...ACME, auth: { neededScopes: ["orders:read"], auditCredential: "env:ACME_AUDIT" } });
    const scopes = { scopes: ["orders:read", "users:delete"] };
    const scopesIn = async (...seen: readonly Observation[]) =>
      (await answered("acme inc", [acme], [remembered(acme, seen)])).hit[0]?.scopes;
    const read = { granted: scopes.scopes, seenAt: NOW, worst: "high", excess: ["users:delete"] };
    expect(await scopesIn(token({}, scopes))).toMatchObject({ ...read, of: "clients" });
    expect(await scopesIn(token({ fromLogin: true }, scopes))).toMatchObject({ ...read, of: "audit" });
    expect(await scopesIn(token({}, { scopes: [] }))).toMatchObject({ granted: null, worst: null });
    expect(await scopesIn(opaqueToken())).toMatchObject({ granted: null });
    const told = response({ headers: { "x-oauth-scopes": "repo" } });
    expect(await scopesIn(token({}, scopes), told)).toMatchObject({ granted: ["repo"], of: "audit" });
  });

  it("takes from the provider when it made the credential and when that ends, where it says so", async () => {
    const acme = integration("acme", { ...ACME, auth: { describedBy: "list", expiresAt: "2027-06-30" } });
    const describes = { createdAt: NOW - 200 * DAY, endsAt: NOW + 20 * DAY };
    const held = looked(acme, "a");
    const credentialIn = async (...seen: readonly Observation[]) =>
      (await answered("acme inc", [acme], [remembered(acme, [held, ...seen])])).hit[0]?.credentials[0];
    expect(await credentialIn(response({ describes }))).toMatchObject({
      age: { days: 200, since: describes.createdAt, as: "exact", source: "provider" },
      endsAt: describes.endsAt,
    });
    expect(await credentialIn(response())).toMatchObject({ age: { days: 10, as: "at-least" }, endsAt: Date.UTC(2027, 6, 1) - 1 });
    expect(await credentialIn(response({ describes: { endsAt: NOW + 900 * DAY } }))).toMatchObject({ endsAt: Date.UTC(2027, 6, 1) - 1 });
  });

  it("takes what is granted to an audit's own credential for nothing of the clients'", async () => {
    const acme = integration("acme", { ...ACME, auth: { auditCredential: "env:ACME_AUDIT" } });
    const told = response({ headers: { "x-oauth-scopes": "admin:org" } });
    const { hit, rotation } = await answered("acme inc", [acme], [remembered(acme, [told])]);
    expect(hit[0]?.scopes).toMatchObject({ of: "audit", worst: "high" });
    expect(rotation.map(({ uses, why }) => [uses[0]?.role, why.some(({ what }) => what === "scopes")])).toEqual([
      ["audit", true],
      ["clients", false],
    ]);
  });

  it("tells ages by what is known: the credential's own text, a first sight, a certificate, nothing", async () => {
    const of = async (...seen: Parameters<typeof remembered>[1] & object) => {
      const acme = integration("acme", { ...ACME, auth: { clientCertificate: { cert: "file:c", key: "file:k" } } });
      const { hit } = await answered("acme", [acme], [remembered(acme, seen)]);
      return hit[0]?.credentials.map(({ age }) => age);
    };
    expect(await of(looked(ACME, "a", { issuedAt: NOW - 9 * DAY }))).toMatchObject([{ days: 9, as: "exact", source: "token" }, null]);
    expect(await of(looked(ACME, "a"))).toMatchObject([{ days: 10, as: "at-least", source: "history" }, null]);
    expect(await of(clientCertificate())).toMatchObject([null, { as: "exact", source: "certificate" }]);
    expect(await of()).toEqual([null, null]);
  });

  it("tells when another credential than before was seen", async () => {
    const value = "b".repeat(32);
    const fingerprints = [
      { value: "a".repeat(32), since: NOW - 90 * DAY },
      { value, since: NOW - DAY },
    ];
    const { hit, rotation, further } = await answered(
      "acme",
      [ACME],
      [remembered(ACME, [looked(ACME, "b", { seen: { keyId: "0a1b2c3d", fingerprints } })])],
    );
    expect(hit[0]?.credentials[0]).toMatchObject({ changedAt: [NOW - DAY], age: { days: 1, as: "at-least" } });
    expect(rotation[0]?.changedAt).toBe(NOW - DAY);
    // What was taken may be the one before.
    expect(further).toContainEqual({ what: "read-logs", since: NOW - 90 * DAY, atLeast: true });
  });
});

describe("the order of rotation", () => {
  const plan = ({ rotation }: BreachResponse) => rotation.map(({ order, uses }) => [order, uses.map(({ integration: id }) => id)]);

  it("is one step for what is the same, by reference or by text, with any number between, and the others of it named", async () => {
    const one = integration("one", { provider: { name: "Acme Inc" } });
    const two = integration("two", { auth: { credential: "env:ONE_KEY" } });
    const three = integration("three");
    const apart = integration("apart");
    const history = [remembered(two, [looked(two, "a")]), remembered(three, [looked(three, "a")]), remembered(apart, [looked(apart, "b")])];
    const found = await answered("acme inc", [one, two, three, apart], history);
    expect(plan(found)).toEqual([[1, ["one", "three", "two"]]]);
    expect(found.rotation[0]?.uses.map(({ hit }) => hit)).toEqual([true, false, false]);
    expect(found.rotation[0]?.why).toContainEqual({ what: "shared-elsewhere", count: 2 });
    expect(found.further).toContainEqual({ what: "others-that-share", integrations: ["three", "two"] });
  });

  it("takes no two for the same whose text was made comparable with different keys", async () => {
    const keyed = (keyId: string) => ({ fingerprint: { keyId, value: "a".repeat(32) } });
    const history = [
      remembered(ACME, [looked(ACME, "a", keyed("11111111"))]),
      remembered(GLOBEX, [looked(GLOBEX, "a", keyed("22222222"))]),
    ];
    const found = await answered("acme", [ACME, GLOBEX], history);
    expect(plan(found)).toEqual([[1, ["acme"]]]);
    expect(unknown(found, "not-compared")).toEqual(["globex"]);
  });

  it("believes an audit that counted more than can be named here", async () => {
    const shared = { elsewhere: 3, acrossEnvironments: 0, compared: 9, uncompared: 0 };
    const { rotation } = await answered("acme", [ACME], [remembered(ACME, [looked(ACME, "a", { shared })])]);
    expect(rotation[0]?.why[0]).toEqual({ what: "shared-elsewhere", count: 3 });
  });

  it("goes by sharing, production, scopes, criticality, data; what is across environments goes first, too", async () => {
    const of = (id: string, over: Parameters<typeof integration>[1] = {}) =>
      integration(id, { provider: { name: "Acme Inc" }, baseUrl: "https://api.acme.example", criticality: "low", ...over });
    const all = [
      of("a-staging", { environment: "staging", criticality: "critical", dataClasses: ["password"] }),
      of("b-plain"),
      of("c-data", { dataClasses: ["email"] }),
      of("d-worse-data", { dataClasses: ["password"] }),
      of("e-critical", { criticality: "critical" }),
      of("f-scoped"),
      of("g-worse-scoped"),
      of("h-live", { environment: "production", auth: { credential: "env:BOTH" } }),
      of("h-test", { environment: "test", auth: { credential: "env:BOTH" } }),
      of("i-shared", { environment: "staging", auth: { credential: "env:GLOBEX_KEY" } }),
    ];
    const scoped = (index: number, scopes: string) => remembered(all[index] ?? ACME, [response({ headers: { "x-oauth-scopes": scopes } })]);
    const found = await answered("acme inc", [...all, GLOBEX], [scoped(5, "read:org"), scoped(6, "admin:org")]);
    expect(plan(found)).toEqual([
      [1, ["i-shared", "globex"]],
      [2, ["h-live", "h-test"]],
      [3, ["g-worse-scoped"]],
      [4, ["f-scoped"]],
      [5, ["e-critical"]],
      [6, ["d-worse-data"]],
      [7, ["c-data"]],
      [8, ["b-plain"]],
      [9, ["a-staging"]],
    ]);
    expect(found.hit[0]?.id).toBe("e-critical");
    expect(found.hit.flatMap(({ credentials }) => credentials.map(({ step }) => step)).sort()).toEqual([1, 2, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it("says how by what is declared, else by what all offers of the provider have in common, else that nobody knows", async () => {
    const way = async (over: Parameters<typeof integration>[1]) =>
      (await answered("one", [integration("one", over)], undefined)).rotation[0];
    const stripe = await way({ baseUrl: "https://api.stripe.com" });
    expect(stripe).toMatchObject({
      way: "overlap",
      wayFrom: "provider",
      where: [{ what: "documentation", of: "Stripe", url: expect.stringMatching(/^https:/) }],
    });
    expect(await way({ auth: { attributes: { revocation: "yes" } } })).toMatchObject({ way: "at-once", wayFrom: "declared", where: [] });
    expect(await way({ auth: { attributes: { revocation: "no" } } })).toMatchObject({ way: "never" });
    expect(await way({})).toMatchObject({ way: "unknown", wayFrom: null });
  });

  it("sends nobody to the provider of the host for a key that another one gave", async () => {
    const at = async (provider: string, prefix: string, over: Parameters<typeof integration>[1] = {}) => {
      const mixed = integration("pay", {
        baseUrl: "https://api.stripe.com/v1",
        provider: { name: "P", url: "https://p.example" },
        ...over,
      });
      const known = { provider, prefix, class: "secret" as const };
      const { rotation } = await answered("pay", [mixed], [remembered(mixed, [looked(mixed, "a", { known })])]);
      return [rotation[0]?.way, rotation[0]?.where.map(({ of }) => of)];
    };
    const declared = { auth: { attributes: { revocation: "overlap" } } } as const;
    expect(await at("github", "ghp_", { auth: { attributes: { revocation: "no" } } })).toEqual(["overlap", ["GitHub"]]);
    expect(await at("duffel", "duffel_live_", declared)).toEqual(["unknown", []]);
    expect((await at("stripe", "sk_live_"))[1]).toEqual(["Stripe", "P"]);
    const unknownHost = await at("stripe", "sk_live_", { baseUrl: "https://api.acme.example", ...declared });
    expect(unknownHost).toEqual(["overlap", ["P"]]);
  });
});

describe("what else depends on it", () => {
  it("logs in there, leads there, has a host there, or has a credential that looks like one of theirs; and says why", async () => {
    const token = { url: "https://login.acme.example/token", clientAuth: "client_secret_post", scopes: [] };
    const login = integration("login", { auth: { scheme: "oauth2-client-credentials", token } });
    const cousin = integration("cousin", { baseUrl: "https://files.acme.example" });
    const hosted = integration("hosted");
    const history = [
      remembered(hosted, [domain({ host: "api.hosted.example", cnames: ["hosted.edge.acme.example"], hosting: "acme.example" })]),
    ];
    const found = await answered("acme inc", [ACME, login, cousin, hosted, GLOBEX], history);
    expect(found.dependants.map((one) => [one.integration, one.reasons])).toEqual([
      ["login", [{ by: "token-url", value: "login.acme.example", seenAt: null }]],
      ["cousin", [{ by: "same-domain", value: "files.acme.example", seenAt: null }]],
      ["hosted", [{ by: "hosting", value: "hosted.edge.acme.example", seenAt: NOW }]],
    ]);
    // What is sent to their login is theirs to lose; who else has a host there, people have to say.
    expect(found.rotation.map(({ uses }) => uses[0]?.integration)).toEqual(["acme", "login"]);
  });

  it("are told of, and their credentials changed, although nobody has it as its provider", async () => {
    const gateway = integration("gateway");
    const github = looked(gateway, "a", { known: { provider: "github", prefix: "ghp_", class: "personal" } });
    const found = await answered("GitHub", [gateway], [remembered(gateway, [github])]);
    expect(found.hit).toEqual([]);
    expect(found.dependants).toMatchObject([{ integration: "gateway", reasons: [{ by: "credential", value: "ghp_" }] }]);
    expect(found.rotation).toMatchObject([{ order: 1, why: expect.arrayContaining([{ what: "issued-by-provider", prefix: "ghp_" }]) }]);
  });
});

describe("what is not known", () => {
  it("is said of each thing that would change the page, once", async () => {
    const never = integration("never", { provider: { name: "Acme Inc" } });
    const bare = integration("bare", { provider: { name: "Acme Inc" }, auth: { scheme: undefined, credential: undefined } as never });
    const unbound = heldCredential({ reason: "credential_not_bound" }, "https://api.acme.example");
    const history = [
      remembered(ACME, [unbound, unseen("http-response", "connect_timeout", { endpoint: "list" })], {
        visibility: "unreachable",
        lastSeenAt: NOW - 9 * DAY,
      }),
      remembered(bare, [response()]),
      { ...remembered(integration("lost")), configuration: "" },
    ];
    const found = await answered("acme inc", [ACME, never, bare, GLOBEX], history);
    expect(Object.fromEntries(found.unknown.map(({ what, integrations }) => [what, integrations]))).toEqual({
      "never-audited": ["never"],
      "not-seen": ["acme"],
      stale: ["acme"],
      "nothing-declared": ["bare"],
      "not-looked-at": ["never"],
      "not-bound": ["acme"],
      scopes: ["acme", "never"],
      data: ["acme", "never"],
      "not-compared": ["globex"],
      hosting: ["globex"],
      declaration: ["lost"],
    });
  });

  it("is nothing where everything was seen", async () => {
    const acme = integration("acme", { ...ACME, auth: { token: { url: "https://auth.acme.example/t", clientAuth: "none", scopes: [] } } });
    const seen = [looked(integration("x", { baseUrl: "https://auth.acme.example" }), "a"), response(), tokenResponse({ scopes: ["read"] })];
    expect((await answered("acme", [acme], [remembered(acme, seen)])).unknown).toEqual([]);
  });

  it("begins with a history that is not there", async () => {
    const found = await answered("acme", [ACME], undefined);
    expect(found.unknown.map(({ what }) => what)).toEqual(["no-history"]);
    expect(found.further).toContainEqual({ what: "read-logs", since: null, atLeast: true });
  });
});

it("never fails on a declaration out of history, whoever wrote it", async () => {
  const scope = { scheme: "oauth2-client-credentials", expect: { classes: ["email"] }, attributes: { revocation: "overlap" } };
  const keys = [
    "scheme",
    "in",
    "credential",
    "auditCredential",
    "token",
    "clientCertificate",
    "issuedAt",
    "expiresAt",
    "attributes",
    "neededScopes",
  ];
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...keys), fc.oneof(fc.jsonValue(), fc.constantFrom(...Object.values(scope))), async (key, value) => {
      const declared = { ...ACME, auth: { ...ACME.auth, [key]: value } } as unknown as Integration;
      await asking("acme inc", undefined, [remembered(declared, [looked(ACME, "a")])]);
    }),
  );
  const endpoints = [{ id: "x", method: "GET", path: "/", everyMs: 1, expect: { classes: ["no such class"] } }];
  await asking("acme inc", undefined, [remembered({ ...ACME, endpoints } as unknown as Integration)]);
});

it("stays small where thousands have the same credential", async () => {
  const many = Array.from({ length: 10_000 }, (_, n) =>
    integration(`one-${n}`, { provider: { name: "Acme Inc" }, auth: { credential: "env:ALL" } }),
  );
  const found = await answered("acme inc", many, undefined);
  expect([found.hit.length, found.rotation.length, found.rotation[0]?.uses.length]).toEqual([10_000, 1, 10_000]);
  expect(JSON.stringify(found).length).toBeLessThan(20_000_000);
});

function unknown({ unknown: all }: BreachResponse, what: UnknownWhat): readonly string[] | undefined {
  return all.find((one) => one.what === what)?.integrations;
}

function iban(sample: boolean) {
  return { path: "$.x", class: "iban", confidence: 0.9, count: 1, masked: false, sample } as const;
}
