import { type ApiConditions, CLEAN, type Validity } from "../../src/demo/conditions.ts";
import { DAY } from "../../src/model/instant.ts";
import { type Declared, instant, STORY_KEY, type Stage } from "./stage.ts";

/** Seven providers, and how we declare them. vat is run well: all that is ever to be said of it is that it was away. */
export async function openForBusiness(stage: Stage): Promise<void> {
  const { inventor } = stage;
  const key = {
    scheme: "api-key",
    in: "header",
    name: "X-Api-Key",
    credential: "env:STORY_KEY",
    issuedAt: "2024-12-01",
    rotateEvery: "1000d",
  };
  const auth = { in: "header", name: "x-api-key", value: STORY_KEY } as const;
  await stage.settle(
    "payments",
    {
      owner: "payments-team",
      criticality: "critical",
      auth: key,
      dataClasses: ["financial_amount"],
      ...endpoint("charges", ["$.data[].id", "$.data[].amount", "$.has_more"]),
    },
    { auth, resources: charges({}), certificate: lasting("2024-12-12T01:00", 90) },
  );
  const employee = { id: 7, work_email: inventor.email("ada.brandt"), payout_account: inventor.iban() };
  await stage.settle(
    "hr",
    { owner: "people-team", criticality: "high", auth: key, dataClasses: ["email"], ...employees([]) },
    { auth, resources: { "/employees": { employees: [employee] } }, certificate: lasting("2024-05-20T00:00", 365) },
  );
  const waiver = { rule: "tls/deprecated-version-offered", until: "2025-12-31", reason: "migration in 2025", by: "ciso", kind: "accepted" };
  await stage.settle(
    "archive",
    { ...plain(), waivers: [waiver] },
    telling("Granary/1.9.4", { tlsVersions: { min: "TLS 1.0", max: "TLS 1.3" } }),
  );
  await stage.settle("edge", plain(), telling("Quayside/3.2.1"));
  for (const id of ["shipping", "rates", "vat"]) await stage.settle(id, plain(), quiet());
  await stage.ask(["credential", "trust"]);
}

/** `more`: what a charge holds besides what we declare. */
export function charges(more: Readonly<Record<string, unknown>>): ApiConditions["resources"] {
  return { "/charges": { data: [{ id: "ch_20417", amount: 4990, ...more }], has_more: false } };
}

/** `more`: fields that we expect besides the usual. */
export function employees(more: readonly string[]): Declared {
  return endpoint("employees", ["$.employees[].id", "$.employees[].work_email", ...more]);
}

export function lasting(from: string, days: number): Validity {
  const notBefore = instant(from);
  return { notBefore, notAfter: new Date(notBefore.getTime() + days * DAY) };
}

function plain(): Declared {
  return {
    owner: "platform-team",
    criticality: "medium",
    auth: { scheme: "none" },
    ...endpoint("items", ["$.items[].id", "$.items[].name"]),
  };
}

function quiet(): Partial<ApiConditions> {
  return {
    auth: { in: "open" },
    resources: { "/items": { items: [{ id: 1, name: "one" }] } },
    certificate: lasting("2024-11-20T00:00", 1100),
  };
}

function telling(server: string, more: Partial<ApiConditions> = {}): Partial<ApiConditions> {
  return { ...quiet(), headers: { ...CLEAN.headers, server }, ...more };
}

function endpoint(id: string, fields: readonly string[]): Declared {
  return { endpoints: [{ id, request: `GET /${id}`, expect: { fields } }] };
}

/** In Visa's range and with its check digit, made up. */
export const CARD = "4539578763621486";
