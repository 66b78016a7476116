/**
 * Schemes and parameter names of a WWW-Authenticate field (RFC 9110 section 11.6.1), in the grammar of the field and with
 * every value emptied: `Basic realm="", Bearer error="", scope=""`. Realms, nonces and token68 are values and are dropped.
 * The good prefix of a malformed field is kept. Linear in the length of the text.
 */
export function challengeNames(field: string): string {
  const challenges: Challenge[] = [];
  for (const element of listElements(field)) {
    const [, first = "", gap = "", rest = ""] = ELEMENT.exec(element) ?? [];
    if (first === "") break;
    if (rest.startsWith("=")) {
      challenges.at(-1)?.parameters.push(first);
      continue;
    }
    const [, parameter = ""] = PARAMETER.exec(rest) ?? [];
    challenges.push({ scheme: first, parameters: gap !== "" && parameter !== "" ? [parameter] : [] });
  }
  return challenges
    .filter(({ scheme }) => isName(scheme))
    .map(printed)
    .join(", ");
}

interface Challenge {
  readonly scheme: string;
  readonly parameters: string[];
}

function printed({ scheme, parameters }: Challenge): string {
  const names = parameters.map((name) => name.toLowerCase()).filter(isName);
  return [scheme, names.map((name) => `${name}=""`).join(", ")].filter((part) => part !== "").join(" ");
}

/** Elements of a comma-separated list; commas inside quoted strings are data, empty elements are skipped (section 5.6.1). */
function listElements(field: string): readonly string[] {
  return (field.match(LIST_ELEMENT) ?? []).map((element) => element.trim()).filter((element) => element !== "");
}

function isName(word: string): boolean {
  return /^[A-Za-z][A-Za-z0-9_*-]{0,31}$/.test(word) && !/[A-Za-z0-9]{20,}/.test(word);
}

const ELEMENT = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)([ \t]*)(.*)$/s;
/** With a value: `Basic realm=` is the scheme Basic with the token68 "realm=". */
const PARAMETER = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*=[ \t]*(?:"|[^=\s])/;
const LIST_ELEMENT = /(?:"(?:\\.|[^"\\])*(?:"|$)|[^",])+/gs;
