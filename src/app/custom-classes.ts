import { join } from "node:path";
import type { CheckCustomClass, CustomClass } from "../model/custom-class.ts";
import type { FilePort, FileProblem } from "../model/file-port.ts";
import type { InventoryProblem } from "../model/integration.ts";
import { err, type Result } from "../model/result.ts";

export type ClassesProblem =
  | { readonly kind: "invalid-classes"; readonly problems: readonly InventoryProblem[] }
  | { readonly kind: "file"; readonly problem: FileProblem };

/** Classes out of a file of their own that a user named. */
export function readClassesFile(file: string, files: FilePort): Promise<Result<readonly CustomClass[], ClassesProblem>> {
  return classesOf(file, (maxBytes) => files.readText(file, maxBytes));
}

/** Of one that an inventory names, which may come from a pull request: below its folder, whatever links say. */
export function readClassesBeside(folder: string, file: string, files: FilePort): Promise<Result<readonly CustomClass[], ClassesProblem>> {
  return classesOf(join(folder, file), (maxBytes) => files.readTextBelow([folder], file, maxBytes));
}

async function classesOf(
  file: string,
  read: (maxBytes: number) => ReturnType<FilePort["readText"]>,
): Promise<Result<readonly CustomClass[], ClassesProblem>> {
  const { MAX_INVENTORY_BYTES, parseCustomClasses } = await import("../inventory/parse.ts");
  const text = await read(MAX_INVENTORY_BYTES);
  if (!text.ok) return err({ kind: "file", problem: text.error });
  const { checkCustomClass } = await import("../observe/classify/custom/check-custom-class.ts");
  const classes = parseCustomClasses(text.value, file, checkCustomClass);
  return classes.ok ? classes : err({ kind: "invalid-classes", problems: classes.error });
}

/** The engine of the patterns is loaded for an inventory that has some. */
export async function customClassCheck(text: string): Promise<CheckCustomClass | undefined> {
  return text.includes("customClasses") ? (await import("../observe/classify/custom/check-custom-class.ts")).checkCustomClass : undefined;
}
