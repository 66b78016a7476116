import { contentCodings } from "../../../model/content-codings.ts";
import { SIZE_STEPS, type SizeStep, type WireFacts, type WireOddity } from "../../../model/head-facts.ts";
import type { HttpAnswer } from "../../../model/net-port.ts";

/** What was odd about how the head arrived. Nothing is joined before this looks at it. */
export function wireFacts({ status, headers, body, bodyProblem, arrival }: HttpAnswer): WireFacts {
  const reason = arrival?.reason ?? "";
  const names = arrival?.fieldNames ?? headers.map(([name]) => name);
  const codings = contentCodings(headers);
  const odd: readonly (readonly [WireOddity, boolean])[] = [
    ["many-fields", headers.length > MANY_FIELDS],
    ["long-field", headers.some(([name, value]) => name.length + value.length > LONG_FIELD)],
    ["control-in-value", headers.some(([, value]) => CONTROL.test(value))],
    ["control-in-reason", CONTROL.test(reason)],
    ["not-utf8", headers.some(([, value]) => !isUtf8(value))],
    ["name-not-token", names.some((name) => !TOKEN.test(name))],
    ["stacked-codings", codings.length > 1],
    ["long-reason", reason.length > LONG_REASON],
    ["length-and-coding", ["content-length", "transfer-encoding"].every((wanted) => headers.some(([name]) => name === wanted))],
    ["invalid-status", status < 100 || status > 599],
  ];
  return {
    conflicting: conflicting(headers),
    odd: odd.filter(([, is]) => is).map(([oddity]) => oddity),
    ...(arrival === undefined || arrival.contentOctets === 0
      ? {}
      : {
          content: {
            sent: step(arrival.contentOctets),
            decoded: bodyProblem?.reason === "body_undecodable" ? step(0) : step(body.length),
            ...(codings.length === 1 && KNOWN_CODINGS.has(codings[0] ?? "") ? { coding: codings[0] as string } : {}),
          },
        }),
  };
}

/** Two of them that say the same are put up with by every client. */
function conflicting(headers: HttpAnswer["headers"]): readonly string[] {
  const values = new Map<string, Set<string>>();
  for (const [name, value] of headers) {
    if (SINGLE_FIELDS.has(name)) values.set(name, (values.get(name) ?? new Set()).add(value.trim()));
  }
  return [...values]
    .filter(([, different]) => different.size > 1)
    .map(([name]) => name)
    .sort();
}

function isUtf8(latin1: string): boolean {
  if (ASCII.test(latin1)) return true;
  try {
    UTF8.decode(Buffer.from(latin1, "latin1"));
    return true;
  } catch {
    return false;
  }
}

function step(octets: number): SizeStep {
  return SIZE_STEPS[UPPER_ENDS.findIndex((end) => octets <= end)] ?? "more";
}

const UPPER_ENDS = [0, 1024, 16 * 1024, 256 * 1024, 1024 * 1024, 16 * 1024 * 1024] as const;
const MANY_FIELDS = 200;
const LONG_FIELD = 4096;
const LONG_REASON = 128;
const UTF8 = new TextDecoder("utf-8", { fatal: true });
const ASCII = /^[\t -~]*$/;
/** C0 but the tab, and DEL; C1 as octets of their own are no UTF-8, and count there. */
const CONTROL = /(?![\t\u0080-\u009f])\p{Cc}/u;
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const KNOWN_CODINGS: ReadonlySet<string> = new Set(["gzip", "x-gzip", "br", "deflate", "zstd", "compress", "dcb", "dcz"]);

/** Fields whose value is no list (RFC 9110, 9111, 6797 section 8.1, 8594, 9745): clients disagree about which of two counts. */
const SINGLE_FIELDS: ReadonlySet<string> = new Set([
  ...["server", "content-type", "content-length", "content-location", "content-range", "location", "retry-after", "date", "age"],
  ...["expires", "last-modified", "etag", "strict-transport-security", "access-control-allow-origin", "sunset", "deprecation"],
  ...["access-control-allow-credentials", "x-content-type-options"],
]);
