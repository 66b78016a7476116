import { looksLikeHeader } from "./csv-header.ts";
import type { DocumentBuilder } from "./document-builder.ts";
import { LongText } from "./long-text.ts";
import type { Reader, ReadProblem } from "./reader.ts";

/**
 * A table (RFC 4180): a record for each line, a text for each filled field, none for an empty one. The delimiter is the one of comma, semicolon, tab and bar
 * that the first line has most of. Where that is no header it is a record too, and fields come under numbers, as the rest of a line does that is longer than
 * the header. No library reads it in parts without streams, which are asynchronous.
 */
export class CsvReader implements Reader {
  readonly isOver = false;
  problem: ReadProblem | undefined;
  readonly #builder: DocumentBuilder;
  /** The first line, until it is whole. */
  #head = "";
  #delimiter: string | undefined;
  #names: readonly string[] | undefined;
  #fields: LongText[] = [];
  #field = new LongText();
  #state: "start" | "plain" | "quoted" | "quote" = "start";
  #isAfterReturn = false;
  /** Lines have fewer fields than there are columns. */
  #isRagged = false;

  constructor(builder: DocumentBuilder) {
    this.#builder = builder;
    builder.notAscii();
    builder.mayRepeatKeys = true;
  }

  write(part: string): void {
    if (this.#delimiter !== undefined) {
      this.#read(part, this.#delimiter);
      return;
    }
    this.#head += part;
    if (this.#head.length < MAX_HEADER && !/[\r\n]/.test(this.#head)) return;
    this.#begin();
  }

  end(isCut: boolean): void {
    if (this.#delimiter === undefined) this.#begin();
    if (!isCut) {
      const isOpen = this.#state !== "start" || this.#fields.length > 0;
      if (this.#state === "quoted" || (isOpen && this.#isShort(this.#fields.length + 1))) this.problem = "cut";
      if (isOpen) this.#endRecord();
    }
    this.#builder.end();
  }

  /** The last line without an end has fewer fields than there are columns, which all lines before had. */
  #isShort(fields: number): boolean {
    return !this.#isRagged && fields < (this.#names?.length ?? 0);
  }

  #begin(): void {
    const [line = ""] = this.#head.split(/[\r\n]/, 1);
    this.#delimiter = delimiterOf(line);
    const head = this.#head;
    this.#head = "";
    this.#read(head, this.#delimiter);
  }

  #read(part: string, delimiter: string): void {
    const special = SPECIAL[delimiter] ?? QUOTE;
    let at = 0;
    while (at < part.length) {
      const sought = this.#state === "quoted" ? QUOTE : special;
      sought.lastIndex = at;
      const end = sought.exec(part)?.index ?? part.length;
      if (end > at) {
        this.#field.add(part.slice(at, end));
        if (this.#state === "start") this.#state = "plain";
        this.#isAfterReturn = false;
      }
      if (end < part.length) this.#special(part.charAt(end), delimiter);
      at = end + 1;
    }
  }

  #special(character: string, delimiter: string): void {
    const wasReturn = this.#isAfterReturn;
    this.#isAfterReturn = false;
    if (character === '"') this.#quote();
    else if (character === delimiter) this.#endField();
    else if (character === "\r" || !wasReturn) {
      this.#isAfterReturn = character === "\r";
      this.#endRecord();
    }
  }

  #quote(): void {
    if (this.#state === "start") {
      this.#state = "quoted";
    } else if (this.#state === "quoted") {
      this.#state = "quote";
    } else {
      // Two of them inside of quotes are one; anywhere else it is a character like others.
      this.#field.add('"');
      if (this.#state === "quote") this.#state = "quoted";
    }
  }

  #endField(): void {
    if (this.#fields.length < MAX_COLUMNS) this.#fields.push(this.#field);
    else this.#builder.isWhole = false;
    this.#field = new LongText();
    this.#state = "start";
  }

  #endRecord(): void {
    this.#endField();
    const fields = this.#fields;
    this.#fields = [];
    if (fields.length === 1 && fields[0]?.text() === "") return;
    if (this.#names === undefined) {
      const names = fields.map((field) => field.text().trim());
      const isHeader = looksLikeHeader(names);
      this.#names = isHeader ? names : [];
      if (isHeader) return;
    }
    this.#isRagged ||= fields.length < this.#names.length;
    this.#builder.notAscii();
    this.#builder.open(true);
    for (const [at, field] of fields.entries()) {
      this.#builder.key(this.#names[at] ?? String(at));
      const text = field.text();
      if (text === "") this.#builder.scalar(null);
      else this.#builder.shortened(text, field.omitted);
    }
    this.#builder.close();
  }
}

function delimiterOf(line: string): string {
  const unquoted = line.replaceAll(/"[^"]*"/g, "");
  const counts = DELIMITERS.map((delimiter) => ({ delimiter, count: unquoted.split(delimiter).length }));
  return counts.reduce((most, one) => (one.count > most.count ? one : most)).delimiter;
}

const MAX_HEADER = 64 * 1024;
const MAX_COLUMNS = 4096;
const QUOTE = /"/g;
/** What stands between fields, and what may not stand in one without quotes. */
const SPECIAL: Readonly<Record<string, RegExp>> = { ",": /[",\r\n]/g, ";": /[";\r\n]/g, "\t": /["\t\r\n]/g, "|": /["|\r\n]/g };
export const DELIMITERS: readonly string[] = Object.keys(SPECIAL);
