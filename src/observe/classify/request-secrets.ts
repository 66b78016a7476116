import { cookiePurpose } from "../../catalog/cookie-names.ts";
import { type ClassDefinitions, isSecretClass } from "../../catalog/data-classes.ts";
import type { DataClass } from "../../model/data-class.ts";
import { classifyBody } from "./classify-body.ts";
import { classifyValue } from "./classify-value.ts";
import type { Surroundings } from "./fields.ts";
import { wordsOf } from "./names.ts";
import { NOWHERE_NEAR } from "./near.ts";
import { shownName } from "./shown-name.ts";

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
    ...[...url.searchParams].flatMap(([name, value]) => secretsOf("query", name, value)),
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

function secretsOf(place: RequestSecret["in"], name: string, value: string): readonly RequestSecret[] {
  return classesOf(name, value).map((dataClass) => ({ in: place, name: shownName(name), class: dataClass }));
}

function bodySecrets(body: Uint8Array, contentType: string | undefined): readonly RequestSecret[] {
  if (body.length === 0) return [];
  const { classes } = classifyBody(body, { contentType, truncated: false, knownMaps: [] });
  return classes
    .filter((fact) => isSecretClass(fact.class, OURS) && !fact.masked && !fact.sample)
    .map((fact) => ({ in: "body", name: fact.path, class: fact.class }));
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
const SURE = 0.6;
const SCHEMES: Readonly<Record<string, DataClass>> = { basic: "password", digest: "password", apikey: "api_key", token: "api_key" };
