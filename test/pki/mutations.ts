import fc from "fast-check";

/** The same bytes with one to four of them changed, or with some cut off or put in. */
export function mutationsOf(bytes: Uint8Array): fc.Arbitrary<Uint8Array> {
  const at = fc.nat({ max: bytes.length - 1 });
  const changed = fc.array(fc.tuple(at, fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 4 }).map((changes) => {
    const copy = Uint8Array.from(bytes);
    for (const [place, mask] of changes) copy[place] = (copy[place] ?? 0) ^ mask;
    return copy;
  });
  const cut = at.map((place) => bytes.subarray(0, place));
  const grown = fc
    .tuple(at, fc.uint8Array({ minLength: 1, maxLength: 4 }))
    .map(([place, more]) => Uint8Array.from([...bytes.subarray(0, place), ...more, ...bytes.subarray(place)]));
  return fc.oneof(changed, cut, grown).filter((made) => Buffer.compare(made, bytes) !== 0);
}
