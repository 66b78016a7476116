import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

/** Where most of an audit's start goes is loading: what only bodies and tokens need is imported where one is met. */

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const DETECTORS = "src/observe/classify/detectors/";
/** Heads are looked at for it, too; it imports nothing. */
const OF_HEADS = `${DETECTORS}secret/vendor-keys.ts`;
/** Libraries of the detectors and of the readers of bodies. */
const HEAVY = ["ibantools", "libphonenumber-js", "saxes"];

describe.each(["commands/audit.ts", "src/observe/probes/registry.ts", "src/app/audit.ts", "src/app/audit-run.ts"])(
  "what %s loads",
  (entry) => {
    const { files, packages } = loadedWith(entry);

    test("is more than itself", () => {
      expect(files.size).toBeGreaterThan(20);
    });

    test("is without the detectors of bodies", () => {
      expect([...files].filter(([file]) => file.startsWith(DETECTORS) && file !== OF_HEADS)).toEqual([]);
    });

    test("is without their libraries", () => {
      expect(HEAVY.filter((name) => packages.has(name))).toEqual([]);
    });
  },
);

describe("what an answer's body takes", () => {
  test("is the detectors and their libraries: the scan sees them where they are", () => {
    const { files, packages } = loadedWith("src/observe/classify/classify-body.ts");
    expect(files.has(`${DETECTORS}registry.ts`)).toBe(true);
    expect(HEAVY.filter((name) => packages.has(name))).toEqual(HEAVY);
  });
});

interface Loaded {
  /** Each with the first file that imports it. */
  readonly files: ReadonlyMap<string, string>;
  readonly packages: ReadonlySet<string>;
}

/** What is there before the first line of `entry` runs: its imports, and theirs; types and `import()` aside. */
function loadedWith(entry: string): Loaded {
  const files = new Map([[entry, ""]]);
  const packages = new Set<string>();
  for (const [file] of files) {
    for (const [, specifier = ""] of readFileSync(join(ROOT, file), "utf8").matchAll(STATIC_IMPORT)) {
      if (!specifier.startsWith(".")) packages.add(specifier.split("/")[0] ?? specifier);
      else {
        const target = relative(ROOT, join(ROOT, dirname(file), specifier));
        if (target.endsWith(".ts") && !files.has(target)) files.set(target, file);
      }
    }
  }
  return { files, packages };
}

/** `import`s and `export ... from`s at the beginning of a line, but those of types alone. */
const STATIC_IMPORT = /^(?:import|export)(?! type\b)(?:[^"';]*?\bfrom)?\s*"([^"]+)";/gm;
