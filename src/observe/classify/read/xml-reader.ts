import { SaxesParser, type SaxesTagPlain } from "saxes";
import type { DocumentBuilder } from "./document-builder.ts";
import { LongText } from "./long-text.ts";
import type { Reader, ReadProblem } from "./reader.ts";

/**
 * XML (W3C XML 1.0), without document types and the entities they declare: a body with one is malformed. The root is the one member of `$`; attributes
 * are members under `@name`, child elements members under their names, the text of an element that has either stands under OWN_TEXT and is the element's
 * own value. Prefixes of namespaces are left out, for each sender chooses its own.
 */
export class XmlReader implements Reader {
  problem: ReadProblem | undefined;
  isOver = false;
  readonly #builder: DocumentBuilder;
  readonly #parser = new SaxesParser({ position: false, xmlns: false as const });
  readonly #elements: Element[] = [];

  constructor(builder: DocumentBuilder) {
    this.#builder = builder;
    builder.isMarkup = true;
    builder.open(true);
    const parser = this.#parser;
    parser.on("opentag", (tag) => this.#begin(tag));
    parser.on("closetag", () => this.#finish());
    parser.on("text", (text) => this.#text(text));
    parser.on("cdata", (text) => this.#text(text));
    parser.on("doctype", () => this.#fail("malformed"));
    parser.on("error", () => this.#fail("malformed"));
  }

  write(part: string): void {
    if (this.isOver) return;
    this.#builder.notAscii();
    this.#parser.write(part);
  }

  end(isCut: boolean): void {
    if (!isCut && !this.isOver) this.#parser.close();
    this.#builder.closeAll();
    this.#builder.end();
  }

  #begin({ name, attributes }: SaxesTagPlain): void {
    if (this.isOver) return;
    const parent = this.#elements.at(-1);
    if (parent !== undefined) this.#open(parent);
    if (this.#elements.length >= MAX_DEPTH) {
      this.#fail("too-deep");
      return;
    }
    const element: Element = { name: localName(name), text: new LongText(), isOpen: false };
    this.#elements.push(element);
    for (const [attribute, value] of Object.entries(attributes)) {
      if (/^xmlns(?::|$)/.test(attribute)) continue;
      this.#open(element);
      this.#builder.key(`@${localName(attribute)}`);
      const long = longTextOf(value);
      this.#builder.shortened(long.text(), long.omitted);
    }
  }

  #open(element: Element): void {
    if (element.isOpen) return;
    element.isOpen = true;
    this.#builder.key(element.name);
    this.#builder.open(true);
  }

  #text(text: string): void {
    const element = this.#elements.at(-1);
    if (element !== undefined && !this.isOver) element.text.add(text);
  }

  #finish(): void {
    const element = this.#elements.pop();
    if (element === undefined || this.isOver) return;
    this.#builder.notAscii();
    if (!element.isOpen) {
      this.#builder.key(element.name);
      this.#scalar(element.text);
      return;
    }
    if (element.text.text().trim() !== "") {
      this.#builder.key(OWN_TEXT);
      this.#scalar(element.text);
    }
    this.#builder.close();
  }

  /** Space around it is no part of it. */
  #scalar(long: LongText): void {
    const text = long.text().trim();
    if (text === "" && long.omitted === 0) this.#builder.scalar(null);
    else this.#builder.shortened(text, long.omitted);
  }

  #fail(problem: ReadProblem): void {
    if (this.isOver) return;
    this.problem = problem;
    this.isOver = true;
  }
}

interface Element {
  readonly name: string;
  readonly text: LongText;
  /** It has an attribute or a child. */
  isOpen: boolean;
}

/** No name of an element or an attribute. */
export const OWN_TEXT = "";

function longTextOf(text: string): LongText {
  const long = new LongText();
  long.add(text);
  return long;
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

const MAX_DEPTH = 199;
