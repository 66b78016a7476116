import { type DocumentNode, DocumentObject, isScalar } from "../document.ts";
import { textHash } from "../text-hash.ts";
import { KeyShape, type ShapeBudget } from "./key-shape.ts";

/** A part of the records of a body, in a document of the same shape as the whole. */
export interface Piece {
  readonly document: DocumentNode;
  /** Arrays and objects that began in an earlier piece. */
  readonly continued: ReadonlySet<DocumentNode>;
  /** Objects in which a key came twice. */
  readonly doubled: ReadonlySet<DocumentNode>;
  /** All of its texts are ASCII: as many octets as characters. */
  readonly ascii: boolean;
  /** Of XML: a key that comes twice is an element of a list, OWN_TEXT the text of the element itself. */
  readonly isMarkup: boolean;
  /** Texts that stand for longer ones, with the number of characters that were left out of their middle. */
  readonly shortened: ReadonlyMap<string, number>;
}

/**
 * Makes documents of what a reader finds, piece by piece: after some thousand values the tree is handed on and begun anew with the arrays and
 * objects that are open, so that memory is that of a piece whatever the length of the body. Where a piece ends depends on the values alone.
 */
export class DocumentBuilder {
  /** Of the innermost object: what the next key is guessed from. Undefined in an array, and in an object whose keys are not shared. */
  shape: KeyShape | undefined;
  depth = 0;
  isMarkup = false;
  /** A key may come twice in one object: names of forms and of columns. */
  mayRepeatKeys = false;
  /** Nothing of what was read was left out for its length or its number. */
  isWhole = true;
  readonly #sink: (piece: Piece) => void;
  readonly #frames: Frame[] = [new Frame()];
  /** Values of all that is open, those of the innermost last. */
  readonly #stack: DocumentNode[] = [];
  readonly #budget: ShapeBudget = { left: MAX_SHAPES };
  readonly #empty = new KeyShape();
  #frame: Frame;
  #count = 0;
  #given = false;
  #isList = false;
  #ascii = true;
  #isAsciiNow = true;
  #continued = new Set<DocumentNode>();
  #doubled = new Set<DocumentNode>();
  #shortened = new Map<string, number>();

  constructor(sink: (piece: Piece) => void) {
    this.#sink = sink;
    this.#frame = this.#frames[0] ?? new Frame();
  }

  /** There are several documents: they become the elements of one array. Too late once a piece of the first one is gone. */
  makeList(): boolean {
    if (this.#given && !this.#isList) return false;
    this.#isList = true;
    return true;
  }

  get isList(): boolean {
    return this.#isList;
  }

  /** A piece is gone: what it holds can no more be taken for something else. */
  get hasGiven(): boolean {
    return this.#given;
  }

  /** What was not handed on yet. */
  forget(): void {
    this.depth = 0;
    this.shape = undefined;
    const [root] = this.#frames;
    if (root === undefined) return;
    root.begin(false, 0);
    this.#stack.length = 0;
    this.#frame = root;
    this.#isList = false;
    this.#restart(false);
  }

  /** Some text of this piece may have more octets than characters. */
  notAscii(): void {
    this.#ascii = false;
  }

  /** Whether that may be said of all that comes next. */
  comesAs(ascii: boolean): void {
    this.#isAsciiNow = ascii;
    if (!ascii) this.#ascii = false;
  }

  /** The key of the next member. */
  key(key: string): void {
    const frame = this.#frame;
    if (this.shape !== undefined) {
      const next = this.shape.followedBy(key, this.#budget);
      if (next !== undefined) {
        this.shape = next;
        return;
      }
      frame.unshare(this.shape);
      this.shape = undefined;
    }
    frame.addKey(key);
  }

  scalar(value: DocumentNode): void {
    this.#stack.push(value);
    this.#count += 1;
    if (this.#count >= MAX_PIECE) this.#give();
  }

  /** A text whose middle was left out. */
  shortened(text: string, omitted: number): void {
    if (omitted > 0) {
      this.isWhole = false;
      this.#shortened.set(text, omitted);
    }
    this.scalar(text);
  }

  open(isObject: boolean): void {
    this.#frame.shape = this.shape;
    this.depth += 1;
    let frame = this.#frames[this.depth];
    if (frame === undefined) {
      frame = new Frame();
      this.#frames.push(frame);
    }
    frame.begin(isObject, this.#stack.length);
    this.#frame = frame;
    this.shape = isObject ? this.#empty : undefined;
  }

  close(): void {
    const node = this.#nodeOf(this.#frame, this.shape);
    this.depth -= 1;
    const parent = this.#frames[this.depth] ?? new Frame();
    this.#frame = parent;
    this.shape = parent.shape;
    this.#stack.push(node);
    this.#count += 1;
    if (this.#count >= (parent.isObject ? LONG_PIECE : PIECE)) this.#give();
  }

  /** Everything that is open. */
  closeAll(): void {
    while (this.depth > 0) this.close();
  }

  /** What is open is closed where it stands: the last value of a body that was cut, and a key without one, are lost. */
  end(): void {
    this.#give();
  }

  #give(): void {
    this.#frame.shape = this.shape;
    const isOpen = this.depth > 0;
    for (let depth = this.depth; depth > 0; depth -= 1) {
      const frame = this.#frames[depth] ?? new Frame();
      const node = this.#nodeOf(frame, frame.shape);
      if (node instanceof DocumentObject) frame.told = toldBy(node, depth < this.depth);
      this.#stack.push(node);
    }
    const documents: readonly DocumentNode[] = this.#isList ? [this.#rootList()] : [...this.#stack];
    const given = {
      continued: this.#continued,
      doubled: this.#doubled,
      ascii: this.#ascii,
      isMarkup: this.isMarkup,
      shortened: this.#shortened,
    };
    for (const document of documents) this.#sink({ document, ...given });
    this.#given ||= documents.length > 0;
    this.#restart(isOpen);
  }

  #rootList(): DocumentNode {
    const list = [...this.#stack];
    if (this.#frames[0]?.isContinued === true) this.#continued.add(list);
    return list;
  }

  #restart(isOpen: boolean): void {
    this.#count = 0;
    this.#ascii = this.#isAsciiNow;
    this.#continued = new Set();
    this.#doubled = new Set();
    this.#shortened = new Map();
    this.#stack.length = 0;
    const [root] = this.#frames;
    if (root !== undefined) root.isContinued = this.#given;
    if (!isOpen) return;
    for (let depth = 1; depth <= this.depth; depth += 1) this.#frames[depth]?.goOn(this.#stack);
    this.shape = this.#frame.shape;
  }

  /** What stands on the stack since the frame began, which is taken off it. */
  #nodeOf(frame: Frame, shape: KeyShape | undefined): DocumentNode {
    const values = this.#stack.slice(frame.base);
    this.#stack.length = frame.base;
    const node = frame.isObject ? new DocumentObject(keysOf(frame, shape, values.length), values, frame.repeated) : values;
    if (frame.isContinued) this.#continued.add(node);
    const isUnique = frame.isObject && !this.isMarkup && !this.mayRepeatKeys;
    if (isUnique && (shape?.isDouble === true || frame.isDouble)) this.#doubled.add(node);
    return node;
  }
}

function keysOf(frame: Frame, shape: KeyShape | undefined, length: number): readonly string[] {
  const keys = shape?.keys ?? frame.keys ?? [];
  return keys.length > length ? keys.slice(0, length) : keys;
}

/** What goes on in the next piece: members that tell something about those to come, and the key whose value is still open. */
interface Told {
  readonly keys: string[];
  readonly values: readonly DocumentNode[];
}

function toldBy({ keys, values }: DocumentObject, isKeyPending: boolean): Told {
  const places = values.flatMap((value, at) => (isTelling(value) ? [at] : [])).slice(0, MAX_TOLD);
  const named = isKeyPending ? [...places, keys.length - 1] : places;
  return { keys: named.map((at) => keys[at] ?? ""), values: places.map((at) => values[at] ?? null) };
}

function isTelling(value: DocumentNode): boolean {
  return isScalar(value) && (typeof value !== "string" || value.length <= MAX_TELLING);
}

/** An array or object that is open. Reused for the next one at the same depth. */
class Frame {
  isObject = false;
  /** Where its values begin on the stack. */
  base = 0;
  /** Its keys so far, while something inside it is open. */
  shape: KeyShape | undefined;
  /** Its keys where they are not shared. */
  keys: string[] | undefined;
  told: Told | undefined;
  isContinued = false;
  isDouble = false;
  repeated = 0;
  #seen: Set<number> | undefined;

  begin(isObject: boolean, base: number): void {
    this.isObject = isObject;
    this.base = base;
    this.shape = undefined;
    this.keys = undefined;
    this.isContinued = false;
    this.isDouble = false;
    this.repeated = 0;
    this.#seen = undefined;
  }

  unshare(shape: KeyShape): void {
    this.keys = [...shape.keys];
    this.isDouble ||= shape.isDouble;
    this.#seen ??= new Set();
    for (const key of this.keys) this.#seen.add(textHash(key));
  }

  addKey(key: string): void {
    this.keys?.push(key);
    if (this.#seen === undefined || this.#seen.size >= MAX_REMEMBERED_KEYS) return;
    const before = this.#seen.size;
    this.#seen.add(textHash(key));
    if (this.#seen.size === before) this.isDouble = true;
  }

  /** A piece was given away: what tells something stays, the rest is gone. */
  goOn(stack: DocumentNode[]): void {
    this.isContinued = true;
    this.base = stack.length;
    if (this.told === undefined) return;
    if (this.shape !== undefined) this.unshare(this.shape);
    const { keys, values } = this.told;
    this.told = undefined;
    this.keys = keys;
    this.shape = undefined;
    this.repeated = values.length;
    for (const value of values) stack.push(value);
  }
}

/** A piece ends behind an element of an array once it has this many values, behind any array or object once it has more, and anywhere at last. */
const PIECE = 4096;
const LONG_PIECE = 16_384;
const MAX_PIECE = 32_768;
const MAX_SHAPES = 20_000;
/** Beyond it a key that comes twice is not noticed. */
const MAX_REMEMBERED_KEYS = 100_000;
const MAX_TOLD = 32;
const MAX_TELLING = 64;
