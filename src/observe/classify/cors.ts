import type { HttpAnswer } from "../../model/net-port.ts";
import { type CorsFacts, UNSAFE_METHODS } from "../../model/posture.ts";

/** Of an answer to a request that named `origin`. */
export function corsFacts({ headers }: Pick<HttpAnswer, "headers">, origin: string): CorsFacts {
  return {
    allowOrigin: allowedOrigin(valuesOf(headers, "access-control-allow-origin"), origin),
    credentials: valuesOf(headers, "access-control-allow-credentials").join() === "true",
    varies: listOf(headers, "vary").some((field) => field === "*" || field.toLowerCase() === "origin"),
    unsafeMethods: unsafeMethods([...listOf(headers, "access-control-allow-methods"), ...listOf(headers, "allow")]),
  };
}

function allowedOrigin(values: readonly string[], origin: string): CorsFacts["allowOrigin"] {
  const [value] = values;
  if (value === undefined) return "none";
  if (values.length > 1 || /[,\s]/.test(value)) return "several";
  if (value === "*") return "any";
  if (value.toLowerCase() === origin) return "echoed";
  return value === "null" ? "null" : "own";
}

function unsafeMethods(methods: readonly string[]): readonly string[] {
  return UNSAFE_METHODS.filter((unsafe) => methods.includes(unsafe)).sort();
}

function valuesOf(headers: HttpAnswer["headers"], name: string): readonly string[] {
  return headers.filter(([field]) => field === name).map(([, value]) => value.trim());
}

function listOf(headers: HttpAnswer["headers"], name: string): readonly string[] {
  return valuesOf(headers, name)
    .flatMap((value) => value.split(",", MOST_MEMBERS))
    .map((member) => member.trim());
}

const MOST_MEMBERS = 200;
