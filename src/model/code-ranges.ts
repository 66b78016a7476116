/**
 * Code points as sorted ranges in hexadecimal: 1, 2, 3 and 9 are "0001-0003 0009". Many of them are mostly neighbours, and evidence keeps all
 * that was refused.
 */
export function codeRanges(codes: readonly number[]): string {
  const sorted = [...new Set(codes)].sort((a, b) => a - b);
  const starts = sorted.filter((code, index) => sorted[index - 1] !== code - 1);
  return starts.map((start) => rangeText(start, lastFrom(start, sorted))).join(" ");
}

/** The reverse. Total: what is no range is left out, and no code is above 0xFFFF. */
export function codesIn(ranges: string): readonly number[] {
  return ranges.split(" ").flatMap((range) => {
    const match = /^([0-9A-F]{4})(?:-([0-9A-F]{4}))?$/.exec(range);
    if (match === null) return [];
    const first = Number.parseInt(match[1] ?? "", 16);
    const last = Number.parseInt(match[2] ?? match[1] ?? "", 16);
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  });
}

function lastFrom(start: number, sorted: readonly number[]): number {
  let last = start;
  for (let index = sorted.indexOf(start) + 1; sorted[index] === last + 1; index += 1) last += 1;
  return last;
}

function rangeText(first: number, last: number): string {
  return first === last ? hex(first) : `${hex(first)}-${hex(last)}`;
}

function hex(code: number): string {
  return code.toString(16).toUpperCase().padStart(4, "0");
}
