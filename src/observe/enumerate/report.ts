import type { Depth } from "../../model/depth.ts";
import type { Book } from "./book.ts";
import { orderOf } from "./preference.ts";
import type { Item, Seen, ServedCertificate, State, SuiteItem, VersionResult } from "./result.ts";

/** Why an enumeration ended early, if it did. */
export interface Ending {
  readonly depth: Depth;
  readonly budgetSpent: boolean;
  readonly stopped: boolean;
  readonly limited: boolean;
  /** What the refusals of this version are worth was still to be found out. */
  readonly unsure: boolean;
  /** Refused, and still to be asked for in another way. */
  readonly finiteUnsure: ReadonlySet<number>;
}

/** What a book says in the end; what was never decided is unknown. */
export function versionResult(book: Book, ending: Ending): VersionResult {
  const suites = book
    .suiteItems()
    .map((item) => unconfirmed(item, book.spoken))
    .map((item) => (ending.unsure || ending.finiteUnsure.has(item.code) ? unrefused(item) : item));
  const { support, seen } = supportOf(book, suites, ending.depth);
  const accepted = suites.filter((item) => item.state === "accepted").map((item) => item.code);
  const order = book.preference === "server" ? orderOf(book.choices, accepted) : [];
  const decided = support === "refused" ? suites.map((item) => refusedWith(item, seen)) : suites;
  return {
    version: book.version,
    support,
    seen,
    suites: decided,
    groups: book.groups.items().map((item) => withAllKeys(book, unconfirmed(item, book.spoken), suites)),
    schemes: schemeItems(book, suites),
    preference: book.preference,
    ...(order.length > 0 && { order }),
    certificates: [...book.certificates.values()].map(servedCertificate),
    dhBits: [...book.dhBits].sort((a, b) => a - b),
    ...completeness(book, support, decided, ending),
  };
}

function supportOf(book: Book, suites: readonly Item[], depth: Depth): { support: State; seen: Seen } {
  if (suites.some((item) => item.state === "accepted")) return { support: "accepted", seen: { what: "hello" } };
  if (!book.spoken && book.refusal !== undefined && !book.doubted) return { support: "refused", seen: book.refusal };
  const undecided = suites.find((item) => item.state === "unknown");
  if (undecided !== undefined) return { support: "unknown", seen: book.failure ?? book.refusal ?? undecided.seen };
  const isHalfAsked = depth === "quick" && book.version !== "TLS 1.2" && book.version !== "TLS 1.3";
  return { support: book.spoken || isHalfAsked ? "unknown" : "refused", seen: suites.at(-1)?.seen ?? { what: "not-asked" } };
}

/** What was remembered holds only if the version still answers. */
function unconfirmed<T extends Item>(item: T, spoken: boolean): T {
  return spoken || item.seen.what !== "remembered" ? item : { ...item, state: "unknown" };
}

function unrefused<T extends Item>(item: T): T {
  return item.state === "refused" ? { ...item, state: "unknown" } : item;
}

function refusedWith<T extends Item>(item: T, seen: Seen): T {
  return item.state === "refused" ? item : { ...item, state: "refused", seen };
}

/** Accepted for one key is accepted; refused is what is refused for all, and that all of them were asked for. */
function schemeItems(book: Book, suites: readonly SuiteItem[]): Item[] {
  const byKey = [...book.schemes.values()].map((pool) => pool.items());
  const isUnasked = suites.some(({ state, shown }) => state === "accepted" && shown?.signed === true && !book.schemes.has(shown.key));
  return [...book.candidates.schemes.good, ...book.candidates.schemes.bad].map((code) => {
    const items = byKey.flatMap((pool) => pool.find((item) => item.code === code) ?? []);
    const telling = items.find((item) => item.state === "accepted") ?? items.find((item) => item.state === "unknown") ?? items[0];
    if (telling === undefined) return { code, state: "unknown", seen: { what: "not-asked" } };
    return isUnasked && book.version !== "TLS 1.3" ? unrefused(telling) : withAllKeys(book, telling, suites);
  });
}

/** A refusal below TLS 1.3 speaks for the certificates that were seen, and another suite might show another one. */
function withAllKeys(book: Book, item: Item, suites: readonly Item[]): Item {
  if (item.state !== "refused" || book.version === "TLS 1.3") return item;
  return suites.every(({ state }) => state !== "unknown") ? item : { ...item, state: "unknown" };
}

function servedCertificate(certificate: Book["certificates"] extends Map<string, infer C> ? C : never): ServedCertificate {
  const { sha256, key, group, bits, suites, schemes } = certificate;
  const size = { ...(group !== undefined && { group }), ...(bits !== undefined && { bits }) };
  return { sha256, key, ...size, suites: [...suites], schemes: [...schemes] };
}

function completeness(book: Book, support: State, suites: readonly Item[], ending: Ending): Pick<VersionResult, "complete" | "reason"> {
  if (support === "refused") return { complete: true };
  const unseen = [...suites, ...askedGroups(book), ...askedSchemes(book)].filter((item) => item.state === "unknown");
  // Suites of an old version are asked by halves at depth quick: only a refusal of the version itself says that it is not spoken.
  if (unseen.length === 0 && support === "unknown" && ending.depth === "quick") return { complete: false, reason: "depth" };
  if (unseen.length === 0 && support === "accepted")
    return { complete: ending.depth !== "quick", ...(ending.depth === "quick" && { reason: "depth" }) };
  const open = unseen.some((item) => item.seen.what === "not-asked");
  if (open && support === "accepted" && ending.depth === "quick") return { complete: false, reason: "depth" };
  if (open && ending.stopped) return { complete: false, reason: "stopped" };
  if (open && ending.budgetSpent) return { complete: false, reason: "budget" };
  return { complete: false, reason: ending.limited ? "limited" : "unclear" };
}

function askedGroups(book: Book): Item[] {
  const items = book.groups.items();
  return book.groups.settled() ? items.filter((item) => item.seen.what !== "not-asked") : items;
}

function askedSchemes(book: Book): Item[] {
  if (book.version !== "TLS 1.2") return [];
  return [...book.schemes.values()].flatMap((pool) => {
    const asked = book.schemesToAsk(pool);
    return pool.items().filter((item) => item.seen.what !== "not-asked" || asked.includes(item.code));
  });
}
