import { cookiePurpose } from "../../catalog/cookie-names.ts";
import { type ClassDefinitions, isSecretClass } from "../../catalog/data-classes.ts";
import type { DataClass } from "../../model/data-class.ts";
import { memberPath, ROOT } from "../../model/path-grammar.ts";
import { classifyBody } from "./classify-body.ts";
import { classifyValue } from "./classify-value.ts";
import type { Surroundings } from "./fields.ts";
import { wordsOf } from "./names.ts";
import { NOWHERE_NEAR } from "./near.ts";
import { shownName } from "./shown-name.ts";
import { isMasked, isPlaceholder } from "./values.ts";

/** A secret that a recorded request carries: where, under which name, and what it is. Never its value. */
export interface RequestSecret {
  readonly in: "header" | "cookie" | "query" | "url" | "body";
  /** As far as it may be shown; of a body, the path. */
  readonly name: string;
  readonly class: DataClass;
}

export interface ClassifiedRequest {
  readonly url: URL;
  /** Names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly contentType: string | undefined;
  readonly body: Uint8Array;
}

/** What a request proves itself with, and what else of it must not be passed on. Pure; values end here. */
export function requestSecrets({ url, headers, contentType, body }: ClassifiedRequest): readonly RequestSecret[] {
  return [
    ...headers.flatMap(([name, value]) => headerSecrets(name, value)),
    ...[...url.searchParams].flatMap(([name, value]) => parameterSecrets(name, value)),
    ...pathSecrets(url),
    ...(url.password === "" ? [] : [{ in: "url", name: "userinfo", class: "password" } as const]),
    ...bodySecrets(body, contentType),
  ];
}

/** A field of credentials holds one, whatever it looks like (RFC 9110 section 11.6.2). */
function headerSecrets(name: string, value: string): readonly RequestSecret[] {
  if (name === "cookie") return value.split(";").flatMap(cookieSecrets);
  if (name !== "authorization" && name !== "proxy-authorization") return secretsOf("header", name, value);
  const [, scheme = "", token = ""] = /^([\w-]+) +(.*)$/.exec(value.trim()) ?? [];
  if (token === "") return value.trim() === "" ? [] : [{ in: "header", name, class: "access_token" }];
  const isJwt = classesOf("token", token).includes("jwt");
  return [{ in: "header", name, class: isJwt ? "jwt" : (SCHEMES[scheme.toLowerCase()] ?? "access_token") }];
}

/** A cookie that frameworks keep sessions in is as good as a password, whatever it looks like. */
function cookieSecrets(pair: string): readonly RequestSecret[] {
  const at = pair.indexOf("=");
  const [name, value] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
  if (at < 1 || value === "") return [];
  const found = secretsOf("cookie", name, value);
  if (found.length > 0 || cookiePurpose(name) !== "session") return found;
  return [{ in: "cookie", name: shownName(name), class: "session_token" }];
}

/** An address that is a secret by itself, such as that of a webhook. */
function pathSecrets({ origin, pathname }: URL): readonly RequestSecret[] {
  return classesOf("url", `${origin}${pathname}`).map((dataClass) => ({ in: "url", name: "path", class: dataClass }));
}

/** A parameter of credentials holds one too, whatever it looks like (RFC 6749 section 2.3.1, RFC 6750 sections 2.2 and 2.3). */
function parameterSecrets(name: string, value: string): readonly RequestSecret[] {
  const found = secretsOf("query", name, value);
  const promised = promisedBy(name, value);
  return found.length > 0 || promised === undefined ? found : [{ in: "query", name: shownName(name), class: promised }];
}

function promisedBy(name: string, value: string): DataClass | undefined {
  const isSome = value.length >= LEAST && value.length <= MAX_VALUE && !isMasked(value) && !isPlaceholder(value);
  return isSome ? PROMISING.get(wordsOf(name)) : undefined;
}

function secretsOf(place: RequestSecret["in"], name: string, value: string): readonly RequestSecret[] {
  return classesOf(name, value).map((dataClass) => ({ in: place, name: shownName(name), class: dataClass }));
}

function bodySecrets(body: Uint8Array, contentType: string | undefined): readonly RequestSecret[] {
  if (body.length === 0) return [];
  const { classes } = classifyBody(body, { contentType, truncated: false, knownMaps: [] });
  const found = classes
    .filter((fact) => isSecretClass(fact.class, OURS) && !fact.masked && !fact.sample)
    .map((fact) => ({ in: "body", name: fact.path, class: fact.class }) as const);
  const known = new Set(found.map(({ name }) => name));
  return [...found, ...(FORM.test(contentType ?? "") ? formSecrets(body) : []).filter(({ name }) => !known.has(name))];
}

function formSecrets(body: Uint8Array): readonly RequestSecret[] {
  const text = Buffer.from(body.subarray(0, MAX_FORM)).toString("utf8");
  return [...new URLSearchParams(text)].flatMap(([name, value]): readonly RequestSecret[] => {
    const promised = promisedBy(name, value);
    return promised === undefined ? [] : [{ in: "body", name: memberPath(ROOT, shownName(name)), class: promised }];
  });
}

function classesOf(name: string, value: string): readonly DataClass[] {
  const around: Surroundings = { name: wordsOf(name), above: [], beside: new Set([wordsOf(name)]) };
  return (classifyValue(value.slice(0, MAX_VALUE), around, NOWHERE_NEAR) ?? [])
    .filter((found) => isSecretClass(found.class, OURS) && !found.masked && found.sample !== true && found.confidence >= SURE)
    .map((found) => found.class);
}

/** What a consumer defines is looked for in answers. */
const OURS: ClassDefinitions = {};
const MAX_VALUE = 8192;
const MAX_FORM = 64 * 1024;
const LEAST = 6;
const FORM = /^\s*application\/x-www-form-urlencoded\b/i;
/** By names as `wordsOf` writes them. */
const PROMISING: ReadonlyMap<string, DataClass> = new Map([
  ...["token", "access token", "auth token", "authorization"].map((name) => [name, "access_token"] as const),
  ...["refresh token"].map((name) => [name, "refresh_token"] as const),
  ...["client secret", "app secret", "consumer secret", "secret"].map((name) => [name, "client_secret"] as const),
  ...["api key", "apikey", "api token", "subscription key"].map((name) => [name, "api_key"] as const),
  ...["password", "passwd", "pwd"].map((name) => [name, "password"] as const),
]);
const SURE = 0.6;
const SCHEMES: Readonly<Record<string, DataClass>> = { basic: "password", digest: "password", apikey: "api_key", token: "api_key" };
