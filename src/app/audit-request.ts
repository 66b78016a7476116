import { dirname, resolve } from "node:path";
import { policyPackNames } from "../catalog/policies.ts";
import { adHocIntegration } from "../inventory/ad-hoc.ts";
import { type Selection, selectIntegrations } from "../inventory/select.ts";
import { RULES } from "../judge/rules/registry.ts";
import type { CustomClass } from "../model/custom-class.ts";
import { sha256Hex } from "../model/digest.ts";
import type { FilePort } from "../model/file-port.ts";
import type { Integration, Inventory, InventoryProblem, Policy } from "../model/integration.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { AuditScope } from "./audit-ports.ts";
import { type ClassesProblem, customClassCheck, readClassesBeside, readClassesFile } from "./custom-classes.ts";

/** What a command line asks to be audited. */
export interface AuditRequest {
  /** Integration ids, URLs or host[:port]; none means the whole inventory. */
  readonly targets: readonly string[];
  readonly inventoryFile?: string;
  /** Folder from which apirisk.yaml is looked for, upwards. */
  readonly from: string;
  readonly filter: Omit<Selection, "ids">;
  /** Policy packs beside those of the inventory, by any of their names. */
  readonly packs?: readonly string[];
}

export interface AuditSubject extends AuditScope {
  /** Only ad hoc targets: nothing was declared, so nothing is expected of the coverage. */
  readonly adHoc: boolean;
  /** Where relative `file:` references start: the inventory's folder. */
  readonly folder: string;
}

export type RequestProblem =
  | { readonly kind: "invalid-inventory"; readonly problems: readonly InventoryProblem[] }
  | ClassesProblem
  | { readonly kind: "no-inventory" }
  | { readonly kind: "nothing-selected"; readonly message: string }
  | { readonly kind: "bad-target"; readonly message: string };

/** Integrations by id from the inventory, everything else as ad hoc targets. */
export async function auditSubject(request: AuditRequest, files: FilePort): Promise<Result<AuditSubject, RequestProblem>> {
  const [adHocTargets, ids] = partition(request.targets, looksLikeTarget);
  const needsInventory = ids.length > 0 || request.targets.length === 0;
  const inventory = needsInventory ? await readInventory(request, files) : undefined;
  if (inventory !== undefined && !inventory.ok) return inventory;
  const selected = inventory === undefined ? ok([]) : selectIntegrations(inventory.value, { ...request.filter, ids });
  if (!selected.ok) return err({ kind: "nothing-selected", message: selected.error });
  const adHoc: Integration[] = [];
  for (const target of adHocTargets) {
    const integration = adHocIntegration(target);
    if (!integration.ok) return err({ kind: "bad-target", message: integration.error });
    adHoc.push(integration.value);
  }
  const others = (inventory?.value.integrations ?? []).filter((integration) => !selected.value.includes(integration));
  return ok({
    integrations: [...selected.value, ...oncePerOrigin(adHoc)],
    others,
    policy: withPacks(inventory?.value.policy ?? { packs: [], rules: {} }, request.packs ?? []),
    adHoc: inventory === undefined,
    folder: inventory === undefined ? request.from : folderOf(inventory.value.file, request.from),
    ...(inventory === undefined ? {} : { inventory: identityOf(inventory.value, request.from) }),
    whole: selected.value.length === inventory?.value.integrations.length,
  });
}

function withPacks(policy: Policy, names: readonly string[]): Policy {
  return { ...policy, packs: [...new Set([...policy.packs, ...names.flatMap((name) => policyPackNames().get(name) ?? [])])] };
}

/** The inventory that was named, or the nearest one. */
export async function readInventory(
  request: Pick<AuditRequest, "inventoryFile" | "from">,
  files: FilePort,
): Promise<Result<Inventory, RequestProblem>> {
  const file = request.inventoryFile ?? (await files.findUpward(INVENTORY_NAME, request.from));
  if (file === undefined) return err({ kind: "no-inventory" });
  const { MAX_INVENTORY_BYTES, parseInventory } = await import("../inventory/parse.ts");
  const text = await files.readText(file, MAX_INVENTORY_BYTES);
  if (!text.ok) return err({ kind: "file", problem: text.error });
  const check = await customClassCheck(text.value);
  const inventory = parseInventory(text.value, file, knownRules(), { ...(check !== undefined && { check }) });
  if (!inventory.ok) return err({ kind: "invalid-inventory", problems: inventory.error });
  const { customClassesFile } = inventory.value;
  if (customClassesFile === undefined) return inventory;
  const fromFile = await readClassesBeside(folderOf(file, request.from), customClassesFile, files);
  if (!fromFile.ok) return fromFile;
  const whole = parseInventory(text.value, file, knownRules(), { ...(check !== undefined && { check }), fromFile: fromFile.value });
  return whole.ok ? whole : err({ kind: "invalid-inventory", problems: whole.error });
}

/** What a file defines: an inventory, with the file of classes that it names, or a file of classes. */
export async function definedClasses(file: string, from: string, files: FilePort): Promise<Result<readonly CustomClass[], RequestProblem>> {
  const { MAX_INVENTORY_BYTES, isInventory } = await import("../inventory/parse.ts");
  const text = await files.readText(file, MAX_INVENTORY_BYTES);
  if (!text.ok) return err({ kind: "file", problem: text.error });
  if (!isInventory(text.value)) return readClassesFile(file, files);
  const inventory = await readInventory({ inventoryFile: file, from }, files);
  return inventory.ok ? ok(inventory.value.customClasses ?? []) : inventory;
}

export const INVENTORY_NAME = "apirisk.yaml";

/** Two paths of one origin are two endpoints of one integration. */
function oncePerOrigin(adHoc: readonly Integration[]): readonly Integration[] {
  const byId = new Map<string, Integration>();
  for (const integration of adHoc) {
    const same = byId.get(integration.id);
    const added = integration.endpoints.filter(({ id }) => same?.endpoints.every((endpoint) => endpoint.id !== id) ?? true);
    byId.set(integration.id, same === undefined ? integration : { ...same, endpoints: [...same.endpoints, ...added] });
  }
  return [...byId.values()];
}

/** Ids and former ids, each with the id, so that a mistyped rule in a policy or a waiver is refused and a former one understood. */
export function knownRules(): ReadonlyMap<string, string> {
  return new Map(RULES.flatMap(({ meta }) => [meta.id, ...(meta.aliases ?? [])].map((name) => [name, meta.id] as const)));
}

/** Another file of the same name is another inventory: what is missing in one says nothing of the other. */
function identityOf({ file, integrations }: Inventory, from: string): NonNullable<AuditScope["inventory"]> {
  return { identity: sha256Hex(resolve(from, file)).slice(0, 32), uids: integrations.map(({ uid }) => uid) };
}

function folderOf(file: string, from: string): string {
  return dirname(resolve(from, file));
}

/** A slug has no dot, colon or slash; a host name or a URL has one. */
function looksLikeTarget(text: string): boolean {
  return /[.:/]/.test(text);
}

function partition<T>(items: readonly T[], belongs: (item: T) => boolean): [T[], T[]] {
  return [items.filter(belongs), items.filter((item) => !belongs(item))];
}
