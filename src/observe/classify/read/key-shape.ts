/** The keys of an object in their order, shared by all objects that have the same: a list of records has one, and its columns are found once. */
export class KeyShape {
  readonly length: number;
  /** A key came twice. */
  readonly isDouble: boolean;
  /** What followed last: the guess for the next object. */
  guess: KeyShape | undefined;
  /** The guess as it is mostly written: `"key":`. */
  guessText = "";
  /** Last of the keys; "" of the empty shape. */
  readonly key: string;
  readonly #before: KeyShape | undefined;
  readonly #followers = new Map<string, KeyShape>();
  #keys: readonly string[] | undefined;

  constructor(before?: KeyShape, key = "") {
    this.#before = before;
    this.key = key;
    this.length = before === undefined ? 0 : before.length + 1;
    this.isDouble = before !== undefined && (before.isDouble || before.keys.includes(key));
  }

  get keys(): readonly string[] {
    this.#keys ??= this.#before === undefined ? [] : [...this.#before.keys, this.key];
    return this.#keys;
  }

  /** Undefined where the shape would be one too many to keep. */
  followedBy(key: string, budget: ShapeBudget): KeyShape | undefined {
    const known = this.#followers.get(key);
    const next = known ?? this.#newFollower(key, budget);
    if (next !== undefined && next !== this.guess) {
      this.guess = next;
      this.guessText = `${JSON.stringify(next.key)}:`;
    }
    return next;
  }

  #newFollower(key: string, budget: ShapeBudget): KeyShape | undefined {
    if (this.length >= MAX_KEYS || key.length > MAX_KEY || budget.left <= 0) return undefined;
    budget.left -= 1;
    const next = new KeyShape(this, detached(key));
    this.#followers.set(next.key, next);
    return next;
  }
}

/** How many shapes one body may make us keep. */
export interface ShapeBudget {
  left: number;
}

/** A slice keeps the whole text alive that it was cut from; this does not. */
function detached(text: string): string {
  return Buffer.from(text, "utf16le").toString("utf16le");
}

const MAX_KEYS = 96;
const MAX_KEY = 256;
