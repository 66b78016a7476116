import { DAY, isoDay } from "../model/instant.ts";
import { type Access, bearerToken, keyInHeader, keyInQuery, keyThatNobodyChecks, OPEN_BY_DESIGN } from "./access.ts";
import { type ApiConditions, CLEAN } from "./conditions.ts";
import type { Inventor } from "./inventor.ts";

/** One API of the demo estate: how it stands in the inventory, and how it really is. */
export interface EstateMember {
  readonly id: string;
  /** Its other keys in apirisk.yaml, but for the URL and `auth`. */
  readonly declared: Readonly<Record<string, unknown>>;
  readonly access: Access;
  readonly conditions: Partial<ApiConditions>;
  /** What its provider does between two audits, in words and in conditions. */
  readonly worse?: { readonly said: string; readonly conditions: Partial<ApiConditions> };
}

/** What a made-up shop calls: two APIs that are run well, and ten that each have something wrong. */
export function estateMembers(now: Date, inventor: Inventor): readonly EstateMember[] {
  return [
    payments(inventor),
    VAT_LOOKUP,
    shipping(inventor),
    taxRates(inventor),
    warehouse(inventor),
    storage(inventor),
    directory(now, inventor),
    maps(inventor),
    humanResources(inventor),
    documents(inventor),
    exchangeRates(now, inventor),
    messages(inventor),
  ];
}

/** Clean; later it tells more of its customers than anybody asked for. */
function payments(inventor: Inventor): EstateMember {
  const charge = { id: "ch_20417", amount: 4990, currency: "EUR", status: "succeeded" };
  const page = (entry: object) => ({ "/v1/charges": { data: [entry], has_more: false } });
  return {
    id: "ledgerline-payments",
    declared: {
      name: "Ledgerline payments",
      provider: { name: "Ledgerline Ltd" },
      owner: "payments-team",
      criticality: "critical",
      dataClasses: ["financial_amount"],
      tags: ["pci"],
      endpoints: [
        endpoint("list-charges", "/v1/charges?limit=2", [
          "$.data[].id",
          "$.data[].amount",
          "$.data[].currency",
          "$.data[].status",
          "$.has_more",
        ]),
      ],
    },
    access: bearerToken("LEDGERLINE_TOKEN", inventor),
    conditions: { resources: page(charge) },
    worse: {
      said: "ledgerline-payments now sends the telephone number of each customer",
      conditions: { resources: page({ ...charge, customer_phone: inventor.phone() }) },
    },
  };
}

/** Clean, and open to everybody on purpose; later its load balancer is replaced by an older one. */
const VAT_LOOKUP: EstateMember = {
  id: "clearvat-lookup",
  declared: {
    name: "ClearVAT rate lookup",
    provider: { name: "ClearVAT" },
    owner: "finance-systems",
    criticality: "medium",
    endpoints: [endpoint("rates", "/rates/eu", ["$.region", "$.rates[].country", "$.rates[].percent"])],
  },
  access: OPEN_BY_DESIGN,
  conditions: {
    resources: {
      "/rates/eu": {
        region: "EU",
        rates: [
          { country: "DE", percent: 19 },
          { country: "FI", percent: 25.5 },
        ],
      },
    },
  },
  worse: {
    said: "clearvat-lookup went back from TLS 1.3 to TLS 1.1",
    conditions: { tlsVersions: { min: "TLS 1.0", max: "TLS 1.1" } },
  },
};

function shipping(inventor: Inventor): EstateMember {
  return {
    id: "parcelhop-shipping",
    declared: {
      name: "Parcelhop shipping",
      provider: { name: "Parcelhop B.V." },
      owner: "logistics-team",
      criticality: "high",
      endpoints: [endpoint("carriers", "/v2/carriers", ["$.carriers[]"])],
    },
    access: keyInHeader("PARCELHOP_KEY", inventor),
    conditions: { certificate: "expired", resources: { "/v2/carriers": { carriers: ["road", "rail"] } } },
  };
}

function taxRates(inventor: Inventor): EstateMember {
  return {
    id: "taxwise-filing",
    declared: {
      name: "Taxwise filing",
      provider: { name: "Taxwise GmbH" },
      owner: "finance-systems",
      criticality: "high",
      endpoints: [endpoint("deadlines", "/v1/deadlines", ["$.deadlines[].form", "$.deadlines[].quarter"])],
    },
    access: keyInHeader("TAXWISE_KEY", inventor),
    conditions: { certificate: "expiring", resources: { "/v1/deadlines": { deadlines: [{ form: "UStVA", quarter: 4 }] } } },
  };
}

function warehouse(inventor: Inventor): EstateMember {
  return {
    id: "oldmill-warehouse",
    declared: {
      name: "Old Mill warehouse stock",
      provider: { name: "Old Mill Storage" },
      owner: "logistics-team",
      criticality: "medium",
      endpoints: [endpoint("stock", "/stock", ["$.items[].sku", "$.items[].level"])],
    },
    access: keyInHeader("OLDMILL_KEY", inventor),
    conditions: {
      tlsVersions: { min: "TLS 1.0", max: "TLS 1.0" },
      resources: { "/stock": { items: [{ sku: "OM-88", level: 412 }] } },
    },
  };
}

function storage(inventor: Inventor): EstateMember {
  return {
    id: "boxroom-storage",
    declared: {
      name: "Boxroom object storage",
      provider: { name: "Boxroom" },
      owner: "platform-team",
      criticality: "low",
      endpoints: [endpoint("buckets", "/buckets", ["$.buckets[]"])],
    },
    access: keyInHeader("BOXROOM_KEY", inventor),
    conditions: { certificate: "self-signed", resources: { "/buckets": { buckets: ["invoices"] } } },
  };
}

function directory(now: Date, inventor: Inventor): EstateMember {
  return {
    id: "contactly-directory",
    declared: {
      name: "Contactly business directory",
      provider: { name: "Contactly Inc." },
      owner: "sales-tools",
      criticality: "high",
      dataClasses: ["email"],
      authProof: {
        level: "shape",
        permission: { basis: "contract", reference: "MSA-12", by: "security-officer", until: isoDay(now.getTime() + 180 * DAY) },
      },
      endpoints: [endpoint("contacts", "/v3/contacts?limit=2", ["$.contacts[].id", "$.contacts[].email"])],
    },
    access: keyThatNobodyChecks("CONTACTLY_KEY", inventor),
    conditions: {
      resources: {
        "/v3/contacts": {
          contacts: [
            { id: 311, email: inventor.email("ines.holm") },
            { id: 312, email: inventor.email("tomas.reyes") },
          ],
        },
      },
    },
  };
}

function maps(inventor: Inventor): EstateMember {
  return {
    id: "geopin-maps",
    declared: {
      name: "Geopin route planner",
      provider: { name: "Geopin SAS" },
      owner: "logistics-team",
      criticality: "medium",
      endpoints: [endpoint("profiles", "/profiles", ["$.profiles[]"])],
    },
    access: keyInQuery("GEOPIN_KEY", inventor),
    conditions: { resources: { "/profiles": { profiles: ["van", "bicycle"] } } },
  };
}

/** Declares names and work addresses, and sends a good deal more: personal data, and a secret of somebody else. */
function humanResources(inventor: Inventor): EstateMember {
  const employee = (id: number, person: string) => ({
    id,
    work_email: inventor.email(person),
    mobile_phone: inventor.phone(),
    ssn: inventor.socialSecurityNumber(),
    payout: { iban: inventor.iban() },
  });
  return {
    id: "crewbase-hr",
    declared: {
      name: "Crewbase HR",
      provider: { name: "Crewbase Inc." },
      owner: "people-team",
      criticality: "high",
      dataClasses: ["email"],
      tags: ["gdpr"],
      endpoints: [endpoint("employees", "/api/employees?limit=2", ["$.employees[].id", "$.employees[].work_email"])],
    },
    access: keyInHeader("CREWBASE_KEY", inventor),
    conditions: {
      resources: {
        "/api/employees": {
          employees: [employee(7, "ada.brandt"), employee(8, "luis.moreau")],
          integrations: { payroll: { api_key: inventor.secret("sk_live_") } },
        },
      },
    },
  };
}

/** Nobody owns it, and its headers tell who serves it. */
function documents(inventor: Inventor): EstateMember {
  return {
    id: "printbarn-documents",
    declared: {
      name: "Printbarn documents",
      provider: { name: "Printbarn" },
      criticality: "low",
      endpoints: [endpoint("templates", "/templates", ["$.templates[]"])],
    },
    access: keyInHeader("PRINTBARN_KEY", inventor),
    conditions: {
      headers: { ...CLEAN.headers, server: "nginx/1.18.0", "x-powered-by": "PHP/7.4.33", "x-backend-server": "10.20.3.14:8080" },
      resources: { "/templates": { templates: ["invoice", "label"] } },
    },
  };
}

/** Deprecated since spring and gone in three weeks (RFC 9745, RFC 8594); later an old server answers for it. */
function exchangeRates(now: Date, inventor: Inventor): EstateMember {
  const headers = {
    ...CLEAN.headers,
    deprecation: `@${Math.floor((now.getTime() - 200 * DAY) / 1000)}`,
    sunset: new Date(now.getTime() + 21 * DAY).toUTCString(),
    link: '</v2/rates>; rel="successor-version"',
  };
  return {
    id: "currencia-rates",
    declared: {
      name: "Currencia exchange rates",
      provider: { name: "Currencia" },
      owner: "finance-systems",
      criticality: "medium",
      endpoints: [endpoint("rates", "/v1/rates", ["$.base", "$.rates[].currency", "$.rates[].value"])],
    },
    access: keyInHeader("CURRENCIA_KEY", inventor),
    conditions: { headers, resources: { "/v1/rates": { base: "EUR", rates: [{ currency: "SEK", value: 11.02 }] } } },
    worse: {
      said: "currencia-rates is now answered by Apache 2.2.34, which nobody maintains",
      conditions: { headers: { ...headers, server: "Apache/2.2.34" } },
    },
  };
}

function messages(inventor: Inventor): EstateMember {
  return {
    id: "smsbird-messages",
    declared: {
      name: "Smsbird messages",
      provider: { name: "Smsbird" },
      owner: "customer-care",
      criticality: "high",
      endpoints: [endpoint("balance", "/balance", ["$.credits"])],
    },
    access: keyInHeader("SMSBIRD_KEY", inventor),
    conditions: { listens: false },
  };
}

function endpoint(id: string, target: string, fields: readonly string[]): Readonly<Record<string, unknown>> {
  return { id, request: `GET ${target}`, expect: { status: 200, fields } };
}
