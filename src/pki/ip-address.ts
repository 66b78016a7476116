/** Octets of an address in text, 4 or 16 of them; undefined for what is no address. No zone, no brackets. */
export function addressOctets(text: string): Uint8Array | undefined {
  return text.includes(":") ? octets6(text) : octets4(text);
}

/** "192.0.2.1"; "2001:db8:0:0:0:0:0:1" in the short form of RFC 5952. Undefined for another number of octets. */
export function addressText(octets: Uint8Array): string | undefined {
  if (octets.length === 4) return octets.join(".");
  if (octets.length !== 16) return undefined;
  const groups = Array.from({ length: 8 }, (_, at) => ((octets[at * 2] ?? 0) * 256 + (octets[at * 2 + 1] ?? 0)).toString(16));
  return new URL(`http://[${groups.join(":")}]`).hostname.slice(1, -1);
}

function octets4(text: string): Uint8Array | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number);
  return parts?.every((part) => part < 256) === true ? Uint8Array.from(parts) : undefined;
}

/** The parser of URLs knows every form (RFC 4291 section 2.2) and writes one. */
function octets6(text: string): Uint8Array | undefined {
  if (!/^[\da-f:.]+$/i.test(text) || !URL.canParse(`http://[${text}]`)) return undefined;
  const [head = "", tail] = new URL(`http://[${text}]`).hostname.slice(1, -1).split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const gap = new Array<string>(Math.max(0, 8 - before.length - after.length)).fill("0");
  const groups = [...before, ...gap, ...after].map((group) => Number.parseInt(group, 16));
  return Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 0xff]));
}
