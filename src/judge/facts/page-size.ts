/** How many records a request asks for at the most, by the names that APIs have for it; undefined where it does not say. */
export function requestedRecords(path: string): number | undefined {
  const found = queryOf(path).find(([name, value]) => sizesPage(name) && /^\d{1,7}$/.test(value));
  return found === undefined ? undefined : Number(found[1]);
}

/** Names and values of the query of a declared path, decoded, in their order. */
export function queryOf(path: string): readonly (readonly [string, string])[] {
  const start = path.indexOf("?");
  return start === -1 ? [] : [...new URLSearchParams(path.slice(start + 1))];
}

/** The parameter is one of those that say how many records may come. */
export function sizesPage(name: string): boolean {
  return NAMES.has(bareName(name));
}

/** Without `_`, `-` and `$`, in lower case: one name for all spellings. */
export function bareName(name: string): string {
  return name.toLowerCase().replaceAll(/[_$-]/g, "");
}

/** As `bareName` writes them. */
const NAMES: ReadonlySet<string> = new Set([
  ...["limit", "perpage", "pagesize", "pagelimit", "pagecount", "first", "top", "take", "rows", "size"],
  ...["maxresults", "maxitems", "maxrecords", "maxkeys", "resultsperpage", "recordsperpage", "itemsperpage", "numresults", "count"],
  ...["page[size]", "page[limit]", "page[first]", "paging[limit]"],
]);
