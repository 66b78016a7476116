import type { BodyFormat } from "../../evidence/kinds.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { type Decoder, decoderOf, type Guard } from "./decode.ts";
import { type FormatChoice, formatOf } from "./format.ts";
import { DocumentBuilder, type Piece } from "./read/document-builder.ts";
import type { Reader, ReadProblem } from "./read/reader.ts";
import { readerOf } from "./read/readers.ts";
import { TextReader } from "./read/text-reader.ts";

/** What a body is called; both are unknown of a file. */
export interface BodyName {
  /** In lower case, "" where there is none. */
  readonly mediaType: string;
  readonly charset: string | undefined;
}

/** Octets that say what a body is. */
export const HEAD = 4096;

/** What a body is, its first bytes say; they are the same however it comes. `head`: at least HEAD octets, or all there are. */
export function readingOf(head: Uint8Array, { mediaType, charset }: BodyName, sink: (piece: Piece) => void): Result<Reading, ReadProblem> {
  const decoder = decoderOf(head.subarray(0, HEAD), charset);
  if (!decoder.ok) return err(decoder.error === "binary" ? "unsupported" : "malformed");
  const text = decoder.value.decode(head);
  const choice = formatOf(text.slice(0, HEAD_TEXT), mediaType);
  return choice === undefined ? err("unsupported") : ok(new Reading(choice, decoder.value, sink, text));
}

/** A body that is being read, from its bytes to the pieces of its document. */
export class Reading {
  /** Undefined where nothing guards it, and of a text that only looked so. */
  guard: Guard | undefined;
  readonly #decoder: Decoder;
  readonly #builder: DocumentBuilder;
  #format: BodyFormat;
  #reader: Reader;
  /** What was read so far, while it may still turn out to be plain text. */
  #kept: string[] | undefined;
  #keptLength = 0;
  #endsInside = false;

  constructor(choice: FormatChoice, decoder: Decoder, sink: (piece: Piece) => void, head: string) {
    this.guard = choice.guard;
    this.#format = choice.format;
    this.#decoder = decoder;
    this.#builder = new DocumentBuilder(sink);
    this.#reader = readerOf(choice, this.#builder);
    this.#kept = choice.mayBeText ? [head.slice(0, choice.skipped)] : undefined;
    this.#builder.comesAs(false);
    this.#read(head.slice(choice.skipped));
  }

  get format(): BodyFormat {
    return this.#format === "json" && this.#builder.isList ? "ndjson" : this.#format;
  }

  get problem(): ReadProblem | undefined {
    return this.#reader.problem ?? (this.#decoder.isBroken ? "malformed" : this.#endsInside ? "cut" : undefined);
  }

  /** Nothing of what was read was left out. */
  get isWhole(): boolean {
    return this.#builder.isWhole;
  }

  write(bytes: Uint8Array): void {
    if (this.#reader.isOver) return;
    const text = this.#decoder.decode(bytes);
    this.#builder.comesAs(text.length === bytes.length);
    this.#read(text);
  }

  end(isCut: boolean): void {
    this.#endsInside = this.#decoder.isInside;
    this.#reader.end(isCut);
  }

  #read(text: string): void {
    if (this.#kept !== undefined) {
      this.#kept.push(text);
      this.#keptLength += text.length;
      if (this.#keptLength > MAX_KEPT || this.#builder.hasGiven) this.#kept = undefined;
    }
    this.#reader.write(text);
    if (this.#reader.isOver && this.#reader.problem === "malformed" && this.#kept !== undefined && !this.#builder.hasGiven)
      this.#rereadAsText();
  }

  #rereadAsText(): void {
    const kept = this.#kept ?? [];
    this.#kept = undefined;
    this.#format = "text";
    this.guard = undefined;
    this.#builder.forget();
    this.#reader = new TextReader(this.#builder);
    for (const text of kept) this.#reader.write(text);
  }
}

/** Characters of the head that are looked at. */
const HEAD_TEXT = 1024;
const MAX_KEPT = 1024 * 1024;
