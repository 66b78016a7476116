import { CUSTOM_CLASS_NAME, DATA_GROUPS, isDataClass } from "../model/data-class.ts";
import { AUTH_LOCATIONS, AUTH_PROOF_LEVELS, AUTH_SCHEMES, CRITICALITIES, type Integration, type Policy } from "../model/integration.ts";
import { err, ok, type Result } from "../model/result.ts";
import { SEVERITIES } from "../model/severity.ts";

/** What was declared and decided at the time of an audit, as far as history was told. */
export interface StoredConfiguration {
  readonly integration: Integration;
  readonly policy: Policy;
  /** What was declared and never stored: it stands as `*`, and no digest of a request can be made with it. In words. */
  readonly untold: readonly string[];
}

/**
 * The configuration that `configurationOf` stored, as the types of today. Values of headers and queries were left out on purpose
 * (they may be personal): their names are there. Refuses what no apirisk wrote: a database may come from anywhere.
 */
export function storedConfiguration(json: string): Result<StoredConfiguration, string> {
  const stored = parsed(json);
  const integration = objectIn(stored, "integration");
  const policy = objectIn(stored, "policy");
  if (integration === undefined || policy === undefined) return err("it is not a configuration");
  const problem = problemOf(integration) ?? problemOfPolicy(policy);
  if (problem !== undefined) return err(problem);
  const headers = headerNames(integration["headers"]);
  const declared = { ...integration, headers: Object.fromEntries(headers.map((name) => [name, UNTOLD])) } as unknown as Integration;
  const queries = declared.endpoints.filter(({ path }) => path.includes(`=${UNTOLD}`)).map(({ id }) => id);
  return ok({
    integration: declared,
    policy: policy as unknown as Policy,
    untold: [
      ...(headers.length === 0 ? [] : [`values of the headers ${headers.join(", ")}`]),
      ...(queries.length === 0 ? [] : [`query values of the endpoints ${queries.join(", ")}`]),
    ],
  });
}

type Json = Readonly<Record<string, unknown>>;

/** What judging and reporting rely on: everything that is not optional. */
function problemOf(integration: Json): string | undefined {
  const missing = TEXTS.find((name) => typeof integration[name] !== "string") ?? LISTS.find((name) => !Array.isArray(integration[name]));
  if (missing !== undefined) return `it has no ${missing}`;
  if (typeof integration["adHoc"] !== "boolean") return "it has no adHoc";
  if (objectIn(integration, "budget") === undefined) return "it has no budget";
  if (!isOneOf(CRITICALITIES, integration["criticality"])) return "its criticality is none";
  if (!areDataClasses(integration)) return "it names a data class that is not known";
  if (!isOneOf(AUTH_PROOF_LEVELS, objectIn(integration, "authProof")?.["level"])) return "its authProof has no level";
  if (!isAuth(objectIn(integration, "auth"))) return "its auth is none";
  if (!isTextList(integration["tags"]) || !isTextList(integration["previousIds"])) return "its tags or its former ids are none";
  if (!["string", "undefined"].includes(typeof integration["owner"])) return "its owner is none";
  if (integration["provider"] !== undefined && typeof objectIn(integration, "provider")?.["name"] !== "string")
    return "its provider is none";
  const { sdk = {} } = integration;
  if (!Object.values(asObject(sdk) ?? { sdk }).every((word) => typeof word === "string")) return "its sdk is none";
  const urls = [integration["baseUrl"], ...listIn(integration, "additionalUrls").map((one) => asObject(one)?.["url"])];
  if (!urls.every((url) => typeof url === "string" && URL.canParse(url))) return "one of its URLs is none";
  if (!listIn(integration, "endpoints").every(isEndpoint)) return "one of its endpoints is none";
  const { clients = [] } = integration;
  if (!Array.isArray(clients) || !clients.every((name) => typeof name === "string")) return "one of its clients is none";
  return listIn(integration, "waivers").every(isWaiver) ? undefined : "one of its waivers is none";
}

/** What is read of it without another look. */
function isAuth(auth: Json | undefined): boolean {
  if (auth === undefined || !isTextList(auth["neededScopes"])) return false;
  const [token, certificate] = [auth["token"], auth["clientCertificate"]];
  const pair = asObject(certificate);
  const url = asObject(token)?.["url"];
  return (
    (auth["scheme"] === undefined || isOneOf(AUTH_SCHEMES, auth["scheme"])) &&
    (auth["in"] === undefined || isOneOf(AUTH_LOCATIONS, auth["in"])) &&
    OPTIONAL_TEXTS.every((name) => auth[name] === undefined || typeof auth[name] === "string") &&
    Object.values(asObject(auth["attributes"]) ?? {}).every((word) => typeof word === "string") &&
    (auth["attributes"] === undefined || asObject(auth["attributes"]) !== undefined) &&
    (token === undefined || (typeof url === "string" && URL.canParse(url) && typeof asObject(token)?.["clientAuth"] === "string")) &&
    (certificate === undefined || [pair?.["cert"], pair?.["key"]].every((reference) => typeof reference === "string"))
  );
}

function isTextList(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}

function isEndpoint(value: unknown): boolean {
  const endpoint = asObject(value);
  const words = ["id", "method", "path"].every((name) => typeof endpoint?.[name] === "string");
  const { classes = [] } = objectIn(endpoint, "expect") ?? { classes: null };
  const areKnown = Array.isArray(classes) && classes.every(isDataClass);
  return words && typeof endpoint?.["everyMs"] === "number" && areKnown;
}

/** Those of ours, and those that it defined itself. */
function areDataClasses(integration: Json): boolean {
  const { customClasses = [] } = integration;
  return listIn(integration, "dataClasses").every(isDataClass) && Array.isArray(customClasses) && customClasses.every(isCustomClass);
}

function isCustomClass(value: unknown): boolean {
  const { id, group, definition } = asObject(value) ?? {};
  return typeof id === "string" && CUSTOM_CLASS_NAME.test(id) && isOneOf(DATA_GROUPS, group) && typeof definition === "string";
}

function isWaiver(value: unknown): boolean {
  const waiver = asObject(value);
  return ["rule", "until", "reason", "by", "kind"].every((name) => typeof waiver?.[name] === "string");
}

function problemOfPolicy(policy: Json): string | undefined {
  const rules = objectIn(policy, "rules");
  if (rules === undefined || !Array.isArray(policy["packs"])) return "its policy is none";
  const isDecision = (value: unknown) => {
    const decision = asObject(value);
    return decision?.["off"] === true || (decision?.["off"] === false && isOneOf(SEVERITIES, decision["severity"]));
  };
  return Object.values(rules).every(isDecision) ? undefined : "its policy decides nothing that is known";
}

function headerNames(headers: unknown): readonly string[] {
  return Array.isArray(headers) ? headers.filter((name) => typeof name === "string") : [];
}

function parsed(json: string): Json | undefined {
  try {
    return asObject(JSON.parse(json));
  } catch {
    return undefined;
  }
}

function asObject(value: unknown): Json | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

function objectIn(object: Json | undefined, name: string): Json | undefined {
  return asObject(object?.[name]);
}

function listIn(object: Json, name: string): readonly unknown[] {
  const list = object[name];
  return Array.isArray(list) ? list : [];
}

function isOneOf(words: readonly string[], value: unknown): boolean {
  return typeof value === "string" && words.includes(value);
}

const TEXTS = ["id", "uid", "name", "criticality", "environment", "network", "baseUrl"] as const satisfies readonly (keyof Integration)[];
const LISTS = [
  "previousIds",
  "dataClasses",
  "tags",
  "additionalUrls",
  "headers",
  "endpoints",
  "waivers",
] as const satisfies readonly (keyof Integration)[];
/** Of `auth`. */
const OPTIONAL_TEXTS = ["credential", "auditCredential", "issuedAt", "expiresAt"];
/** What `configurationOf` writes in the place of a query value. */
const UNTOLD = "*";
