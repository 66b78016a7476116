import type { DocumentBuilder } from "./document-builder.ts";
import { JsonReader } from "./json-reader.ts";
import { Lines } from "./lines.ts";
import type { Reader, ReadProblem } from "./reader.ts";

/**
 * An event stream (WHATWG HTML section 9.2): the data of an event is a record, read as JSON where it is JSON and a text where it is none (`[DONE]`).
 * Names and numbers of events are those of the stream and left out.
 */
export class EventReader implements Reader {
  readonly isOver = false;
  problem: ReadProblem | undefined;
  readonly #builder: DocumentBuilder;
  readonly #lines = new Lines((line) => this.#line(line));
  #data: string[] = [];
  #length = 0;
  /** Fields of an event came, and not its end. */
  #isPending = false;

  constructor(builder: DocumentBuilder) {
    this.#builder = builder;
  }

  write(part: string): void {
    this.#lines.write(part);
    if (!this.#lines.isWhole) this.#builder.isWhole = false;
  }

  /** An event without its empty line was not sent to the end, unless it is JSON that is whole: files lose their last lines. */
  end(isCut: boolean): void {
    if (!isCut) {
      const isInside = this.#lines.isOpen;
      this.#lines.end();
      if (!this.#lines.isWhole) this.#builder.isWhole = false;
      if (this.#isHalf(isInside)) this.problem ??= "cut";
      this.#dispatch();
    }
    this.#builder.end();
  }

  /** `isInside`: of a line. */
  #isHalf(isInside: boolean): boolean {
    if (!this.#isPending) return false;
    const data = this.#data.join("\n");
    return JSON_START.test(data) ? !isJson(data) : isInside && !isJson(data) && !MARKS.test(data);
  }

  #line(line: string): void {
    if (line !== "" && !line.startsWith(":")) this.#isPending = true;
    if (line === "") {
      this.#dispatch();
      return;
    }
    const [, value] = DATA.exec(line) ?? [];
    if (value === undefined) return;
    if (this.#length + value.length > MAX_EVENT) {
      this.#builder.isWhole = false;
      return;
    }
    this.#data.push(value);
    this.#length += value.length;
  }

  #dispatch(): void {
    this.#isPending = false;
    if (this.#data.length === 0) return;
    const data = this.#data.join("\n");
    this.#data = [];
    this.#length = 0;
    this.#builder.notAscii();
    if (isJson(data)) this.#readJson(data);
    else this.#builder.scalar(data);
  }

  #readJson(data: string): void {
    const reader = new JsonReader(this.#builder, { isPart: true });
    reader.write(data);
    reader.end(false);
    this.problem ??= reader.problem;
  }
}

function isJson(data: string): boolean {
  try {
    JSON.parse(data);
    return true;
  } catch {
    return false;
  }
}

const JSON_START = /^\s{0,8}[{[](?![A-Z]{3,12}\])/;
/** What streams end with. */
const MARKS = /^\[[A-Z]{3,12}\]$/;
const DATA = /^data(?:: ?([\s\S]*))?$/;
const MAX_EVENT = 8 * 1024 * 1024;
