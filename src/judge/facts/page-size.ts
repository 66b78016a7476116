/** How many records a request asks for at the most, by the names that APIs have for it; undefined where it does not say. */
export function requestedRecords(path: string): number | undefined {
  const query = path.slice(path.indexOf("?") + 1);
  if (query === path) return undefined;
  for (const [name, value] of new URLSearchParams(query)) {
    if (NAMES.has(name.toLowerCase().replaceAll(/[_$-]/g, "")) && /^\d{1,7}$/.test(value)) return Number(value);
  }
  return undefined;
}

/** Without `_`, `-` and `$`, in lower case. */
const NAMES: ReadonlySet<string> = new Set([
  ...["limit", "perpage", "pagesize", "pagelimit", "pagecount", "first", "top", "take", "rows", "size"],
  ...["maxresults", "maxitems", "maxrecords", "maxkeys", "resultsperpage", "recordsperpage", "itemsperpage", "numresults", "count"],
  ...["page[size]", "page[limit]", "page[first]", "paging[limit]"],
]);
