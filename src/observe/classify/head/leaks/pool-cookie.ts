import { isPrivateAddress4 } from "../../../../model/internal-names.ts";

/**
 * Whether a balancer put the address of a pool member into a cookie: BIG-IP's persistence cookie (F5 article K6917). Its value is the address as a little-endian
 * number and the port with its bytes swapped (`1677787402.36895.0000`), `vi` and hexadecimal digits for IPv6, `rdNo...oPORT` in a route domain. Encrypted ones begin with "!".
 */
export function isPoolCookie(name: string, value: string): boolean {
  const text = value.replace(/^"|"$/g, "");
  const isNamed = name.toLowerCase().startsWith("bigipserver");
  const address = littleEndian(text) ?? routeDomain(text) ?? (isNamed ? version6(text) : undefined);
  // Under another name, a version could read so: no pool of anybody's but a private one is then believed.
  return address !== undefined && (isNamed || isPrivate(address));
}

type Octets = readonly number[];

function littleEndian(text: string): Octets | undefined {
  const [, address = "", port = ""] = /^(\d{1,10})\.(\d{1,5})\.0000$/.exec(text) ?? [];
  const number = Number(address);
  if (address === "" || number === 0 || number > 0xffffffff || !isPort(swapped(Number(port)))) return undefined;
  return [number & 0xff, (number >>> 8) & 0xff, (number >>> 16) & 0xff, number >>> 24];
}

function routeDomain(text: string): Octets | undefined {
  const [, digits = "", port = ""] = /^rd\d{1,5}o([\da-f]{32})o(\d{1,5})$/i.exec(text) ?? [];
  return digits === "" || !isPort(Number(port)) ? undefined : octetsOf(digits);
}

function version6(text: string): Octets | undefined {
  const [, digits = "", port = ""] = /^vi([\da-f]{32})\.(\d{1,5})$/i.exec(text) ?? [];
  return digits === "" || !isPort(swapped(Number(port))) ? undefined : octetsOf(digits);
}

/** Four of them where the address is one of IPv4 in IPv6's clothes (RFC 4291 section 2.5.5.2). */
function octetsOf(digits: string): Octets {
  const octets = [...Buffer.from(digits, "hex")];
  return /^0{20}f{4}/i.test(digits) ? octets.slice(12) : octets;
}

function isPrivate(octets: Octets): boolean {
  const [a = 0, b = 0] = octets;
  return octets.length === 4 ? isPrivateAddress4(octets.join(".")) : (a & 0xfe) === 0xfc || (a === 0xfe && (b & 0xc0) === 0x80);
}

function swapped(port: number): number {
  return ((port & 0xff) << 8) | (port >>> 8);
}

function isPort(port: number): boolean {
  return port > 0 && port <= 0xffff;
}
