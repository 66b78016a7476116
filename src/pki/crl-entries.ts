import { TAG } from "./der.ts";
import { shortestForm } from "./serial.ts";

/** What a list of revoked certificates says of one serial number. */
export interface EntrySearch {
  /** The entry's content; absent where the list does not name it. */
  readonly entry?: Uint8Array;
  /** Some entry has a critical extension that nobody here knows: the list must then not be relied on (RFC 5280 section 5.3). */
  readonly hasUnknownCritical: boolean;
}

/**
 * Goes through the content of revokedCertificates once and makes no object per entry: lists of ten megabytes hold hundreds of thousands of them.
 * Undefined for what is no such list.
 */
export function findEntry(list: Uint8Array, serial: Uint8Array): EntrySearch | undefined {
  const wanted = shortestForm(serial);
  const entries = new Entries(list);
  const extensions = new ExtensionScan(list);
  let entry: Uint8Array | undefined;
  let hasUnknownCritical = false;
  while (!entries.isDone) {
    if (!entries.next()) return undefined;
    if (entry === undefined && entries.isOf(wanted)) entry = entries.content;
    const seen = extensions.among(entries.more);
    if (seen === "broken") return undefined;
    if (seen === "unknown") hasUnknownCritical = true;
  }
  return { hasUnknownCritical, ...(entry !== undefined && { entry }) };
}

/** One entry after another: a serial number, a time, and extensions perhaps. */
class Entries {
  /** Content of its extensions; of no length where it has none. */
  readonly more: Range = { from: 0, to: 0 };
  readonly #list: Uint8Array;
  readonly #entries: Cursor;
  readonly #fields: Cursor;
  readonly #serial: Range = { from: 0, to: 0 };

  constructor(list: Uint8Array) {
    this.#list = list;
    this.#entries = new Cursor(list);
    this.#fields = new Cursor(list);
    this.#entries.enter({ from: 0, to: list.length });
  }

  get isDone(): boolean {
    return this.#entries.isDone;
  }

  get content(): Uint8Array {
    return this.#list.subarray(this.#entries.from, this.#entries.to);
  }

  /** False for what is no entry. */
  next(): boolean {
    if (!this.#entries.next(TAG.sequence)) return false;
    this.#fields.enter(this.#entries);
    if (!this.#fields.next(TAG.integer)) return false;
    this.#serial.from = this.#fields.from;
    this.#serial.to = this.#fields.to;
    if (!this.#fields.next(TAG.utcTime) && !this.#fields.next(TAG.generalizedTime)) return false;
    this.more.from = this.more.to = this.#fields.to;
    if (this.#fields.isDone) return true;
    if (!this.#fields.next(TAG.sequence) || !this.#fields.isDone) return false;
    this.more.from = this.#fields.from;
    this.more.to = this.#fields.to;
    return true;
  }

  /** As numbers: the one in the list may have noughts in front. `wanted` has none. */
  isOf(wanted: Uint8Array): boolean {
    const { from, to } = this.#serial;
    if (to - from < wanted.length || this.#list[to - 1] !== wanted.at(-1)) return false;
    return Buffer.compare(shortestForm(this.#list.subarray(from, to)), wanted) === 0;
  }
}

interface Range {
  from: number;
  to: number;
}

/** Looks for critical extensions of an entry that nobody here knows. */
class ExtensionScan {
  readonly #list: Uint8Array;
  readonly #extensions: Cursor;
  readonly #parts: Cursor;

  constructor(list: Uint8Array) {
    this.#list = list;
    this.#extensions = new Cursor(list);
    this.#parts = new Cursor(list);
  }

  among(range: Range): "known" | "unknown" | "broken" {
    let isUnknown = false;
    this.#extensions.enter(range);
    while (!this.#extensions.isDone) {
      if (!this.#extensions.next(TAG.sequence)) return "broken";
      this.#parts.enter(this.#extensions);
      if (!this.#parts.next(TAG.objectIdentifier)) return "broken";
      const isKnownOne = isKnown(this.#list, this.#parts);
      const isCritical = this.#parts.next(TAG.boolean) && this.#list[this.#parts.from] !== 0;
      isUnknown ||= isCritical && !isKnownOne;
    }
    return isUnknown ? "unknown" : "known";
  }
}

/** One element after another, told by two numbers. */
class Cursor implements Range {
  from = 0;
  to = 0;
  readonly #bytes: Uint8Array;
  #at = 0;
  #end = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isDone(): boolean {
    return this.#at >= this.#end;
  }

  enter({ from, to }: Range): void {
    this.#at = from;
    this.#end = to;
  }

  /** Goes on to the content of the next element; false, and nowhere, where that has another tag or does not end in time. */
  next(tag: number): boolean {
    if (this.#at + 2 > this.#end || this.#bytes[this.#at] !== tag) return false;
    let from = this.#at + 2;
    let length = this.#bytes[this.#at + 1] ?? 0;
    if (length >= 0x80) {
      const octets = length - 0x80;
      if (octets === 0 || octets > MAX_LENGTH_OCTETS || from + octets > this.#end) return false;
      length = 0;
      for (const last = from + octets; from < last; from += 1) length = length * 256 + (this.#bytes[from] ?? 0);
    }
    if (from + length > this.#end) return false;
    this.from = from;
    this.to = from + length;
    this.#at = this.to;
    return true;
  }
}

/** reasonCode, holdInstructionCode, invalidityDate: 2.5.29.21, 23 and 24. */
function isKnown(list: Uint8Array, { from, to }: Range): boolean {
  return to - from === 3 && list[from] === 0x55 && list[from + 1] === 0x1d && [21, 23, 24].includes(list[from + 2] ?? 0);
}

const MAX_LENGTH_OCTETS = 3;
