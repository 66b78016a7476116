/**
 * A body as a tree that hides nothing: members stand in the order they were sent, a key that came twice stands there twice, and a number
 * that a double cannot hold keeps its digits.
 */
export type DocumentNode = null | boolean | number | string | NumberText | DocumentObject | readonly DocumentNode[];

/** A number as it was written (RFC 8259 section 6), where a double would show other digits. */
export class NumberText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export class DocumentObject {
  readonly keys: readonly string[];
  /** As many as there are keys. */
  readonly values: readonly DocumentNode[];
  /** So many members at the beginning stood in an earlier piece of the body, and are here only because they tell what the others are. */
  readonly repeated: number;

  constructor(keys: readonly string[], values: readonly DocumentNode[], repeated = 0) {
    this.keys = keys;
    this.values = values;
    this.repeated = repeated;
  }
}

/** Texts and numbers. */
export type Scalar = string | number | NumberText;

export function isScalar(node: DocumentNode | undefined): node is Scalar {
  return typeof node === "string" || typeof node === "number" || node instanceof NumberText;
}

export function scalarText(scalar: Scalar): string {
  return typeof scalar === "string" ? scalar : scalar instanceof NumberText ? scalar.text : String(scalar);
}

/** What `JSON.parse` made; null in the place of what lies deeper than 200 levels. */
export function documentOf(parsed: unknown): DocumentNode {
  return nodeOf(parsed, MAX_DEPTH);
}

function nodeOf(parsed: unknown, levels: number): DocumentNode {
  if (typeof parsed === "string" || typeof parsed === "number" || typeof parsed === "boolean") return parsed;
  if (typeof parsed !== "object" || parsed === null || levels === 0) return null;
  if (Array.isArray(parsed)) return parsed.map((element) => nodeOf(element, levels - 1));
  return new DocumentObject(
    Object.keys(parsed),
    Object.values(parsed).map((value) => nodeOf(value, levels - 1)),
  );
}

const MAX_DEPTH = 200;
