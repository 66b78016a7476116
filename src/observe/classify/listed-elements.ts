import { wordsOf } from "./names.ts";

/**
 * Does an element stand in a list of its like, although it may be alone in this body? `Orders/Order`, `OrderList/Order`, and whatever is called an
 * item, an entry, a record or a row. So its path is the same whether one comes or many.
 */
export function isListedElement(parent: string, name: string): boolean {
  const [around, own] = [wordsOf(parent), wordsOf(name)];
  if (ITEMS.has(own.split(" ").at(-1) ?? "")) return true;
  return parent !== name && (around === own || LISTS.some((word) => around === `${own} ${word}`));
}

const ITEMS: ReadonlySet<string> = new Set(["item", "entry", "record", "row"]);
const LISTS = ["list", "collection", "array", "set"];
