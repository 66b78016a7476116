import { groupFacts } from "../catalog/data-classes.ts";
import type { CheckCustomClass, CustomClass, CustomClassEntry, CustomRecognition } from "../model/custom-class.ts";
import type { DataClass } from "../model/data-class.ts";
import { canonicalJson, sha256Hex } from "../model/digest.ts";
import { nearest } from "../model/nearest.ts";
import type { Fault } from "./faults.ts";
import type { YamlPath } from "./read-yaml.ts";
import type { CustomClassFileEntry, InventoryFile } from "./schema.ts";

/** Classes from their checked entries; undefined where there are none. */
export function buildCustomClasses(entries: readonly CustomClassFileEntry[]): readonly CustomClass[] | undefined {
  return entries.length === 0 ? undefined : entries.map((entry) => entryOf(entry).custom);
}

/** Of the entries at `path`: two of one name, and what their check finds. */
export function faultsOfCustomClasses(
  entries: readonly CustomClassFileEntry[],
  path: YamlPath,
  check: CheckCustomClass | undefined,
): readonly Fault[] {
  const ids = entries.map(({ id }) => id);
  return entries.flatMap((entry, index): readonly Fault[] => [
    ...(ids.indexOf(entry.id) === index
      ? []
      : [{ path: [...path, index, "id"], part: "value", expected: "each class once", found: "the same id again" } as const]),
    ...(check?.(entryOf(entry)) ?? []).map((problem): Fault => ({ ...problem, path: [...path, index, ...problem.path], part: "value" })),
  ]);
}

/** Classes that are declared to come and that nothing defines. */
export function faultsOfClassNames({ integrations }: InventoryFile, defined: readonly string[]): readonly Fault[] {
  const unknown = (names: readonly DataClass[] | undefined, path: YamlPath) => undefinedNames(names ?? [], path, defined);
  return integrations.flatMap(({ dataClasses, endpoints = [] }, at) => [
    ...unknown(dataClasses, ["integrations", at, "dataClasses"]),
    ...endpoints.flatMap(({ expect }, position) =>
      unknown(expect?.classes, ["integrations", at, "endpoints", position, "expect", "classes"]),
    ),
  ]);
}

function undefinedNames(names: readonly DataClass[], path: YamlPath, defined: readonly string[]): readonly Fault[] {
  return names.flatMap((name, index): readonly Fault[] => {
    if (!name.startsWith("custom/") || defined.includes(name)) return [];
    const suggestion = nearest(name, defined);
    const fault = { path: [...path, index], part: "value", expected: "a class of customClasses", found: name } as const;
    return [suggestion === undefined ? fault : { ...fault, suggestion }];
  });
}

function entryOf(entry: CustomClassFileEntry): CustomClassEntry {
  const { id, title, group = "personal", pattern, names = [], needsName = false, inText = false, check, examples = [], not = [] } = entry;
  const known: CustomRecognition = { pattern, names, needsName, inText, ...(check !== undefined && { check }) };
  const definition = sha256Hex(canonicalJson({ ...known, watched: groupFacts(group).watched })).slice(0, 16);
  return { custom: { id, ...(title !== undefined && { title }), group, definition, known }, examples, not };
}
