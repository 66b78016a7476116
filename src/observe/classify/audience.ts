import { publicSuffix } from "../../catalog/public-suffixes.ts";
import type { TokenAudience } from "../../model/token.ts";
import { type JsonObject, textsOf } from "./bounded-json.ts";

/** For whom a token is used. */
export interface TokenUse {
  /** Of the API that it is sent to. */
  readonly host?: string;
  /** What was declared that it is for. */
  readonly audiences: readonly string[];
}

/** For whom a token is. Identifiers without a host (client ids, GUIDs) can be compared with what was declared and with nothing else. */
export function audienceFacts({ aud, iss }: JsonObject, use: TokenUse): TokenAudience {
  const all = [...new Set(textsOf(aud, MAX_AUDIENCES) ?? [])].filter((value) => value !== "");
  const issuer = typeof iss === "string" ? hostOf(iss) : undefined;
  // An issuer that adds its own place where it tells who the user is names nobody else.
  const others = all.filter((value) => issuer === undefined || hostOf(value) !== issuer);
  const values = others.length > 0 ? others : all;
  const services = new Set(values.map((value) => hostOf(value) ?? value));
  return { services: services.size, any: all.includes("*"), match: matchOf(all, values, use) };
}

function matchOf(all: readonly string[], values: readonly string[], { host, audiences }: TokenUse): TokenAudience["match"] {
  if (all.length === 0) return "absent";
  const isDeclared = all.some((value) => audiences.includes(value));
  if (isDeclared || all.includes("*") || (host !== undefined && all.some((value) => isHostOf(value, host)))) return "ours";
  if (host === undefined && audiences.length === 0) return "unknown";
  const isComparable = audiences.length > 0 || values.every((value) => hostOf(value) !== undefined);
  return isComparable ? "another" : "opaque";
}

/** `https://acme.example` is who `api.acme.example` is of, and the other way round. Below a public suffix is everybody. */
function isHostOf(value: string, host: string): boolean {
  const named = hostOf(value)?.replace(/^\*\./, "");
  if (named === undefined || (named !== host && publicSuffix(named) !== undefined)) return false;
  return named === host || named.endsWith(`.${host}`) || host.endsWith(`.${named}`);
}

function hostOf(value: string): string | undefined {
  if (value.length > MAX_VALUE) return undefined;
  if (/^https?:\/\//i.test(value)) return URL.canParse(value) ? new URL(value).hostname : undefined;
  return HOST.test(value) ? value.toLowerCase() : undefined;
}

/** More than the longest token can hold: the last one may be us. */
const MAX_AUDIENCES = 100_000;
const MAX_VALUE = 2048;
/** Ends in letters: an address or a version is no host that somebody means. */
const HOST = /^(?:\*\.)?(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,63}$/i;
