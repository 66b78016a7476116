import type { CheckCustomClass, CustomClass } from "../model/custom-class.ts";
import type { Inventory, InventoryProblem } from "../model/integration.ts";
import { err, ok, type Result } from "../model/result.ts";
import { buildIntegration, buildPolicy } from "./build.ts";
import { buildCustomClasses, faultsOfClassNames, faultsOfCustomClasses } from "./custom-classes.ts";
import { bounded, type Fault, faultsOf, pathText, problemsOf } from "./faults.ts";
import { findLiteralSecrets } from "./literal-secret.ts";
import { faultsOfMeaning } from "./meaning.ts";
import { readYaml, type YamlPath, type YamlTree } from "./read-yaml.ts";
import { customClassesFile, type InventoryFile, inventoryFile } from "./schema.ts";

/** Longest inventory that is read, in bytes of UTF-8 (and in characters). */
export const MAX_INVENTORY_BYTES = 10 * 1024 * 1024;

/** What an inventory needs from outside to say what its own classes of data are. */
export interface CustomClassSupport {
  /** Looks at what an entry does beyond its shape; the engine of the patterns is none of the inventory's. */
  readonly check?: CheckCustomClass;
  /** Of `customClassesFile`; until it was read, nobody knows whether a class that is named there is one. */
  readonly fromFile?: readonly CustomClass[];
}

/**
 * The integrations and the policy of an inventory file, or every problem of it with its place (at most 50, and a count of the rest).
 * The text is hostile: it may come from a pull request. Nothing of it is repeated in a problem but mistyped words of ours.
 *
 * @param file how problems name the file
 * @param knownRules every name that a rule has or had, with its id; when given, policy and waivers must use one of them, and name the id
 * in what is returned
 */
export function parseInventory(
  text: string,
  file: string,
  knownRules?: ReadonlyMap<string, string>,
  { check, fromFile }: CustomClassSupport = {},
): Result<Inventory, readonly InventoryProblem[]> {
  const read = treeOf(text, file, "an inventory");
  if (!read.ok) return read;
  const tree = read.value;
  const parsed = inventoryFile.safeParse(tree.value);
  const secrets = findLiteralSecrets(tree.value);
  const shape = parsed.success
    ? [...faultsOfMeaning(parsed.data, knownRules), ...faultsOfClasses(parsed.data, check, fromFile)]
    : faultsOf(parsed.error.issues, (path) => valueAt(tree.value, path));
  const faults = mostTelling(secrets, shape);
  if (!parsed.success || faults.length > 0) return err(problemsOf(faults, file, tree.locate));

  const { integrations, defaults, policy, customClassesFile } = parsed.data;
  const ruleIdOf = (name: string) => knownRules?.get(name) ?? name;
  const own = buildCustomClasses(parsed.data.customClasses ?? []);
  // One list for all of them: what is made of it is made once.
  const customClasses = own !== undefined && fromFile !== undefined ? [...own, ...fromFile] : (own ?? fromFile);
  return ok({
    file,
    integrations: integrations.map((entry, index) => ({
      ...buildIntegration(entry, defaults, sourceOf(file, index, tree), ruleIdOf),
      ...(customClasses !== undefined && { customClasses }),
    })),
    policy: buildPolicy(policy, ruleIdOf),
    ...(customClasses !== undefined && { customClasses }),
    ...(customClassesFile !== undefined && { customClassesFile }),
  });
}

/** The classes of a file of their own (`customClassesFile`), or every problem of it, as of an inventory. */
export function parseCustomClasses(
  text: string,
  file: string,
  check: CheckCustomClass,
): Result<readonly CustomClass[], readonly InventoryProblem[]> {
  const read = treeOf(text, file, "a file of classes");
  if (!read.ok) return read;
  const tree = read.value;
  const parsed = customClassesFile.safeParse(tree.value);
  const shape = parsed.success
    ? faultsOfCustomClasses(parsed.data.customClasses, ["customClasses"], check)
    : faultsOf(parsed.error.issues, (path) => valueAt(tree.value, path));
  const faults = mostTelling(findLiteralSecrets(tree.value), shape);
  if (!parsed.success || faults.length > 0) return err(problemsOf(faults, file, tree.locate));
  return ok(buildCustomClasses(parsed.data.customClasses) ?? []);
}

/** Whether a text is meant as an inventory, and not as a file of classes. */
export function isInventory(text: string): boolean {
  const read = treeOf(text, "", "");
  return read.ok && valueAt(read.value.value, ["integrations"]) !== undefined;
}

function treeOf(text: string, file: string, what: string): Result<YamlTree, readonly InventoryProblem[]> {
  if (text.length > MAX_INVENTORY_BYTES) return whole(file, "at most 10 MB", "more");
  if (text.trim() === "") return whole(file, what, "an empty file");
  const read = readYaml(text);
  return read.ok ? read : err(bounded(read.error.map(({ path, ...rest }) => ({ file, path: pathText(path), ...rest }))));
}

function faultsOfClasses(
  file: InventoryFile,
  check: CheckCustomClass | undefined,
  fromFile: readonly CustomClass[] | undefined,
): readonly Fault[] {
  const { customClasses = [] } = file;
  const isUnread = file.customClassesFile !== undefined && fromFile === undefined;
  const others = (fromFile ?? []).map(({ id }) => id);
  const own = customClasses.map(({ id }) => id);
  const twice = own.flatMap((id, index): readonly Fault[] =>
    others.includes(id)
      ? [{ path: ["customClasses", index, "id"], part: "value", expected: "each class once", found: "one of customClassesFile again" }]
      : [],
  );
  return [
    ...faultsOfCustomClasses(customClasses, ["customClasses"], check),
    ...twice,
    ...(isUnread ? [] : faultsOfClassNames(file, [...own, ...others])),
  ];
}

function whole(file: string, expected: string, found: string): Result<never, readonly InventoryProblem[]> {
  return err([{ file, line: 1, column: 1, path: "", expected, found }]);
}

/** Where a secret stands, that is the news; that it is no slug either is noise. */
function mostTelling(secrets: readonly Fault[], others: readonly Fault[]): readonly Fault[] {
  const places = new Set(secrets.map(({ path }) => JSON.stringify(path)));
  return [...secrets, ...others.filter(({ path }) => !places.has(JSON.stringify(path)))];
}

function sourceOf(file: string, index: number, tree: YamlTree) {
  return { file, line: tree.locate(["integrations", index], "value").line, pointer: `/integrations/${index}` };
}

function valueAt(value: unknown, path: YamlPath): unknown {
  return path.reduce<unknown>(
    (inner, step) => (typeof inner === "object" && inner !== null ? (inner as Record<string | number, unknown>)[step] : undefined),
    value,
  );
}
