import type { HttpResponseEvidence } from "../../evidence/kinds.ts";
import { parseFieldDate } from "../../model/field-date.ts";
import type { Instant } from "../../model/instant.ts";
import { fieldValue } from "./responses.ts";

/** What an answer says of the end of its resource. */
export interface LifecycleSignals {
  /** `Sunset` (RFC 8594); "unreadable" when it came and is no date. */
  readonly sunset?: Instant | "unreadable";
  /** `Deprecation` (RFC 9745, and what was sent before it): since or from when, or that it is. */
  readonly deprecation?: Instant | "undated";
  /** It came in a form that RFC 9745 does not know: `true`, an HTTP-date, `version="v1"`. */
  readonly isLegacy: boolean;
  /** Relations of its links that are about its end, each with the origin that it leads to, where that was told. */
  readonly links: readonly string[];
}

export function lifecycleSignals({ headers }: HttpResponseEvidence): LifecycleSignals {
  const sunset = fieldValue(headers, "sunset")?.trim() ?? "";
  const said = fieldValue(headers, "deprecation")?.trim() ?? "";
  const deprecation = NOTHING.test(said) ? undefined : deprecationOf(said);
  return {
    ...(NOTHING.test(sunset) ? {} : { sunset: parseFieldDate(sunset) ?? "unreadable" }),
    ...(deprecation === undefined ? {} : { deprecation }),
    isLegacy: deprecation !== undefined && !(/^@/.test(said) && deprecation !== "undated"),
    links: lifecycleLinks(fieldValue(headers, "link") ?? ""),
  };
}

/** A field that must be one item and is a list counts as not sent (RFC 9651 section 4.2); a comma in a date, or before a `date=`, makes none. */
function deprecationOf(text: string): LifecycleSignals["deprecation"] {
  const [, dated = text] = /(?:^|[,;]\s*)date="([^"]{1,64})"/.exec(text) ?? [];
  const instant = parseFieldDate(dated);
  if (instant !== undefined) return instant;
  return text.includes(",") ? undefined : "undated";
}

/** Of the kept value: `<origin>; rel="words"`, where the origin is missing for relative targets. */
function lifecycleLinks(link: string): readonly string[] {
  const links = [...link.matchAll(/<([^<>]*)>; rel="([^"]*)"/g)].flatMap(([, origin = "", relations = ""]) =>
    relations
      .split(" ")
      .filter((relation) => RELATIONS.has(relation))
      .map((relation) => (origin === "" ? relation : `${relation} at ${origin}`)),
  );
  return [...new Set(links)].sort();
}

const NOTHING = /^(?:|false|\?0|0|no|none|null|never|n\/a|-)$/i;
/** RFC 9745 section 3, RFC 8594 section 6, RFC 5829 section 3. */
const RELATIONS: ReadonlySet<string> = new Set(["deprecation", "sunset", "successor-version", "latest-version"]);
