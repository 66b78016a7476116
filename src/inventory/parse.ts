import type { Inventory, InventoryProblem } from "../model/integration.ts";
import { err, ok, type Result } from "../model/result.ts";
import { buildIntegration, buildPolicy } from "./build.ts";
import { bounded, type Fault, faultsOf, pathText, problemsOf } from "./faults.ts";
import { findLiteralSecrets } from "./literal-secret.ts";
import { faultsOfMeaning } from "./meaning.ts";
import { readYaml, type YamlPath, type YamlTree } from "./read-yaml.ts";
import { inventoryFile } from "./schema.ts";

/** Longest inventory that is read, in bytes of UTF-8 (and in characters). */
export const MAX_INVENTORY_BYTES = 10 * 1024 * 1024;

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
): Result<Inventory, readonly InventoryProblem[]> {
  if (text.length > MAX_INVENTORY_BYTES) return whole(file, "at most 10 MB", "more");
  if (text.trim() === "") return whole(file, "an inventory", "an empty file");

  const read = readYaml(text);
  if (!read.ok) {
    return err(bounded(read.error.map(({ path, ...rest }) => ({ file, path: pathText(path), ...rest }))));
  }
  const tree = read.value;
  const parsed = inventoryFile.safeParse(tree.value);
  const secrets = findLiteralSecrets(tree.value);
  const shape = parsed.success
    ? faultsOfMeaning(parsed.data, knownRules)
    : faultsOf(parsed.error.issues, (path) => valueAt(tree.value, path));
  const faults = mostTelling(secrets, shape);
  if (!parsed.success || faults.length > 0) return err(problemsOf(faults, file, tree.locate));

  const { integrations, defaults, policy } = parsed.data;
  const ruleIdOf = (name: string) => knownRules?.get(name) ?? name;
  return ok({
    file,
    integrations: integrations.map((entry, index) => buildIntegration(entry, defaults, sourceOf(file, index, tree), ruleIdOf)),
    policy: buildPolicy(policy, ruleIdOf),
  });
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
