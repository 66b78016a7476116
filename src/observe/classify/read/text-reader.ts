import type { DocumentBuilder } from "./document-builder.ts";
import { LongText } from "./long-text.ts";
import type { Reader } from "./reader.ts";

/** Plain text: one value. */
export class TextReader implements Reader {
  readonly problem = undefined;
  readonly isOver = false;
  readonly #builder: DocumentBuilder;
  readonly #text = new LongText();

  constructor(builder: DocumentBuilder) {
    this.#builder = builder;
  }

  write(part: string): void {
    this.#text.add(part);
  }

  end(): void {
    const text = this.#text.text();
    this.#builder.notAscii();
    this.#builder.shortened(text, this.#text.omitted);
    this.#builder.end();
  }
}
