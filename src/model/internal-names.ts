/** An address or a name that means something inside somebody's network only, and where it stands in a text. */
export interface InternalName {
  readonly what: "private-address" | "internal-host" | "instance-name";
  readonly start: number;
  readonly end: number;
}

/**
 * Private addresses (RFC 1918, 6598, 3927, 1122 section 3.2.1.3; 4193 and 4291 section 2.5.6) and internal hosts in the value of a header
 * field; `field` in lower case. Versions of four parts look like addresses: one needs a port or a URL around it, or nothing that speaks of a version.
 */
export function internalNames(field: string, value: string): readonly InternalName[] {
  const text = value.slice(0, MAX_TEXT);
  return [
    ...privateAddresses4(field, text),
    ...privateAddresses6(text),
    ...internalHosts(field, text),
    ...machinesInBanner(field, text),
  ].sort((a, b) => a.start - b.start);
}

/**
 * The same text without them, without names of machines in whatever field it is, and without any address in a field that names who received the message:
 * it may be a proxy of our own (RFC 9110 section 7.6.3).
 */
export function withoutInternalNames(field: string, value: string, instead: string): string {
  const text = field === "via" ? value.replace(ANY_ADDRESS, instead) : value;
  const found = [...internalNames(field, text), ...(NAMES_SERVER.test(field) ? [] : machinesIn(text, MACHINE_AND_NO_VERSION))];
  return found
    .sort((a, b) => a.start - b.start)
    .reduceRight(
      ({ kept, from }, { start, end }) =>
        end > from ? { kept, from } : { kept: `${kept.slice(0, start)}${instead}${kept.slice(end)}`, from: start },
      { kept: text, from: Number.POSITIVE_INFINITY },
    ).kept;
}

/** Names that somebody gave to machines, or that a platform made for them: `web01`, `shop-3`, `orders-7d9c8b6f5d-x2v4q`. One word. */
export function isMachineName(word: string): boolean {
  if (PLATFORM_NAMES.some((made) => made.test(word))) return true;
  const parts = partsOfName(word);
  const isNumbered =
    parts.length > 1 &&
    /^\d{1,4}$/.test(parts.at(-1) ?? "") &&
    parts.some((part) => /^[a-z]{2,}$/.test(part)) &&
    !VERSION_OR_RANK.test(word);
  return isNumbered || parts.some((part) => MACHINE.test(part));
}

/** "10.1.2.3", without more. */
export function isPrivateAddress4(address: string): boolean {
  const [a = 0, b = 0] = address.split(".").map(Number);
  return (
    a === 10 ||
    a === 127 ||
    (a === 172 && b >= 16 && b <= 31) ||
    (a === 192 && b === 168) ||
    (a === 169 && b === 254) ||
    (a === 100 && b >= 64 && b <= 127)
  );
}

export function isPrivateAddress6(address: string): boolean {
  return /^f(?:[cd][\da-f]{2}|e[89ab][\da-f]):/i.test(address) && URL.canParse(`http://[${address}]`);
}

function privateAddresses4(field: string, text: string): readonly InternalName[] {
  return [...text.matchAll(ADDRESS_4)].flatMap(({ 0: address, index: start }) => {
    const end = start + address.length;
    const before = text.slice(Math.max(0, start - CONTEXT), start);
    const isOne = isPrivateAddress4(address) && isPlaceOf(field, before, text.slice(end, end + CONTEXT));
    return isOne ? [{ what: "private-address" as const, start, end }] : [];
  });
}

/** Whether four numbers between these texts are where something is, and no version. */
function isPlaceOf(field: string, before: string, after: string): boolean {
  if (before.endsWith("://") || before.endsWith("@")) return true;
  if (/^:[1-9]\d{0,4}(?!\d)/.test(after)) return true;
  if (VERSION_BEFORE.test(before) || VERSION_AFTER.test(after)) return false;
  return !VERSION_FIELD.test(field) && !(BANNER_FIELD.test(field) && /[A-Za-z][\w)-]*\s+$/.test(before));
}

function privateAddresses6(text: string): readonly InternalName[] {
  return [...text.matchAll(ADDRESS_6)].flatMap(({ 0: address, index: start }) =>
    isPrivateAddress6(address) ? [{ what: "private-address" as const, start, end: start + address.length }] : [],
  );
}

function internalHosts(field: string, text: string): readonly InternalName[] {
  return [...text.matchAll(HOST_LIKE)].flatMap(({ 0: host, index: start }) => {
    const end = start + host.length;
    const isOne =
      isInternalHost(host) && (!isMaybeWord(field, host, text.slice(0, start)) || isPlaced(host, text.slice(0, start), text.slice(end)));
    return isOne ? [{ what: "internal-host" as const, start, end }] : [];
  });
}

/** `billing.private` is a permission as often as a host, and in lists of scopes `files.internal` is one as well. */
function isMaybeWord(field: string, host: string, before: string): boolean {
  if (!WORD_ENDING.test(host)) return false;
  if (SCOPE_FIELD.test(field) || /\bscope="[^"]*$/i.test(before.slice(-MAX_SCOPES))) return true;
  return /\.private\.?$/i.test(host) && !HOST_FIELD.test(field);
}

/** In a URL or an address of mail, with a port, or with the name of a machine in it. */
function isPlaced(host: string, before: string, after: string): boolean {
  return /(?:\/\/|@)$/.test(before) || /^:[1-9]\d{0,4}(?!\d)/.test(after) || host.split(".").some(isMachineName);
}

/** After one word, a number is a version there. */
function machinesInBanner(field: string, text: string): readonly InternalName[] {
  return NAMES_SERVER.test(field) ? machinesIn(text, MACHINE) : [];
}

function machinesIn(text: string, machine: RegExp): readonly InternalName[] {
  return [...text.matchAll(WORD)].flatMap(({ 0: word, index: start }) => {
    const parts = partsOfName(word);
    const isOne = PLATFORM_NAMES.some((made) => made.test(word)) || (parts.length > 1 && parts.some((part) => machine.test(part)));
    return isOne ? [{ what: "instance-name" as const, start, end: start + word.length }] : [];
  });
}

function partsOfName(word: string): readonly string[] {
  const name = word.toLowerCase();
  return /^[a-z][a-z\d_-]{1,62}$/.test(name) && /\d/.test(name) && !HASHED.test(name) ? name.split(/[-_]/) : [];
}

function isInternalHost(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, "");
  const address = AWS_HOST.exec(name)?.slice(1, 5).join(".");
  if (address !== undefined) return isPrivateAddress4(address);
  if (INTERNAL_BALANCER.test(name)) return true;
  const [, before] = INTERNAL_ENDING.exec(name) ?? [];
  // "1.2.3.local" is a version, "com.acme.internal" and "Acme.Internal" are packages.
  return before !== undefined && /[a-z]/.test(before.replace(/^v(?=\d)/, "")) && !PACKAGE.test(name) && !/[A-Z][a-z]/.test(host);
}

const MAX_TEXT = 16 * 1024;
const CONTEXT = 24;
const OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
/** No part of a longer chain of numbers, or of a name. */
const ADDRESS_4 = new RegExp(`(?<![\\w.+-])${OCTET}(?:\\.${OCTET}){3}(?![\\w+-]|\\.\\w)`, "g");
const ADDRESS_6 = /(?<![\w:.])f[cde][\da-f]{2}:[\da-f:]{1,40}(?![\w.:])/gi;
const ANY_ADDRESS = /(?<![\w./+-])(?:\d{1,3}(?:\.\d{1,3}){3}|\[?(?:[\da-f]{1,4}:){2,7}[\da-f:]{0,40}\]?)(?![\w.])/gi;
const HOST_LIKE = /(?<![\w.-])[a-z\d][\w-]{0,62}(?:\.[a-z\d_][\w-]{0,62}){0,10}\.?(?![\w-])/gi;
/** Names of special use (RFC 6762, RFC 8375, ICANN's .internal), and those that networks, clouds and clusters use instead. */
const INTERNAL_ENDING =
  /^(.+)\.(?:internal|local|localdomain|lan|corp|intranet|intra|private|home\.arpa|svc\.cluster\.local|cluster\.local|node\.consul|service\.consul)$/;
/** Those of them that are words as well. */
const WORD_ENDING = /(?<!\.cluster)\.(?:internal|local|lan|corp|intranet|intra|private)\.?$/i;
/** Fields whose members are words with dots between them. */
const SCOPE_FIELD = /(?:^|[-_.])(?:scopes?|permissions?|roles?|grants?|entitlements?|claims?|features?|flags?|events?|topics?)$/;
/** Of `scope` in a challenge (RFC 6750 section 3), from its beginning. */
const MAX_SCOPES = 1024;
/** Fields in which a host is what one expects. */
const HOST_FIELD =
  /(?:^|[-_.])(?:back-?end|upstream|server|server-?name|host|host-?name|node|origin|via|proxy|served|served-?by|handled|cache|realm|location|peer|target|addr|address|pod|instance|machine|destination|dst|domain)(?:$|[-_.])|^content-security-policy/;
/** `ip-10-1-2-3`, as clouds name hosts by their address. */
const AWS_HOST = /^ip-(\d{1,3})-(\d{1,3})-(\d{1,3})-(\d{1,3})(?:\.|$)/;
const INTERNAL_BALANCER = /^internal-[\w-]+\.(?:[\w-]+\.elb|elb\.[\w-]+)\.amazonaws\.com$/;
const PACKAGE = /^(?:com|org|net|io|edu|gov|dev|java|javax|jakarta|jdk|sun|system|microsoft)\./;
const VERSION_FIELD =
  /version|(?:^|[-_.])(?:vers?|v|build|release|rev|revision|generator|powered|agent|sdk|packages?|firmware|patch|product|framework|cms|tag|schema)(?:$|[-_.])/;
/** A bare version comes after the name of a product in these. */
const BANNER_FIELD = /^(?:server|x-server|x-powered-by|via|x-generator)$/;
const VERSION_BEFORE =
  /(?:(?:version|vers|ver|build|release|rev|revision|package|sdk|firmware|patch|agent|update|upgrade(?: to)?)\w{0,8}["']?[\s:=/]{0,3}["']?v?|(?:^|[\s,;("])v|[A-Za-z][\w+-]{0,20}\/v?)$/i;
const VERSION_AFTER = /^(?:\+|\s+(?:or|and) (?:later|newer|above|higher)|\s*\(?(?:build|release|rc\d|beta|alpha)\b)/i;
/** Nothing but who answered, or passed it on. */
const NAMES_SERVER = /^(?:server|via)$/;
const WORD = /(?<![\w./-])[A-Za-z][\w-]{1,62}(?![\w./-])/g;
const PLATFORM_NAMES: readonly RegExp[] = [
  // Nodes of AKS and of GKE.
  /^aks-[a-z\d]{1,12}-\d{6,10}-vmss[\da-z]{6}$/,
  /^gke-[a-z\d][a-z\d-]{1,60}-[\da-f]{8}-[a-z\d]{4}$/,
  /^i-(?:[\da-f]{8}|[\da-f]{17})$/,
  // A pod of a deployment: the alphabet of Kubernetes has no vowels.
  /^[a-z][a-z\d-]{0,200}-[bcdf-hj-np-tv-xz2456789]{8,10}-[bcdf-hj-np-tv-xz2456789]{5}$/,
  /^(?:WIN-[A-Z\d]{8,15}|RD[\dA-F]{12}|EC2AMAZ-[A-Z\d]{7}|DESKTOP-[A-Z\d]{7})$/,
  /^juju-[\w-]{3,80}-\d{1,4}$/,
];
const MACHINE =
  /^(?:web|www|app|apps|api|srv|svr|server|host|node|db|be|fe|backend|frontend|worker|prod|prd|lb|proxy|vm|box|machine|pod|instance|shard|ingress|gw|gateway|mw|dyno|task|container|member|replica)\d{1,4}[a-z]?$/;
/** Fields of versions have `node18-alpine` and `api2-20261201`. */
const MACHINE_AND_NO_VERSION = new RegExp(`^(?!(?:node|apps?|api)\\d)${MACHINE.source.slice(1)}`);
/** `php-8`, `utf-8`, `tier-2`: a language, a protocol, a format or a rank, and its number. */
const VERSION_OR_RANK =
  /^(?:php|python|ruby|perl|java|jdk|jre|openjdk|dotnet|netcore|golang|go|rust|scala|kotlin|swift|http|https|tls|ssl|ipv|utf|iso|sha|md|aes|oauth|rfc|debian|ubuntu|alpine|centos|rhel|fedora|rocky|windows|linux|version|ver|rev|release|build|revision|tier|level|priority|prio|class|plan|phase|step|stage|group|rank|type|mode|status|code|error|retry|attempt|hop)[-_]\d{1,4}$/i;
/** What a machine made, and no name: a digest, a UUID. */
const HASHED = /[\da-f]{16,}|^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$|^v\d+$/;
