import { cp, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CLASSIFIER_REVISION } from "../../src/observe/classify/revision.ts";

/** A line of the built program that was different in an older release. */
interface Difference {
  readonly file: string;
  readonly today: string;
  readonly earlier: string;
}

/** Before its revision 2, this rule took a version for one only if it had nine numbers: it passed always. */
export const OLDER_RULE: readonly Difference[] = [
  { file: "dist/src/judge/rules/header/version-disclosure.js", today: "revision: 2,", earlier: "revision: 1," },
  { file: "dist/src/judge/rules/header/version-disclosure.js", today: "LEAST_NUMBERS = 2;", earlier: "LEAST_NUMBERS = 9;" },
];

/** A classifier that knows no IBAN yet. */
export const OLDER_CLASSIFIER: readonly Difference[] = [
  {
    file: "dist/src/observe/classify/revision.js",
    today: `CLASSIFIER_REVISION = ${CLASSIFIER_REVISION};`,
    earlier: `CLASSIFIER_REVISION = ${CLASSIFIER_REVISION - 1};`,
  },
  { file: "dist/src/observe/classify/detectors/financial.js", today: "    iban,\n", earlier: "" },
];

export const TODAYS_BUILD = join(root(), "dist/src/main.js");

/** A release as it may have been: today's build with a few lines of another time. Returns its main.js. */
export async function olderBuild(folder: string, version: string, differences: readonly Difference[]): Promise<string> {
  const place = join(folder, `apirisk-${version}`);
  await mkdir(place);
  await Promise.all(["dist", "data"].map((name) => cp(join(root(), name), join(place, name), { recursive: true })));
  await symlink(join(root(), "node_modules"), join(place, "node_modules"));
  for (const name of ["package.json", "oclif.manifest.json"]) {
    const told = JSON.parse(await readFile(join(root(), name), "utf8")) as { version: string };
    await writeFile(join(place, name), JSON.stringify({ ...told, version }));
  }
  for (const { file, today, earlier } of differences) {
    const parts = (await readFile(join(place, file), "utf8")).split(today);
    if (parts.length !== 2) throw new Error(`expected ${JSON.stringify(today)} once in ${file}, found it ${parts.length - 1} times`);
    await writeFile(join(place, file), parts.join(earlier));
  }
  return join(place, "dist/src/main.js");
}

function root(): string {
  return fileURLToPath(new URL("../..", import.meta.url));
}
