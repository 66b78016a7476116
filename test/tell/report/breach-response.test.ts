import { createRequire } from "node:module";
import { stripVTControlCharacters } from "node:util";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import {
  BREACH_RESPONSE_SCHEMA_VERSION,
  type BreachResponse,
  DEPENDANT_REASONS,
  HELD_ROLES,
  MATCH_KINDS,
  ROTATION_WAYS,
  STANDINGS,
  UNKNOWNS,
} from "../../../src/model/breach-response.ts";
import { UNOBSERVED_REASONS } from "../../../src/model/reason.ts";
import { VISIBILITIES } from "../../../src/model/report.ts";
import { renderBreachResponse } from "../../../src/tell/report/breach-response.ts";
import type { Style } from "../../../src/tell/report/style.ts";
import { textWidth } from "../../../src/tell/report/width.ts";
import { breachResponseView } from "../../../src/tell/view/breach-response-view.ts";
import { knowingNothing, sampleResponse, saying } from "../breach-samples.ts";
import { HIDDEN } from "../hidden.ts";

const schema = createRequire(import.meta.url)("#data/schemas/breach-response.schema.json");
const validate = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(schema);
const plain: Style = { columns: 100, colour: false, unicode: true };

describe("the page about a breach", () => {
  it.each([
    [60, true],
    [80, false],
    [100, true],
  ])("reads from top to bottom in %d columns (Unicode: %s)", async (columns, unicode) => {
    const text = rendered(await sampleResponse(), { ...plain, columns, unicode });
    expect(text.split("\n").filter((line) => textWidth(line) > columns)).toEqual([]);
    await expect(`${text}\n`).toMatchFileSnapshot(`./goldens/breach-response-${columns}${unicode ? "" : "-ascii"}.txt`);
  });

  it("is no wider than can be read, ASCII where there is nothing else, and the same without colour", async () => {
    const page = await sampleResponse();
    const wide = rendered(page, { ...plain, columns: 300 });
    expect(wide).toBe(rendered(page, plain));
    expect(rendered(page, { ...plain, unicode: false })).toMatch(/^[\n\x20-\x7e]*$/);
    const coloured = rendered(page, { ...plain, colour: true });
    expect(coloured).toContain("\u001b[");
    expect(stripVTControlCharacters(coloured)).toBe(rendered(page, plain));
  });

  it("lets nothing from outside move the cursor, hide, command a CI system, or fill the page", async () => {
    const text = rendered(await saying(`Evil \u001b[2J\u202e\n::error::x ##vso[y] # [md](http://x) ${"long".repeat(100)}`), plain);
    expect(text).not.toMatch(HIDDEN);
    expect(text).not.toMatch(/::error|##vso\[/);
    expect(text).not.toContain("long".repeat(60));
    expect(text.split("\n").filter((line) => textWidth(line) > 100)).toEqual([]);
  });

  it("shows the first of many, and says how many more are in the document", async () => {
    const page = await sampleResponse();
    const [hit] = page.hit;
    const [step] = page.rotation;
    const [dependant] = page.dependants;
    if (hit === undefined || step === undefined || dependant === undefined) throw new Error("the sample is empty");
    const many = <T>(one: T) => Array.from({ length: 10_000 }, () => one);
    const text = rendered({ ...page, hit: many(hit), rotation: many(step), dependants: many(dependant) }, plain);
    expect(text.match(/^ {2}and 9975 more: all of them with --json$/gm)).toHaveLength(3);
    expect(text.length).toBeLessThan(100_000);
    expect(text).toMatch(/^Salesloft: 10000 integrations hit/);
  });

  it("has a sentence for everything that may not be known", async () => {
    const text = rendered(await knowingNothing(), plain);
    expect(text.match(/^ {2}\? /gm)).toHaveLength(UNKNOWNS.length);
    expect(text).not.toContain("undefined");
  });
});

describe("its document", () => {
  it("fits the published schema, which has the words of the code and no others", async () => {
    for (const page of [await sampleResponse(), await knowingNothing()]) {
      validate(JSON.parse(JSON.stringify(page)));
      expect(validate.errors ?? []).toEqual([]);
    }
    const { $defs, properties } = schema;
    expect(properties.schemaVersion.const).toBe(BREACH_RESPONSE_SCHEMA_VERSION);
    expect(properties.unknown.items.properties.what.enum).toEqual(UNKNOWNS);
    expect($defs.standing.enum).toEqual(STANDINGS);
    expect($defs.role.enum).toEqual(HELD_ROLES);
    expect($defs.hit.properties.matched.items.properties.by.enum).toEqual(MATCH_KINDS);
    expect($defs.credential.properties.unread.enum).toEqual([...UNOBSERVED_REASONS, null]);
    expect($defs.step.properties.way.enum).toEqual(ROTATION_WAYS);
    expect($defs.dependant.properties.reasons.items.properties.by.enum).toEqual(DEPENDANT_REASONS);
    expect($defs.hit.properties.lastAudit.oneOf[0].properties.visibility.enum).toEqual(VISIBILITIES);
  });
});

function rendered(page: BreachResponse, style: Style): string {
  return renderBreachResponse(breachResponseView(page), style);
}
