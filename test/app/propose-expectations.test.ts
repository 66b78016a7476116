import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { draftExpectations } from "../../src/app/propose-expectations.ts";
import type { ClassFact } from "../../src/evidence/kinds.ts";
import { parseInventory } from "../../src/inventory/parse.ts";
import { parentPath } from "../../src/model/declared-path.ts";
import { memberPath } from "../../src/model/path-grammar.ts";
import { anEndpoint, anIntegration, response } from "../judge/builders.ts";

interface Pasted {
  readonly expect?: { readonly fields: readonly string[]; readonly maxRecords?: number };
}

/** What an audit that saw these paths proposes, pasted into an inventory and read by our own loader. */
function pasted(paths: readonly string[], { classes = [] as readonly ClassFact[], path = "/list" } = {}) {
  const draft = draftExpectations([{ id: "acme" }]);
  const shape = paths.map((one) => ({ path: one, types: ["string"] }));
  const integration = anIntegration({ id: "acme", endpoints: [anEndpoint({ path })] });
  draft.onObserved(integration, [response({ body: { shape, classes, records: 1 } })]);
  const proposed = parse(draft.text()) as { readonly integrations: readonly { readonly endpoints: readonly Pasted[] }[] };
  const [{ expect: block } = {}] = proposed.integrations[0]?.endpoints ?? [];
  const endpoint = { id: "list", request: `GET ${path}`, expect: block };
  const inventory = { version: 1, integrations: [{ id: "acme", baseUrl: "https://api.acme.example", endpoints: [endpoint] }] };
  const read = parseInventory(stringify(inventory), "apirisk.yaml");
  if (!read.ok) throw new Error(JSON.stringify(read.error.slice(0, 3)));
  return { text: draft.text(), expect: read.value.integrations[0]?.endpoints[0]?.expect };
}

const flood = (many: number, pathOf: (at: number) => string) => Array.from({ length: many }, (_, at) => pathOf(at));
const LONG = "x".repeat(600);

describe("what an audit proposes is an inventory", () => {
  it.each<readonly [string, readonly string[], readonly string[] | number]>([
    ["of few fields", ["$.a", "$.b[].c"], ["$.a", "$.b[].c"]],
    ["of as many as a list may have", flood(2000, (at) => `$.f${at}`), 2000],
    ["of keys that are data", ["$.id", ...flood(4900, (at) => `$.stock.k${at}`)], ["$.id", "$.stock.*"]],
    [
      "of records below keys that are data",
      ["$.id", ...flood(2400, (at) => `$.stock.k${at}.qty`), ...flood(2400, (at) => `$.stock.k${at}.at`)],
      ["$.id", "$.stock.*"],
    ],
    ["of keys of the whole", flood(4900, (at) => `$.k${at}`), ["$.*"]],
    ["of a field with a long name", ["$.a", `$.b.${LONG}`], ["$.a", "$.b.*"]],
    ["of a long name in the whole answer", ["$.a", `$.${LONG}`], ["$.a"]],
    ["of a name that was cut", ["$.a", `$.b['${"y".repeat(600)}`], ["$.a"]],
    ["of deep places", ["$.a", `$${".deep".repeat(200)}`], ["$.a", `$${".deep".repeat(99)}.*`]],
  ])("%s", (_, paths, fields) => {
    const said = pasted(paths).expect?.fields;
    if (typeof fields === "number") expect(said).toHaveLength(fields);
    else expect(said).toEqual(fields);
  });

  it("says of each integration what its own classes are", () => {
    const member = (id: string, title: string) =>
      anIntegration({ id, customClasses: [{ id: "custom/member", title, group: "personal", definition: id }] });
    const all = [member("acme", "Member of Acme"), member("other", "Member of Other")];
    const draft = draftExpectations(all);
    const fact: ClassFact = { path: "$.m", class: "custom/member", confidence: 0.9, count: 1, masked: false, sample: false };
    for (const integration of all) {
      const customClasses = [{ class: "custom/member" as const, definition: integration.id }];
      draft.onObserved(integration, [
        response({ body: { shape: [{ path: "$.m", types: ["string"] }], classes: [fact], records: 1, customClasses } }),
      ]);
    }
    const [first, second] = draft.text().split("id: other");
    expect([first, second]).toEqual([
      expect.stringContaining("custom/member: Member of Acme"),
      expect.stringContaining("custom/member: Member of Other"),
    ]);
  });

  it("says where one line stands for many", () => {
    const classes: readonly ClassFact[] = [
      { path: "$.stock.k7", class: "email", confidence: 0.9, count: 1, masked: false, sample: false },
      { path: "$.stock.k8", class: "api_key", confidence: 0.9, count: 1, masked: false, sample: false },
    ];
    const { text, expect: block } = pasted(
      flood(4900, (at) => `$.stock.k${at}`),
      { classes },
    );
    expect(text).toContain("- $.stock.* # stands for 4899 fields, too many or too long for a list: narrow it; email: ");
    expect(text).toContain("# not proposed: $.stock.k8 holds api_key\n");
    expect(block?.classes).toEqual(["email"]);
  });

  it("repeats no name that has the form of a secret", () => {
    const { text, expect: block } = pasted(["$.a", "$.keys.sk_live_4eC39HqLyjWDarjtT1zdp7dc.id", "$.sk_live_4eC39HqLyjWDarjtT1zdp7dc"]);
    expect(block?.fields).toEqual(["$.a", "$.keys.*"]);
    expect(text).not.toContain("sk_live");
    expect(text).toContain("# not proposed: a field whose name has the form of a secret\n");
  });

  it("whatever names an answer has", () => {
    const name = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 8 }),
      fc.string({ maxLength: 8 }),
      fc.constantFrom("a", "b", "x".repeat(300), "sk_live_4eC39HqLyjWDarjtT1zdp7dc"),
    );
    const step = fc.oneof({ weight: 4, arbitrary: name.map((key) => memberPath("", key)) }, fc.constantFrom("[]", "{}"));
    const path = fc.array(step, { maxLength: 5 }).map((steps) => `$${steps.join("")}`);
    fc.assert(
      fc.property(fc.uniqueArray(path, { minLength: 1, maxLength: 12 }), fc.boolean(), (all, many) => {
        const more = many ? flood(2100, (at) => `${parentPath(all[0] ?? "$") ?? "$"}.k${at}`) : [];
        expect(pasted([...new Set([...all, ...more])]).expect?.fields?.length).toBeLessThanOrEqual(2000);
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});
