import type { DataClass } from "../../model/data-class.ts";
import { type DocumentNode, isScalar, scalarText } from "./document.ts";
import { foldedHash } from "./text-hash.ts";
import type { Vote } from "./vote.ts";

/** Different values of a path that tells persons apart, by a hash that dies with the process: to a thousand all of them, beyond to two digits. */
export class Persons {
  readonly #few = new Set<number>();
  #many: Sketch | undefined;

  /** After the vote about the same values. */
  add(nodes: readonly DocumentNode[], vote: Vote): void {
    if (!IDENTIFYING.some((dataClass) => vote.agreesOn(dataClass))) return;
    for (const node of nodes) {
      if (isScalar(node) && node !== "") this.#addHash(foldedHash(scalarText(node)));
    }
  }

  get size(): number {
    return this.#many?.size ?? this.#few.size;
  }

  #addHash(hash: number): void {
    if (this.#many !== undefined) {
      this.#many.add(hash);
      return;
    }
    this.#few.add(hash);
    if (this.#few.size <= MOST_EXACT) return;
    this.#many = new Sketch();
    for (const one of this.#few) this.#many.add(one);
    this.#few.clear();
  }
}

/** How many different hashes came, from how many zeros they begin with (HyperLogLog; Flajolet and others 2007): 16 KB, one percent. */
class Sketch {
  readonly #registers = new Uint8Array(REGISTERS);

  add(hash: number): void {
    const register = hash % REGISTERS;
    const rest = Math.floor(hash / REGISTERS) >>> 0;
    const rank = Math.clz32(rest) + 1;
    if (rank > (this.#registers[register] ?? 0)) this.#registers[register] = rank;
  }

  get size(): number {
    const sum = this.#registers.reduce((total, rank) => total + 2 ** -rank, 0);
    const estimate = (BIAS * REGISTERS * REGISTERS) / sum;
    const empty = this.#registers.filter((rank) => rank === 0).length;
    const count = estimate < 2.5 * REGISTERS && empty > 0 ? REGISTERS * Math.log(REGISTERS / empty) : estimate;
    return Number(count.toPrecision(2));
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
const MOST_EXACT = 1000;
const REGISTERS = 16_384;
const BIAS = 0.7213 / (1 + 1.079 / REGISTERS);
