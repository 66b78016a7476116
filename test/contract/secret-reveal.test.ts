import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

/** Where a secret may be read: the room that keeps it, the sockets that send it, and the classifier that describes it in memory, or by a keyed fingerprint. */
const MAY_READ = [/^local\//, /^observe\/net\//, /^observe\/classify\/(?:own-credential|keyed-fingerprint)\.ts$/];

it("secrets are read in three places alone", () => {
  const src = new URL("../../src/", import.meta.url).pathname;
  const readers = readdirSync(src, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && /\.reveal\(/.test(readFileSync(join(src, file), "utf8")))
    .sort();
  expect(readers).toContain("observe/net/placement.ts");
  expect(readers.filter((file) => MAY_READ.every((place) => !place.test(file)))).toEqual([]);
});
