import type { DataClass } from "../../model/data-class.ts";
import { type DocumentNode, isScalar, scalarText } from "./document.ts";
import { textHash } from "./text-hash.ts";
import type { Vote } from "./vote.ts";

/** Different values of a path that tells persons apart, by a hash that dies with the process. Counted to a hundred thousand. */
export class Persons {
  readonly #seen = new Set<number>();

  /** After the vote about the same values. */
  add(nodes: readonly DocumentNode[], vote: Vote): void {
    if (this.#seen.size >= MOST || !IDENTIFYING.some((dataClass) => vote.agreesOn(dataClass))) return;
    for (const node of nodes) {
      if (!isScalar(node) || node === "") continue;
      this.#seen.add(textHash(scalarText(node).slice(0, MAX_LENGTH).trim().toLowerCase()));
      if (this.#seen.size >= MOST) return;
    }
  }

  get size(): number {
    return this.#seen.size;
  }
}

const IDENTIFYING: readonly DataClass[] = [
  "email",
  "phone",
  "national_id",
  "passport",
  "driver_license",
  "medical_record_number",
  "health_insurance_id",
];
const MOST = 100_000;
const MAX_LENGTH = 256;
