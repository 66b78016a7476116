/** The place of a document (product.md section 4). */
export const ROOT = "$";

/** `.key`, or `['key']` where the key is no identifier. Never for a key that may be a value: those are `{}`. */
export function memberPath(parent: string, key: string): string {
  return IDENTIFIER.test(key) ? `${parent}.${key}` : `${parent}['${key.replace(/['\\]/g, "\\$&")}']`;
}

export function elementPath(parent: string): string {
  return `${parent}[]`;
}

export function mapPath(parent: string): string {
  return `${parent}{}`;
}

const IDENTIFIER = /^[A-Za-z_@$][\w@$-]*$/;
