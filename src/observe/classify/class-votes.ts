import type { ClassFact } from "../../evidence/kinds.ts";
import type { DataClass } from "../../model/data-class.ts";
import type { ValueClass } from "./classify-value.ts";
import { type Scalar, scalarText } from "./document.ts";

/** The values of one path that are of one class. */
export class ClassVotes {
  /** Values that are of the class as a whole. */
  hits = 0;
  readonly #class: DataClass;
  readonly #clear = new Shown();
  readonly #masked = new Shown();

  constructor(dataClass: DataClass) {
    this.#class = dataClass;
  }

  add(found: ValueClass, value: Scalar): void {
    if (!found.embedded) this.hits += 1;
    (found.masked ? this.#masked : this.#clear).add(found, value);
  }

  /**
   * At least 60 % must agree (of one secret, or of one found inside a text, one hit is enough); where fewer do, the confidence falls with their
   * share. Masked values count for the class, and the fact is masked only where none is clear. `scale`: values there are for each that was examined.
   */
  fact(path: string, { share, scale, agrees }: { readonly share: number; readonly scale: number; readonly agrees: boolean }): ClassFact {
    const masked = this.#clear.count === 0;
    const shown = masked ? this.#masked : this.#clear;
    const isCertain = agrees || shown.speaksForItself || (PROVEN.has(this.#class) && share >= FEW);
    const length = SHORT.has(this.#class) ? undefined : shown.length;
    return {
      path,
      class: this.#class,
      confidence: hundredths(shown.confidence * (isCertain ? 1 : share)),
      count: Math.round(shown.count * scale),
      masked,
      sample: shown.isSample,
      ...(shown.note !== undefined && { note: shown.note }),
      share: thousandths(share),
      ...(length !== undefined && { length }),
    };
  }
}

class Shown {
  count = 0;
  isSample = true;
  /** Something inside a text, or a record that says itself what it holds: other records of the path may hold what they like. */
  speaksForItself = false;
  readonly #confidences = new Map<number, number>();
  readonly #notes = new Set<string | undefined>();
  readonly #lengths = LENGTHS.map(() => 0);

  add({ confidence, sample, note, embedded, own }: ValueClass, value: Scalar): void {
    this.count += 1;
    if (sample !== true) this.isSample = false;
    if (embedded || own === true) this.speaksForItself = true;
    this.#confidences.set(confidence, (this.#confidences.get(confidence) ?? 0) + 1);
    if (this.#notes.size < 2) this.#notes.add(note);
    if (embedded) return;
    const { length } = scalarText(value);
    const at = LENGTHS.findIndex(({ most }) => length <= most);
    this.#lengths[at] = (this.#lengths[at] ?? 0) + 1;
  }

  /** The median: steady under a few odd records. */
  get confidence(): number {
    let before = 0;
    for (const [confidence, count] of [...this.#confidences].sort(([one], [other]) => one - other)) {
      before += count;
      if (before > Math.floor(this.count / 2)) return confidence;
    }
    return 0;
  }

  /** That all of them share. */
  get note(): string | undefined {
    const [first, ...others] = this.#notes;
    return others.length === 0 ? first : undefined;
  }

  get length(): ClassFact["length"] {
    const most = Math.max(...this.#lengths);
    return most === 0 ? undefined : LENGTHS[this.#lengths.indexOf(most)]?.name;
  }
}

/** None is said where there is one. */
function thousandths(share: number): number {
  return Math.max(share > 0 ? 1 : 0, Math.round(share * 1000)) / 1000;
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}

const LENGTHS = [
  { name: "1-8", most: 8 },
  { name: "9-16", most: 16 },
  { name: "17-32", most: 32 },
  { name: "33-64", most: 64 },
  { name: "65-256", most: 256 },
  { name: "257+", most: Number.POSITIVE_INFINITY },
] as const;
/** The value proves it: in a column of contacts some are of another kind, and are what they are. */
const PROVEN: ReadonlySet<DataClass> = new Set<DataClass>(["email", "iban"]);
const FEW = 0.1;
/** So few values are possible that the length would narrow them down, or the class says it already. */
const SHORT: ReadonlySet<DataClass> = new Set<DataClass>([
  ...(["pin", "card_cvv", "card_expiry", "card_last4", "card_bin", "account_last4", "date_of_birth", "id_document_date", "age"] as const),
  ...(["gender", "marital_status", "nationality", "tax_status", "race_ethnicity", "religion", "political_opinion", "trade_union"] as const),
  ...(["sexual_orientation", "postal_code", "credit_score", "salary", "financial_amount", "security_question"] as const),
]);
