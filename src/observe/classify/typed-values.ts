import { type DocumentNode, DocumentObject } from "./document.ts";

/**
 * Objects of one key that say the type of their value and nothing else: DynamoDB's attribute values (`{"S": "..."}`, `{"M": {...}}`) and MongoDB's extended
 * JSON (`{"$date": "..."}`). What they hold is called as they are.
 */
export function isTypedValue(keys: readonly string[]): boolean {
  return keys.length === 1 && TYPES.has(keys[0] ?? "");
}

/** What such an object holds; anything else as it is. */
export function untyped(node: DocumentNode | undefined): DocumentNode | undefined {
  return node instanceof DocumentObject && isTypedValue(node.keys) ? node.values[0] : node;
}

const TYPES: ReadonlySet<string> = new Set(
  "S N B BOOL NULL M L SS NS BS $date $numberInt $numberLong $numberDouble $numberDecimal $binary $symbol".split(" "),
);
