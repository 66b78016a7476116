import type { DocumentBuilder } from "./document-builder.ts";
import { LongText } from "./long-text.ts";
import type { Reader, ReadProblem } from "./reader.ts";

/** `application/x-www-form-urlencoded` (WHATWG URL section 5): an object of texts. */
export class FormReader implements Reader {
  problem: ReadProblem | undefined;
  readonly isOver = false;
  readonly #builder: DocumentBuilder;
  /** Of the pair that is open. */
  #pair = new LongText();
  #isEmpty = true;

  constructor(builder: DocumentBuilder) {
    this.#builder = builder;
    builder.notAscii();
    builder.mayRepeatKeys = true;
    builder.open(true);
  }

  write(part: string): void {
    const [first = "", ...others] = part.split("&");
    this.#add(first);
    for (const pair of others) {
      this.#give();
      this.#add(pair);
    }
  }

  end(isCut: boolean): void {
    if (!isCut && !this.#isEmpty && HALF_ESCAPE.test(this.#pair.text())) this.problem = "cut";
    if (!isCut) this.#give();
    this.#builder.close();
    this.#builder.end();
  }

  #add(text: string): void {
    if (text === "") return;
    this.#isEmpty = false;
    this.#pair.add(text);
  }

  #give(): void {
    if (this.#isEmpty) return;
    const text = this.#pair.text().trimEnd();
    const equals = text.indexOf("=");
    const [name, value] = equals < 0 ? [text, ""] : [text.slice(0, equals), text.slice(equals + 1)];
    if (this.#pair.omitted > 0) this.#builder.isWhole = false;
    this.#builder.key(decoded(name));
    this.#builder.scalar(decoded(value));
    this.#pair = new LongText();
    this.#isEmpty = true;
  }
}

const HALF_ESCAPE = /%[\da-f]?$/i;

/** Percent-encoding that is none stays as it is. */
function decoded(text: string): string {
  const spaced = text.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}
