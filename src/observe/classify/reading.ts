import type { BodyFormat } from "../../evidence/kinds.ts";
import type { Decoder, Guard } from "./decode.ts";
import type { FormatChoice } from "./format.ts";
import { DocumentBuilder, type Piece } from "./read/document-builder.ts";
import type { Reader, ReadProblem } from "./read/reader.ts";
import { readerOf } from "./read/readers.ts";
import { TextReader } from "./read/text-reader.ts";

/** A body that is being read, from its bytes to the pieces of its document. */
export class Reading {
  readonly guard: Guard | undefined;
  readonly #decoder: Decoder;
  readonly #builder: DocumentBuilder;
  #format: BodyFormat;
  #reader: Reader;
  /** What was read so far, while it may still turn out to be plain text. */
  #kept: string[] | undefined;
  #keptLength = 0;

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
    return this.#reader.problem;
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
    this.#builder.forget();
    this.#reader = new TextReader(this.#builder);
    for (const text of kept) this.#reader.write(text);
  }
}

const MAX_KEPT = 1024 * 1024;
