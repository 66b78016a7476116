/** Whether two INTEGERs are one number: noughts in front of it do not count, which some authorities put there (X.690 section 8.3.2 forbids it). */
export function isSameSerial(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(shortestForm(a), shortestForm(b)) === 0;
}

/** Two's complement in as few octets as it needs. */
export function shortestForm(octets: Uint8Array): Uint8Array {
  let at = 0;
  while (at < octets.length - 1 && isPadding(octets[at] ?? 0, octets[at + 1] ?? 0)) at += 1;
  return octets.subarray(at);
}

function isPadding(octet: number, next: number): boolean {
  return next < 0x80 ? octet === 0 : octet === 0xff;
}
