import { LongText } from "./long-text.ts";

/** Lines of a text that comes in parts, without what ends them: LF, CR LF or CR. Of a very long one head and tail, and `isWhole` is false. */
export class Lines {
  isWhole = true;
  readonly #give: (line: string) => void;
  #open: LongText | undefined;
  #afterReturn = false;

  constructor(give: (line: string) => void) {
    this.#give = give;
  }

  write(part: string): void {
    let at = 0;
    if (this.#afterReturn && part.startsWith("\n")) at = 1;
    if (part !== "") this.#afterReturn = false;
    END.lastIndex = at;
    for (let end = END.exec(part); end !== null; end = END.exec(part)) {
      const line = part.slice(at, end.index);
      at = end.index + end[0].length;
      this.#afterReturn = end[0] === "\r" && at === part.length;
      this.#line(line);
      END.lastIndex = at;
    }
    if (at >= part.length) return;
    this.#open ??= new LongText();
    this.#open.add(part.slice(at));
  }

  /** A line has begun and nothing ended it. */
  get isOpen(): boolean {
    return this.#open !== undefined;
  }

  /** The last line, where nothing ends it. */
  end(): void {
    if (this.#open !== undefined) this.#line("");
  }

  #line(rest: string): void {
    if (this.#open === undefined) {
      this.#give(rest);
      return;
    }
    this.#open.add(rest);
    const line = this.#open.text();
    if (this.#open.omitted > 0) this.isWhole = false;
    this.#open = undefined;
    this.#give(line);
  }
}

const END = /\r\n|\n|\r/g;
