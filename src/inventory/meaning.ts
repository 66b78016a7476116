import { clientProfiles } from "../catalog/client-profiles.ts";
import { policyPackNames } from "../catalog/policies.ts";
import { declaredPathProblem } from "../model/declared-path.ts";
import { nearest } from "../model/nearest.ts";
import { DECLARED_PATH_GRAMMAR, PATH_PROBLEMS } from "../model/path-grammar.ts";
import { PLACEHOLDERS, parseTemplate } from "../model/request-signing.ts";
import { RULE_FAMILIES } from "../model/rule.ts";
import { type DeclaredSdk, declaredSdks, ecosystemOfLockFile, LOCK_FILES, lockFileName } from "../model/sdk.ts";
import type { Fault } from "./faults.ts";
import type { EndpointEntry, IntegrationEntry, InventoryFile } from "./schema.ts";

/** What two fields of a well-formed file say together. */
export function faultsOfMeaning(file: InventoryFile, knownRules: ReadonlyMap<string, string> | undefined): readonly Fault[] {
  return [
    ...sameIdTwice(file.integrations),
    ...file.integrations.flatMap((integration, index) => faultsOfIntegration(integration, ["integrations", index])),
    ...unknownNames(file.policy?.packs ?? [], [...policyPackNames().keys()], ["policy", "packs"], "a policy pack"),
    ...unknownClients(file.defaults?.clients, ["defaults"]),
    ...file.integrations.flatMap(({ clients }, index) => unknownClients(clients, ["integrations", index])),
    ...(knownRules === undefined ? [] : [...unknownRules(file, knownRules), ...sameRuleTwice(file, knownRules)]),
  ];
}

/** Former ids count: history would otherwise belong to two integrations. */
function sameIdTwice(integrations: readonly IntegrationEntry[]): readonly Fault[] {
  const holders = new Map<string, number>();
  const faults: Fault[] = [];
  integrations.forEach(({ id, previousIds = [] }, index) => {
    [id, ...previousIds].forEach((name, position) => {
      const holder = holders.get(name);
      if (holder === undefined) {
        holders.set(name, index);
        return;
      }
      const path = position === 0 ? ["integrations", index, "id"] : ["integrations", index, "previousIds", position - 1];
      faults.push({ path, part: "value", expected: "an id that nothing else has or had", found: `the id of integrations[${holder}]` });
    });
  });
  return faults;
}

function faultsOfIntegration(integration: IntegrationEntry, path: readonly (string | number)[]): readonly Fault[] {
  const { authProof, auth, headers = {}, endpoints = [] } = integration;
  const faults: Fault[] = [];
  if (authProof !== undefined && NEEDS_PERMISSION.has(authProof.level) && authProof.permission === undefined) {
    faults.push({
      path: [...path, "authProof", "permission"],
      part: "value",
      expected: `a permission { basis, by, until }: the level ${authProof.level} sends requests that a provider may take amiss`,
      found: "nothing",
    });
  }
  if (auth?.scheme === "none" && auth.credential !== undefined) {
    faults.push({
      path: [...path, "auth", "credential"],
      part: "value",
      expected: "no credential with the scheme none",
      found: "a reference",
    });
  }
  faults.push(...faultsOfLockFile(integration.sdk?.["lock"], declaredSdks(integration), [...path, "sdk", "lock"]));
  if (auth !== undefined) faults.push(...faultsOfSigning(auth, [...path, "auth", "signing"]));
  if (auth?.describedBy !== undefined) faults.push(...faultsOfDescription(auth.describedBy, endpoints, [...path, "auth", "describedBy"]));
  const seen = new Set<string>();
  for (const name of Object.keys(headers)) {
    const lower = name.toLowerCase();
    if (OWN_HEADERS.has(lower)) {
      faults.push({ path: [...path, "headers", name], part: "key", expected: "a header that apirisk does not set itself", found: lower });
    }
    if (seen.has(lower)) {
      faults.push({
        path: [...path, "headers", name],
        part: "key",
        expected: "each header once, whatever its case",
        found: "the same header again",
      });
    }
    seen.add(lower);
  }
  return [...faults, ...faultsOfEndpoints(endpoints, [...path, "endpoints"])];
}

/** Whether the file may be read is not known here: where it leads is for whoever reads it. */
function faultsOfLockFile(lock: string | undefined, sdks: readonly DeclaredSdk[], path: readonly (string | number)[]): readonly Fault[] {
  if (lock === undefined) return [];
  const fault = (expected: string, found: string) => [{ path, part: "value", expected, found }] as const;
  if (/^(?:[/~]|[A-Za-z]:)|[\\]/.test(lock)) return fault("a path relative to the folder of the inventory, with slashes", "another path");
  const ecosystem = ecosystemOfLockFile(lockFileName(lock));
  const files = Object.values(LOCK_FILES).flat().join(", ");
  if (ecosystem === undefined) return fault(`the path of a lock file: ${files}`, "a path to another file");
  if (sdks.some((sdk) => sdk.ecosystem === ecosystem)) return [];
  return fault("a lock file of an ecosystem that sdk names a package of", `a lock file of ${ecosystem}`);
}

function faultsOfDescription(id: string, endpoints: readonly EndpointEntry[], path: readonly (string | number)[]): readonly Fault[] {
  const ids = endpoints.map((endpoint) => endpoint.id);
  if (ids.includes(id)) return [];
  const suggestion = nearest(id, ids);
  return [{ path, part: "value", expected: "the id of one of its endpoints", found: id, ...(suggestion !== undefined && { suggestion }) }];
}

function faultsOfSigning({ scheme, signing }: NonNullable<IntegrationEntry["auth"]>, path: readonly (string | number)[]): readonly Fault[] {
  if (signing === undefined) return [];
  const needed = NEEDED_TO_SIGN[scheme ?? ""];
  if (needed === undefined) {
    return [{ path, part: "value", expected: "a scheme that signs: sigv4 or hmac", found: "another scheme" }];
  }
  const missing = needed.filter((key) => signing[key] === undefined);
  const faults: readonly Fault[] = missing.map((key) => ({
    path: [...path, key],
    part: "value",
    expected: `${key}, which ${scheme} needs`,
    found: "nothing",
  }));
  const template = signing.template === undefined ? undefined : parseTemplate(signing.template);
  if (template === undefined || template.ok) return faults;
  const { at, kind, name } = template.error;
  const suggestion = kind === "unknown-placeholder" ? nearest(name, PLACEHOLDERS) : undefined;
  const expected =
    kind === "unknown-placeholder"
      ? `a placeholder in braces: one of ${PLACEHOLDERS.join(", ")}`
      : "braces in pairs ({{ and }} for braces that are signed)";
  const found = `${kind === "unknown-placeholder" ? "an unknown placeholder" : "a single brace"} at character ${at + 1}`;
  return [...faults, { path: [...path, "template"], part: "value", expected, found, ...(suggestion !== undefined && { suggestion }) }];
}

function faultsOfEndpoints(endpoints: readonly EndpointEntry[], path: readonly (string | number)[]): readonly Fault[] {
  const ids = new Set<string>();
  return endpoints.flatMap(({ id, request, safe, expect = {} }, index) => {
    const faults: Fault[] = PATH_LISTS.flatMap((list) => unreadablePaths(expect[list], [...path, index, "expect", list]));
    const method = request.split(" ", 1)[0] ?? "";
    if (ids.has(id)) {
      faults.push({
        path: [...path, index, "id"],
        part: "value",
        expected: "an id that no other endpoint of it has",
        found: "the same id again",
      });
    }
    if (!SAFE_METHODS.has(method) && safe !== true) {
      const expected = `safe: true, which states that calling this ${method} for an audit is fine`;
      faults.push({ path: [...path, index, "safe"], part: "value", expected, found: safe === false ? "false" : "nothing" });
    }
    ids.add(id);
    return faults;
  });
}

function unreadablePaths(declared: readonly string[] = [], path: readonly (string | number)[]): readonly Fault[] {
  return declared.flatMap((text, index): readonly Fault[] => {
    const problem = declaredPathProblem(text);
    if (problem === undefined) return [];
    const found = `${PATH_PROBLEMS[problem.kind]}, at character ${problem.at + 1}`;
    return [{ path: [...path, index], part: "value", expected: DECLARED_PATH_GRAMMAR, found }];
  });
}

/** A mistyped rule would be switched off, or waived, without any effect. */
function unknownRules(file: InventoryFile, known: ReadonlyMap<string, string>): readonly Fault[] {
  const names = [...known.keys()];
  const fault = (rule: string, path: readonly (string | number)[], part: "key" | "value"): readonly Fault[] => {
    if (known.has(rule)) return [];
    const suggestion = nearest(rule, names);
    // A rule that another version has: an inventory is shared by more than one of them. Only what looks mistyped is refused.
    if (suggestion === undefined && RULE_FAMILIES.some((family) => rule.startsWith(`${family}/`))) return [];
    return [
      {
        path,
        part,
        expected: "a rule that `apirisk rule list` shows",
        found: "an unknown rule",
        ...(suggestion === undefined ? {} : { suggestion }),
      },
    ];
  };
  return [
    ...Object.keys(file.policy?.rules ?? {}).flatMap((rule) => fault(rule, ["policy", "rules", rule], "key")),
    ...file.integrations.flatMap(({ waivers = [] }, index) =>
      waivers.flatMap(({ rule }, position) => fault(rule, ["integrations", index, "waivers", position, "rule"], "value")),
    ),
  ];
}

function unknownClients(names: readonly string[] = [], holder: readonly (string | number)[]): readonly Fault[] {
  const known = clientProfiles().map(({ name }) => name);
  return unknownNames(names, known, [...holder, "clients"], "a client profile");
}

/** Names out of a closed list that is longer than an error should be, unless there is no nearest one. */
function unknownNames(
  names: readonly string[],
  known: readonly string[],
  path: readonly (string | number)[],
  what: string,
): readonly Fault[] {
  return names.flatMap((name, index): readonly Fault[] => {
    if (known.includes(name)) return [];
    const suggestion = nearest(name, known);
    const fault = { path: [...path, index], part: "value", expected: `${what}: ${known.join(", ")}`, found: "an unknown name" } as const;
    return [suggestion === undefined ? fault : { ...fault, suggestion }];
  });
}

/** Two decisions about one rule, under a name that it has and one that it had. */
function sameRuleTwice({ policy }: InventoryFile, known: ReadonlyMap<string, string>): readonly Fault[] {
  const seen = new Set<string>();
  return Object.keys(policy?.rules ?? {}).flatMap((name): readonly Fault[] => {
    const id = known.get(name);
    if (id === undefined) return [];
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    const expected = "each rule once, under one of its names";
    return [{ path: ["policy", "rules", name], part: "key", expected, found: "the same rule again" }];
  });
}

const PATH_LISTS = ["fields", "richText"] as const;
const NEEDED_TO_SIGN: Readonly<Record<string, readonly ("service" | "region" | "template" | "header")[]>> = {
  sigv4: ["service", "region"],
  hmac: ["template", "header"],
};
/** RFC 9110 section 9.2.1. */
const SAFE_METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);
/** product.md section 6: what may only be sent with permission. */
const NEEDS_PERMISSION: ReadonlySet<string> = new Set(["shape", "full"]);
/** Framing, routing and who we are. */
const OWN_HEADERS: ReadonlySet<string> = new Set([
  "host",
  "connection",
  "content-length",
  "expect",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "user-agent",
]);
