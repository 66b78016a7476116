import { type BreachResponse, UNKNOWNS } from "../../src/model/breach-response.ts";
import type { LastKnown } from "../../src/model/history-store.ts";
import { DAY } from "../../src/model/instant.ts";
import type { Integration } from "../../src/model/integration.ts";
import { answered, integration, looked, remembered } from "../app/respond/remembered.ts";
import { domain, NOW, response } from "../judge/builders.ts";

const SALESLOFT = { name: "Salesloft", url: "https://help.salesloft.example/security" };

/** An estate with something of everything that the page can say, and the page about one of its providers. */
export function sampleResponse(): Promise<BreachResponse> {
  return answered("Salesloft", estate(), history());
}

/** The same page with `text` wherever text comes from outside. */
export async function saying(text: string): Promise<BreachResponse> {
  const said = JSON.stringify(await sampleResponse(), (key, value: unknown) =>
    typeof value === "string" && !OURS.has(key) ? text : value,
  );
  return JSON.parse(said) as BreachResponse;
}

/** Everything that could not be known, at once. */
export async function knowingNothing(): Promise<BreachResponse> {
  return { ...(await sampleResponse()), unknown: UNKNOWNS.map((what) => ({ what, integrations: ["drift"], count: 1 })) };
}

function estate(): readonly Integration[] {
  const token = { url: "https://login.salesloft.example/token", clientAuth: "client_secret_post", scopes: [] };
  return [
    drift(),
    integration("drift-staging", {
      provider: SALESLOFT,
      baseUrl: "https://stage.salesloft.example",
      environment: "staging",
      criticality: "low",
      auth: { credential: "env:DRIFT_STAGE", attributes: { revocation: "yes" } },
    }),
    integration("crm", { provider: { name: "Globex CRM" }, owner: "crm-team", criticality: "critical" }),
    integration("calendar", { auth: { scheme: "oauth2-client-credentials", token } }),
    integration("widgets"),
  ];
}

function drift(): Integration {
  return integration("drift", {
    name: "Drift chat",
    provider: SALESLOFT,
    baseUrl: "https://api.salesloft.example",
    owner: "sales-ops",
    tags: ["chat"],
    dataClasses: ["email", "person_name"],
    auth: { auditCredential: "file:/run/secrets/drift-audit", neededScopes: ["contacts_read"], issuedAt: "2026-01-15" },
  });
}

function history(): readonly LastKnown[] {
  const [, stage, crm, , widgets] = estate();
  if (stage === undefined || crm === undefined || widgets === undefined) throw new Error("the estate is smaller than it was");
  const told = response({ headers: { "x-oauth-scopes": "admin_all, contacts_read" } });
  const former = integration("drift-old", { provider: SALESLOFT, baseUrl: "https://old.salesloft.example", environment: "production" });
  const fingerprints = [
    { value: "9".repeat(32), since: NOW - 200 * DAY },
    { value: "b".repeat(32), since: NOW - 3 * DAY },
  ];
  return [
    remembered(drift(), [looked(drift(), "a", { known: { provider: "drift", prefix: "dr_", class: "secret" } }), told], {
      open: { high: 1, medium: 2 },
    }),
    remembered(stage, [looked(stage, "b", { seen: { keyId: "0a1b2c3d", fingerprints } })]),
    remembered(crm, [looked(crm, "a")]),
    remembered(widgets, [
      domain({ host: "api.widgets.example", cnames: ["widgets.edge.salesloft.example"], hosting: "salesloft.example" }),
    ]),
    remembered(former, [], { lastAuditAt: NOW - 60 * DAY, lastSeenAt: NOW - 60 * DAY, removedAt: NOW - 50 * DAY }),
  ];
}

/** Keys of words that are ours, from closed lists. */
const OURS = new Set(
  ["schemaVersion", "by", "standing", "criticality", "weakest", "strongest", "role", "as", "source", "class", "unread"].concat([
    "of",
    "worst",
    "worstFinding",
    "visibility",
    "what",
    "severity",
    "way",
    "wayFrom",
  ]),
);
