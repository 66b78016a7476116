import { JsonText } from "../../../src/demo/conditions.ts";
import type { Knob } from "./knob.ts";
import { CLEAN_RESOURCE } from "./lab.ts";

export interface DataKnob extends Knob {
  /** Audits of the clean API before it is turned; 1 unless given. */
  readonly before?: number;
  /** Beside the inventory, by name. */
  readonly files?: Readonly<Record<string, string>>;
  /** Sights until it is told; 1 unless given. */
  readonly sights?: number;
}

const [FIRST, SECOND] = CLEAN_RESOURCE.data;
const orders = (body: unknown) => ({ resources: { "/v1/orders": body } });
const sending = (fields: object) => orders({ data: [{ ...FIRST, ...fields }, SECOND], has_more: false });
const text = (order: string) => orders(new JsonText(`{"data":[{"id":"ord_1041","status":"paid","items":3${order}}],"has_more":false}`));
const declaring = (expect: object) => ({ endpoints: [{ id: "orders", request: "GET /v1/orders", expect }] });
const ALL = ["$.*"];
const EMAIL = "ada.lovelace@apirisk-lab.dev";
const MANY = Array.from({ length: 150 }, (_, at) => ({ ...FIRST, id: `ord_${2000 + at}` }));

const STRING = { type: "string" };
const DESCRIBED = {
  type: "object",
  properties: {
    data: { type: "array", items: { type: "object", properties: { id: STRING, status: STRING, items: { type: "integer" } } } },
    has_more: { type: "boolean" },
  },
};
const DESCRIPTION = {
  openapi: "3.0.3",
  paths: { "/v1/orders": { get: { responses: { 200: { content: { "application/json": { schema: DESCRIBED } } } } } } },
};

/** One thing turned of what a body holds. What is declared is so all the time. */
export const DATA_KNOBS: readonly DataKnob[] = [
  {
    turn: "a field is sent that is not needed",
    server: sending({ shelf: "B7" }),
    findings: ["data/field-undeclared endpoint:orders"],
  },
  {
    turn: "more records are sent than are enough",
    server: orders({ data: [FIRST, SECOND, FIRST], has_more: false }),
    declared: declaring({ fields: ALL, maxRecords: 2 }),
    findings: ["data/record-excess endpoint:orders"],
  },
  {
    turn: "a declared field never came",
    server: orders({ data: [{ id: "ord_1041" }], has_more: false }),
    declared: declaring({ fields: ["$.data[].id", "$.data[].status", "$.data[].items", "$.has_more", "$.data[].gift"] }),
    before: 0,
    sights: 5,
    findings: ["data/declared-field-absent endpoint:orders"],
  },
  {
    turn: "an address comes in a new field",
    server: sending({ contact: EMAIL }),
    declared: declaring({ classes: ["email"] }),
    findings: ["data/new-sensitive-path endpoint:orders#$.data[].contact#email"],
  },
  {
    turn: "an address comes where a status stood",
    server: orders({ data: [{ ...FIRST, status: EMAIL }], has_more: false }),
    declared: declaring({ classes: ["email"] }),
    findings: ["data/class-changed endpoint:orders#$.data[].status#email"],
  },
  {
    turn: "the filter of a list is lost",
    server: orders({ data: MANY, has_more: false }),
    declared: declaring({ fields: ALL }),
    before: 3,
    findings: ["data/record-explosion endpoint:orders"],
  },
  {
    turn: "a field is sent that the provider does not describe",
    server: sending({ shelf: "B7" }),
    declared: { openapi: "acme.json", ...declaring({}) },
    files: { "acme.json": JSON.stringify(DESCRIPTION) },
    findings: ["data/undocumented-field endpoint:orders"],
  },
  {
    turn: "a field is added",
    server: sending({ shelf: "B7" }),
    declared: declaring({ fields: ALL }),
    before: 3,
    findings: ["data/schema-changed endpoint:orders"],
  },
  {
    turn: "a field is gone",
    server: orders({ data: [{ id: "ord_1041", status: "paid" }], has_more: false }),
    declared: declaring({ fields: ALL }),
    before: 3,
    sights: 3,
    findings: ["data/schema-changed endpoint:orders"],
  },
];

/** What acts on whoever shows or merges it. */
export const HAZARD_KNOBS: readonly DataKnob[] = [
  {
    turn: "a note holds a script",
    server: sending({ status: "<script>fetch('//example.com')</script>" }),
    findings: ["data/active-content endpoint:orders#$.data[].status#script"],
  },
  {
    turn: "a key changes prototypes",
    server: text(',"__proto__":{"isAdmin":true}'),
    declared: declaring({ fields: ALL }),
    findings: ["data/prototype-key endpoint:orders#$.data[].__proto__#prototype-key"],
  },
  {
    turn: "a key comes twice",
    server: text(',"id":"ord_1042"'),
    findings: ["data/duplicate-key endpoint:orders"],
  },
];

export const ERROR_KNOBS: readonly DataKnob[] = [
  {
    turn: "an answer holds a stack",
    server: sending({
      status:
        'Traceback (most recent call last):\n  File "/srv/app/orders.py", line 41, in list\n    rows = db.run(q)\nValueError: bad row',
    }),
    findings: ["data/provider-error-detail endpoint:orders#$.data[].status#stack_trace"],
  },
];
