import type { CheckCustomClass, CustomClass } from "../model/custom-class.ts";
import type { FilePort, FileProblem } from "../model/file-port.ts";
import type { InventoryProblem } from "../model/integration.ts";
import { err, type Result } from "../model/result.ts";

export type ClassesProblem =
  | { readonly kind: "invalid-inventory"; readonly problems: readonly InventoryProblem[] }
  | { readonly kind: "file"; readonly problem: FileProblem };

/** Classes out of a file of their own. */
export async function readClassesFile(file: string, files: FilePort): Promise<Result<readonly CustomClass[], ClassesProblem>> {
  const { MAX_INVENTORY_BYTES, parseCustomClasses } = await import("../inventory/parse.ts");
  const text = await files.readText(file, MAX_INVENTORY_BYTES);
  if (!text.ok) return err({ kind: "file", problem: text.error });
  const { checkCustomClass } = await import("../observe/classify/custom/check-custom-class.ts");
  const classes = parseCustomClasses(text.value, file, checkCustomClass);
  return classes.ok ? classes : err({ kind: "invalid-inventory", problems: classes.error });
}

/** The engine of the patterns is loaded for an inventory that has some. */
export async function customClassCheck(text: string): Promise<CheckCustomClass | undefined> {
  return text.includes("customClasses") ? (await import("../observe/classify/custom/check-custom-class.ts")).checkCustomClass : undefined;
}
