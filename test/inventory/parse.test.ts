import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseInventory } from "../../src/inventory/parse.ts";
import type { Integration, Inventory, InventoryProblem } from "../../src/model/integration.ts";

const FULL = new URL("../fixtures/inventory/full.yaml", import.meta.url);

function parsed(text: string): Inventory {
  const result = parseInventory(text, "apirisk.yaml");
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

function problems(text: string, knownRules?: ReadonlyMap<string, string>): readonly InventoryProblem[] {
  const result = parseInventory(text, "apirisk.yaml", knownRules);
  if (result.ok) throw new Error("was accepted");
  return result.error;
}

const KNOWN_RULES = new Map([
  ["certificate/expired", "certificate/expired"],
  ["certificate/out-of-date", "certificate/expired"],
  ["tls/deprecated-version-offered", "tls/deprecated-version-offered"],
]);

/** One integration with these extra lines, indented by four. */
function withLines(...lines: readonly string[]): string {
  return [
    "version: 1",
    "integrations:",
    "  - id: acme",
    "    baseUrl: https://api.acme.example",
    ...lines.map((line) => `    ${line}`),
    "",
  ].join("\n");
}

function only(text: string): Integration {
  const [integration, second] = parsed(text).integrations;
  if (integration === undefined || second !== undefined) throw new Error("expected one integration");
  return integration;
}

describe("what a file means", () => {
  test("a former name of a rule is the rule", () => {
    const waiver = "waivers: [{ rule: certificate/out-of-date, until: 2027-01-01, reason: r, by: b }]";
    const text = `policy: { rules: { certificate/out-of-date: off, tls/deprecated-version-offered: { severity: info } } }\n${withLines(waiver)}`;
    const result = parseInventory(text, "apirisk.yaml", KNOWN_RULES);
    expect(result).toMatchObject({
      ok: true,
      value: {
        policy: { rules: { "certificate/expired": { off: true }, "tls/deprecated-version-offered": { off: false, severity: "info" } } },
        integrations: [{ waivers: [{ rule: "certificate/expired", until: "2027-01-01" }] }],
      },
    });
    expect(result.ok && Object.keys(result.value.policy.rules)).not.toContain("certificate/out-of-date");
  });

  test("every key of the contract", () => {
    const { integrations, policy } = parsed(readFileSync(FULL, "utf8"));
    expect(policy).toEqual({
      packs: ["mozilla-6.0-intermediate"],
      rules: { "header/version-disclosure": { off: true }, "tls/no-post-quantum": { off: false, severity: "low" } },
    });
    expect(integrations).toEqual([
      {
        id: "acme-payments",
        uid: "e2ff7617-b9b8-5e92-8ba5-448163b5757c",
        previousIds: [],
        name: "Acme payments",
        adHoc: false,
        provider: { name: "Acme Inc.", url: "https://acme.example" },
        owner: "payments-team",
        criticality: "critical",
        environment: "production",
        dataClasses: ["payment_card", "email"],
        tags: ["pci"],
        network: "public",
        baseUrl: "https://api.acme.example",
        additionalUrls: [{ url: "https://eu.api.acme.example", environment: "production", region: "eu" }],
        headers: { "x-tenant": "acme-audit" },
        proxy: "http://proxy.example:3128",
        auth: {
          scheme: "oauth2-client-credentials",
          in: "header",
          name: "Authorization",
          prefix: "Bearer",
          credential: "env:ACME_TOKEN",
          auditCredential: "env:ACME_AUDIT_TOKEN",
          token: { url: "https://auth.acme.example/oauth/token", clientAuth: "client_secret_basic", scopes: ["charges.read"] },
          clientCertificate: { cert: "file:acme.crt", key: "file:acme.key" },
          issuedAt: "2026-09-01",
          rotateEveryDays: 90,
          attributes: { scope: "fine", expiry: "yes", revocation: "overlap", storage: "shared" },
          neededScopes: ["charges.read"],
        },
        authProof: { level: "shape", permission: { basis: "contract", reference: "MSA-12", by: "ciso", until: "2027-01-01" } },
        apiVersion: { header: "Acme-Version", pinned: "2026-05-01" },
        sdk: { npm: "acme-node", range: "^4" },
        budget: { connectionsPerRun: 40, callsPerMonth: 200 },
        endpoints: [
          {
            id: "list-charges",
            method: "GET",
            path: "/v1/charges?limit=10",
            safe: false,
            everyMs: 43_200_000,
            cost: "metered",
            expect: { status: 200, maxRecords: 10, fields: ["$.data[].id", "$.data[].amount", "$.has_more"], classes: ["email"] },
          },
          { id: "search", method: "POST", path: "/v1/search", safe: true, everyMs: 0, cost: "free", expect: {} },
        ],
        waivers: [
          {
            rule: "tls/deprecated-version-offered",
            subject: "tls1.0",
            until: "2027-01-01",
            reason: "moved in May",
            by: "ciso",
            kind: "accepted",
          },
        ],
        source: { file: "apirisk.yaml", line: 8, pointer: "/integrations/0" },
      },
    ]);
  });

  test("what is not said stays unsaid, but for the fixed defaults", () => {
    expect(only(withLines())).toEqual({
      id: "acme",
      uid: "a564baf4-de4b-5a50-af78-49c3189e087f",
      previousIds: [],
      name: "acme",
      adHoc: false,
      criticality: "medium",
      environment: "production",
      dataClasses: [],
      tags: [],
      network: "public",
      baseUrl: "https://api.acme.example",
      additionalUrls: [],
      headers: {},
      auth: { neededScopes: [] },
      authProof: { level: "none" },
      budget: {},
      endpoints: [],
      waivers: [],
      source: { file: "apirisk.yaml", line: 3, pointer: "/integrations/0" },
    });
  });

  test("defaults apply where an integration is silent", () => {
    const head =
      "version: 1\ndefaults: { owner: platform, environment: staging, criticality: high, proxy: 'http://p.example:8080/' }\nintegrations:\n";
    const [silent, loud] = parsed(
      `${head}  - { id: a, baseUrl: https://a.example }\n  - { id: b, baseUrl: https://b.example, owner: team-b, environment: test, criticality: low }\n`,
    ).integrations;
    expect(silent).toMatchObject({ owner: "platform", environment: "staging", criticality: "high", proxy: "http://p.example:8080" });
    expect(loud).toMatchObject({ owner: "team-b", environment: "test", criticality: "low" });
  });

  test("a rename keeps the identity through previousIds", () => {
    expect(only(withLines("previousIds: [oldest, older]")).uid).toBe(
      only("version: 1\nintegrations: [{ id: oldest, baseUrl: https://x.example }]").uid,
    );
  });

  test.each([
    ["https://API.Acme.Example:443/v1/", "https://api.acme.example/v1"],
    ["http://api.acme.example:8080", "http://api.acme.example:8080"],
    ["https://bücher.example", "https://xn--bcher-kva.example"],
    ["https://api.acme.example.", "https://api.acme.example"],
    ["https://0x7f.1/", "https://127.0.0.1"],
    ["https://[::1]:8443", "https://[::1]:8443"],
  ])("%s has one form", (text, canonical) => {
    expect(only(`version: 1\nintegrations: [{ id: a, baseUrl: "${text}" }]`).baseUrl).toBe(canonical);
  });

  test("the user's own keys are allowed in every mapping and read by nobody", () => {
    const text = withLines(
      "x-contract: { anything: [1, 2] }",
      "auth: { scheme: bearer, x-note: y }",
      "headers: { X-Tenant: a, x-other: b }",
    );
    expect(only(`x-top: 1\n${text}`)).toMatchObject({
      auth: { scheme: "bearer", neededScopes: [] },
      headers: { "x-tenant": "a", "x-other": "b" },
    });
    expect(JSON.stringify(only(text))).not.toContain("contract");
  });

  test("a number is a version too", () => {
    expect(only(withLines("apiVersion: { query: v, pinned: 3 }")).apiVersion).toEqual({ query: "v", pinned: "3" });
  });
});

describe("what is refused, where, and what would be right", () => {
  test("an unknown key, with the nearest", () => {
    expect(problems(withLines("ownr: payments"))).toEqual([
      {
        file: "apirisk.yaml",
        line: 5,
        column: 5,
        path: "integrations[0].ownr",
        expected: expect.stringMatching(/^one of id, previousIds, name, provider, owner/),
        found: '"ownr"',
        suggestion: "owner",
      },
    ]);
  });

  test("a value of a closed list, with the nearest", () => {
    expect(problems(withLines("auth:", "  scheme: beaer"))).toEqual([
      {
        file: "apirisk.yaml",
        line: 6,
        column: 15,
        path: "integrations[0].auth.scheme",
        expected: expect.stringMatching(/^one of none, ip-allow-list/),
        found: '"beaer"',
        suggestion: "bearer",
      },
    ]);
  });

  test("a missing key, at its mapping", () => {
    expect(problems("version: 1\nintegrations:\n  - id: a\n")).toMatchObject([
      {
        line: 3,
        column: 5,
        path: "integrations[0].baseUrl",
        expected: expect.stringContaining("https://api.example.com/v1"),
        found: "nothing",
      },
    ]);
  });

  test("several at once, in the order of the file", () => {
    const found = problems("version: 2\nzz: 1\nintegrations:\n  - id: Bad\n    baseUrl: ftp://x.example\n  - 5\n");
    expect(found.map(({ line, path }) => [line, path])).toEqual([
      [1, "version"],
      [2, "zz"],
      [4, "integrations[0].id"],
      [5, "integrations[0].baseUrl"],
      [6, "integrations[1]"],
    ]);
  });

  test("ids that come twice, former ids included", () => {
    const entry = (id: string, previous = "[]") => `  - { id: ${id}, previousIds: ${previous}, baseUrl: https://x.example }\n`;
    const expected = "an id that nothing else has or had";
    expect(problems(`version: 1\nintegrations:\n${entry("a")}${entry("b")}${entry("a")}`)).toMatchObject([
      { line: 5, path: "integrations[2].id", expected, found: "the id of integrations[0]" },
    ]);
    expect(problems(`version: 1\nintegrations:\n${entry("a", "[old]")}${entry("old")}`)).toMatchObject([
      { line: 4, path: "integrations[1].id", expected },
    ]);
    expect(problems(`version: 1\nintegrations:\n${entry("a", "[a]")}`)).toMatchObject([
      { path: "integrations[0].previousIds[0]", expected },
    ]);
  });

  test.each([
    ["api.acme.example"],
    ["ftp://api.acme.example"],
    ["https://"],
    ["https:///path"],
    ["https:api.acme.example"],
    ["https://api.acme.example?x=1"],
    ["https://api.acme.example/#top"],
    ["https://user@api.acme.example"],
    ["https://:@api.acme.example"],
    ["https://{tenant}.acme.example"],
    ["https://api.acme.example\\@evil.example"],
    ["https://*.acme.example"],
    ["https://a b.example"],
    ["https://api.acme.example:99999"],
    [`https://${"a".repeat(3000)}.example`],
  ])("the base URL %s", (url) => {
    const found = problems(`version: 1\nintegrations:\n  - id: a\n    baseUrl: ${JSON.stringify(url)}\n`);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ line: 4, column: 14, path: "integrations[0].baseUrl" });
  });

  test.each([
    ["fields", "data.id", ""],
    ["fields", "$.data[0].id", "brackets around something that is neither nothing nor a quoted name, at character 7"],
    ["fields", "$.data[*].id", "brackets around something that is neither nothing nor a quoted name, at character 7"],
    ["fields", "$.a.*.b", "a * that is not the .* at the end, at character 5"],
    ["richText", "$.a b", "a character that no path has there, at character 4"],
    ["richText", "$['a", "a quoted name without an end, at character 2"],
  ])("%s with the path %s", (list, path, found) => {
    const lines = ["endpoints:", "  - id: e", "    request: GET /", `    expect: { ${list}: ["$.ok[].*", ${JSON.stringify(path)}] }`];
    const expected = expect.stringContaining("[] for any element");
    expect(problems(withLines(...lines))).toMatchObject([
      { line: 8, path: `integrations[0].endpoints[0].expect.${list}[1]`, expected, ...(path.startsWith("$") ? { found } : {}) },
    ]);
  });

  test.each([
    ["/etc/package-lock.json", "another path"],
    ["~/package-lock.json", "another path"],
    ["C:/package-lock.json", "another path"],
    ["..\\\\package-lock.json", "another path"],
    ["package.json", "a path to another file"],
    ["app/", "a path to another file"],
    ["app/.env", "a path to another file"],
    ["__proto__", "a path to another file"],
    ["poetry.lock", "a lock file of pypi"],
  ])("the lock file %s", (lock, found) => {
    const expected = [{ line: 5, path: "integrations[0].sdk.lock", found }];
    expect(problems(withLines(`sdk: { npm: acme-node, range: ^4, lock: "${lock}" }`))).toMatchObject(expected);
  });

  test.each(["package-lock.json", "../package-lock.json", "./services/shop/yarn.lock"])("but not the lock file %s", (lock) => {
    expect(parsed(withLines(`sdk: { npm: acme-node, range: ^4, lock: "${lock}" }`)).integrations[0]?.sdk).toMatchObject({ lock });
  });

  test.each([
    ["/v1", "integrations[0].endpoints[0].request"],
    ["get /v1", "integrations[0].endpoints[0].request"],
    ["TRACE /v1", "integrations[0].endpoints[0].request"],
    ["GET https://evil.example/", "integrations[0].endpoints[0].request"],
    ["GET //evil.example/", "integrations[0].endpoints[0].request"],
    ["GET /a/../../admin", "integrations[0].endpoints[0].request"],
    ["GET /a/%2e%2E/admin", "integrations[0].endpoints[0].request"],
    ["GET /a\\b", "integrations[0].endpoints[0].request"],
    ["GET /a#b", "integrations[0].endpoints[0].request"],
    ["GET /a b", "integrations[0].endpoints[0].request"],
    ["POST /v1", "integrations[0].endpoints[0].safe"],
  ])("the request %s", (request, path) => {
    expect(problems(withLines(`endpoints: [{ id: e, request: ${JSON.stringify(request)} }]`)).map((problem) => problem.path)).toEqual([
      path,
    ]);
  });

  test.each(["/", "/v1/a.b/..c", "/a?x=..&y=/../z", "/%7Bid%7D", "/v1/charges/ch_123?expand[]=a"])("but not GET %s", (path) => {
    expect(only(withLines(`endpoints: [{ id: e, request: "GET ${path}" }]`)).endpoints[0]?.path).toBe(path);
  });

  test.each([
    ["authProof: { level: shape }", "authProof.permission"],
    ["authProof: { level: full, permission: { basis: contract, by: ciso } }", "authProof.permission.until"],
    ["auth: { scheme: none, credential: env:A }", "auth.credential"],
    ["auth: { rotateEvery: 90 }", "auth.rotateEvery"],
    ["auth: { rotateEvery: 3y }", "auth.rotateEvery"],
    ["auth: { issuedAt: 2026-02-30 }", "auth.issuedAt"],
    ["auth: { token: { url: http://auth.example/t, clientAuth: none } }", "auth.token.url"],
    ["headers: { Host: evil.example }", "headers.Host"],
    ["headers: { X-A: '1', x-a: '2' }", "headers.x-a"],
    ['headers: { X-A: "1\\r\\nX-B: 2" }', "headers.X-A"],
    ["endpoints: [{ id: e, request: GET /a }, { id: e, request: GET /b }]", "endpoints[1].id"],
    ["endpoints: [{ id: e, request: GET /a, every: 0d }]", "endpoints[0].every"],
    ["waivers: [{ rule: tls/x, reason: r, by: b }]", "waivers[0].until"],
    ["waivers: [{ rule: tls/x, until: 2027-01-01, by: b }]", "waivers[0].reason"],
    ["waivers: [{ rule: tls/x, until: 2027-01-01, reason: r }]", "waivers[0].by"],
    ['name: "a\\e[31mred"', "name"],
    ["dataClasses: [emial]", "dataClasses[0]"],
    ["budget: { callsPerMonth: -1 }", "budget.callsPerMonth"],
    ["<<: { owner: x }", "(key)"],
  ])("%s", (line, path) => {
    expect(problems(withLines(line)).map((problem) => problem.path)).toEqual([`integrations[0].${path}`]);
  });

  test.each(["\u001b[31m", "\u009b", "\u202e", "\u200b", "\u2028", "\r\n"])("text that acts on a terminal or hides: %j", (hostile) => {
    const text = JSON.stringify(`a${hostile}b`);
    const lines = [
      `name: ${text}`,
      `owner: ${text}`,
      `tags: [${text}]`,
      `provider: { name: ${text} }`,
      `headers: { X-A: ${text} }`,
      `sdk: { npm: ${text} }`,
    ];
    for (const line of [
      ...lines,
      `waivers: [{ rule: tls/x, until: 2027-01-01, by: b, reason: ${text} }]`,
      `auth: { credential: ${JSON.stringify(`exec:a${hostile}b`)} }`,
    ]) {
      const found = problems(withLines(line));
      expect(found, line).toHaveLength(1);
      expect(JSON.stringify(found), line).not.toContain(text.slice(2, -2));
    }
  });

  test("two decisions about one rule", () => {
    const text = `policy:\n  rules:\n    certificate/out-of-date: off\n    certificate/expired: { severity: low }\n${withLines()}`;
    expect(problems(text, KNOWN_RULES)).toMatchObject([
      { line: 4, column: 5, path: "policy.rules.certificate/expired", expected: "each rule once, under one of its names" },
    ]);
  });

  test("rules that do not exist, when the rules are known", () => {
    const text = `policy: { rules: { certificate/expird: off } }\n${withLines("waivers: [{ rule: nothing/at-all, until: 2027-01-01, reason: r, by: b }]")}`;
    expect(problems(text, KNOWN_RULES)).toMatchObject([
      { line: 1, column: 20, path: "policy.rules.certificate/expird", suggestion: "certificate/expired" },
      { line: 6, path: "integrations[0].waivers[0].rule", expected: "a rule that `apirisk rule list` shows" },
    ]);
    expect(parsed(text).integrations).toHaveLength(1);
  });

  test("policy packs and client profiles that do not exist", () => {
    const text = `policy: { packs: [mozilla-6.0, mozila-6.0] }\ndefaults: { clients: [openjdk-71] }\n${withLines("clients: [node-20, cobol]")}`;
    expect(problems(text)).toMatchObject([
      { line: 1, path: "policy.packs[1]", expected: expect.stringContaining("pci-dss-4.0.1"), suggestion: "mozilla-6.0" },
      { line: 2, path: "defaults.clients[0]", expected: expect.stringContaining("a client profile"), suggestion: "openjdk-11" },
      { line: 7, path: "integrations[0].clients[1]", found: "an unknown name" },
    ]);
  });

  test("clients of an integration come in the place of the common ones, each once", () => {
    const text = `defaults: { clients: [node-20] }\n${withLines()}`;
    expect(parsed(text).integrations).toMatchObject([{ clients: ["node-20"] }]);
    const own = `defaults: { clients: [node-20] }\n${withLines("clients: [go-1.24, go-1.24]")}`;
    expect(parsed(own).integrations).toMatchObject([{ clients: ["go-1.24"] }]);
  });

  test("a rule that another version may have is none of them: nothing like it is known here", () => {
    const text = `policy: { rules: { tls/no-post-quantum: off } }\n${withLines("owner: x")}`;
    expect(parseInventory(text, "apirisk.yaml", KNOWN_RULES)).toMatchObject({ ok: true });
  });

  test.each([
    ["", "an inventory"],
    ["  \n\n", "an inventory"],
    ["# nothing\n", "a mapping with version, defaults, policy, customClasses, customClassesFile, integrations"],
    ["[]", "a mapping with version, defaults, policy, customClasses, customClassesFile, integrations"],
    ["version: 1\nintegrations: []\n", "at least one integration"],
    ["version: 1\nintegrations:\n", "a list of integrations"],
  ])("an empty inventory: %j", (text, expected) => {
    expect(problems(text).map((problem) => problem.expected)).toContain(expected);
  });

  test("more than 10 MB, before it is read", () => {
    expect(problems("a".repeat(10 * 1024 * 1024 + 1))).toEqual([
      { file: "apirisk.yaml", line: 1, column: 1, path: "", expected: "at most 10 MB", found: "more" },
    ]);
  });

  test("more than 10,000 integrations; 10,000 are read", () => {
    const many = (count: number) =>
      `version: 1\nintegrations:\n${Array.from({ length: count }, (_, index) => `  - { id: i${index}, baseUrl: https://x.example }\n`).join("")}`;
    expect(parsed(many(10_000)).integrations).toHaveLength(10_000);
    expect(problems(many(10_001))).toMatchObject([{ path: "integrations", expected: "at most 10000 integrations in a file" }]);
  });

  test("at most 50 problems and a count of the rest", () => {
    const found = problems(`version: 1\nintegrations:\n${"  - 5\n".repeat(80)}`);
    expect(found).toHaveLength(51);
    expect(found[50]).toMatchObject({ path: "", found: "30 more" });
  });
});

describe("literal secrets", () => {
  const CANARIES: readonly (readonly [line: string, secret: string, path: string])[] = [
    ["auth: { credential: hunter2 }", "hunter2", "auth.credential"],
    ["auth: { credential: 8675309 }", "8675309", "auth.credential"],
    ["auth: { auditCredential: 'env:A hunter2' }", "hunter2", "auth.auditCredential"],
    ["auth: { clientCertificate: { cert: file:a, key: hunter2 } }", "hunter2", "auth.clientCertificate.key"],
    ["auth: { scheme: bearer, hunter2 }", "hunter2", "auth.(key)"],
    ["headers: { Authorization: Bearer hunter2 }", "hunter2", "headers.Authorization"],
    ["headers: { X-Api-Key: hunter2 }", "hunter2", "headers.X-Api-Key"],
    ["headers: { Cookie: session=hunter2 }", "hunter2", "headers.Cookie"],
    ["headers: { X-Tenant: q8Zr2LkP0vNw5TsYb7UxHc3Jd9 }", "q8Zr2LkP0vNw5TsYb7UxHc3Jd9", "headers.X-Tenant"],
    ["headers: { X-Tenant: env:TENANT }", "TENANT", "headers.X-Tenant"],
    ["endpoints: [{ id: e, request: 'GET /a?api_key=hunter2' }]", "hunter2", "endpoints[0].request"],
    ["endpoints: [{ id: e, request: 'GET /a?x=1&api%5Fkey=hunter2' }]", "hunter2", "endpoints[0].request"],
    ["endpoints: [{ id: e, request: 'GET /a?q=q8Zr2LkP0vNw5TsYb7UxHc3Jd9' }]", "q8Zr2LkP0vNw5TsYb7UxHc3Jd9", "endpoints[0].request"],
    ["proxy: http://user:hunter2@proxy.example:3128", "hunter2", "proxy"],
    ["provider: { name: A, url: 'https://user:hunter2@acme.example' }", "hunter2", "provider.url"],
    ["additionalUrls: [{ url: 'https://hunter2@eu.acme.example' }]", "hunter2", "additionalUrls[0].url"],
    ["tags: [sk_live_hunter2hunter2]", "hunter2", "tags[0]"],
    ["name: eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJodW50ZXIyIn0.c2ln", "eyJhbGciOiJIUzI1NiJ9", "name"],
    ["x-note: 'key AKIAIOSFODNN7EXAMPLE'", "AKIAIOSFODNN7EXAMPLE", "x-note"],
    ["x-deep: { a: [{ b: ghp_012345678901234567890123456789abcdef }] }", "ghp_0123", "x-deep.a[0].b"],
    ["x-pem: '-----BEGIN RSA PRIVATE KEY-----'", "RSA", "x-pem"],
    ["x-db: postgres://app:hunter2@db.example/app", "hunter2", "x-db"],
    ["x-map: { ghp_012345678901234567890123456789abcdef: 1 }", "ghp_0123", "x-map.(key)"],
    ["apiVersion: { pinned: [hunter2] }", "hunter2", "apiVersion.pinned"],
    ["criticality: hunter2", "hunter2", "criticality"],
    ["sdk: { hunter2: 1 }", "hunter2", "sdk.(key)"],
  ];

  test.each(CANARIES)("%s is refused at its place and not repeated", (line, secret, path) => {
    const found = problems(withLines(line));
    expect(found.map((problem) => problem.path)).toEqual([`integrations[0].${path}`]);
    expect(found[0]?.line).toBe(5);
    expect(JSON.stringify(found)).not.toContain(secret);
  });

  test.each([
    "auth: { credential: env:ACME_TOKEN }",
    "auth: { credential: 'file:~/secrets/acme token' }",
    "auth: { credential: 'exec:op read op://vault/acme/token' }",
    "auth: { credential: op://vault/item/section/field }",
    "auth: { credential: ref+vault://user@path#/key }",
    "headers: { X-Tenant: 5f2b8c9e-1d2e-4f3a-8b4c-9d0e1f2a3b4c }",
    "headers: { Accept-Language: 'en-GB,en;q=0.8' }",
    "endpoints: [{ id: e, request: 'GET /a?key=name&page_token=3&updated_after=2026-01-01T00:00:00Z' }]",
    "tags: [pk_live_publishable]",
    "x-doc: https://docs.example/path?q=a@b",
  ])("%s is no secret", (line) => {
    expect(parsed(withLines(line)).integrations).toHaveLength(1);
  });

  test("whatever stands where a reference should, no problem repeats it", () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 6, unit: "grapheme-ascii" }),
        fc.constantFrom("credential", "auditCredential", "scheme", "issuedAt"),
        (secret, key) => {
          const canary = `Zq9${secret.replaceAll(" ", "_")}`;
          const result = parseInventory(withLines(`auth: { ${key}: ${JSON.stringify(canary)} }`), "apirisk.yaml");
          expect(result.ok).toBe(false);
          expect(JSON.stringify(result)).not.toContain(JSON.stringify(canary).slice(1, -1));
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe("hostile text", () => {
  test("any text gives an inventory or problems with a place, and never throws", () => {
    const piece = fc.constantFrom(
      "version: 1\n",
      "integrations:\n",
      "  - id: a\n",
      "    baseUrl: https://a.example\n",
      "&a ",
      "*a",
      "[",
      "{",
      "\t",
      "? ",
      "!!x ",
      "'",
      "|\n",
      "\u0000",
      "---\n",
      "a: b",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 20 }), (pieces) => {
        const result = parseInventory(pieces.join(""), "apirisk.yaml");
        if (result.ok) return;
        expect(result.error.length).toBeGreaterThan(0);
        for (const problem of result.error) {
          expect(problem.line).toBeGreaterThanOrEqual(1);
          expect(problem.column).toBeGreaterThanOrEqual(1);
          expect(problem.expected).not.toBe("");
        }
      }),
      { numRuns: 500 },
    );
  });
});
