import type { YamlPath } from "./read-yaml.ts";

/** What looks like a secret in a file where no secret may stand, and what to write instead. Never the text itself. */
export interface LiteralSecret {
  readonly path: YamlPath;
  readonly part: "key" | "value";
  readonly expected: string;
  readonly found: string;
}

/** Every literal secret in a parsed file, the user's own `x-` keys included. */
export function findLiteralSecrets(value: unknown): readonly LiteralSecret[] {
  const secrets: LiteralSecret[] = [];
  walk(value, [], secrets);
  return secrets;
}

/** True for text that is, or carries, a secret by its own form, wherever it stands. */
export function carriesSecret(text: string): boolean {
  return SECRET_FORMS.some((form) => form.test(text)) || hasUserinfo(text) || hasSecretParameter(text);
}

function walk(value: unknown, path: YamlPath, secrets: LiteralSecret[]): void {
  if (secrets.length >= MOST) return;
  if (typeof value === "string") {
    const found = secretIn(value, path);
    if (found !== undefined) secrets.push({ path, part: "value", ...found });
  } else if (Array.isArray(value)) {
    value.forEach((item, index) => {
      walk(item, [...path, index], secrets);
    });
  } else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      if (carriesSecret(key))
        secrets.push({ path: [...path, key], part: "key", expected: "no secret", found: "text in the form of a secret" });
      walk(item, [...path, key], secrets);
    }
  }
}

function secretIn(text: string, path: YamlPath): Pick<LiteralSecret, "expected" | "found"> | undefined {
  const key = String(path.at(-1));
  if (path.at(-2) === "headers") {
    if (SECRET_HEADER.test(key)) return { expected: "no credential here: declare it under auth as env:NAME", found: "a literal value" };
    if (REFERENCE.test(text)) return { expected: "a plain value: references are only read under auth", found: "a reference" };
    if (looksRandom(text)) return { expected: "a value that is no secret", found: "text that looks random" };
  }
  if (SECRET_FORMS.some((form) => form.test(text))) {
    return { expected: "a reference such as env:NAME instead of a secret", found: "text in the form of a secret" };
  }
  if (hasUserinfo(text)) {
    const elsewhere = key === "proxy" ? "HTTPS_PROXY in the environment holds them" : "declare them under auth as env:NAME";
    return { expected: `a URL without user and password: ${elsewhere}`, found: "a URL with a user" };
  }
  if (hasSecretParameter(text)) {
    return {
      expected: "a query without credentials: declare them under auth with in: query",
      found: "a query parameter that is a credential",
    };
  }
  if (key === "request" && [...text.matchAll(PARAMETER)].some((match) => looksRandom(decoded(match[2] ?? "")))) {
    return { expected: "a query without secrets", found: "a query value that looks random" };
  }
  return undefined;
}

function hasUserinfo(text: string): boolean {
  return /(?:^|[^\w+.-])(?!ref\+)[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/?#@]+@/i.test(` ${text}`);
}

function hasSecretParameter(text: string): boolean {
  return [...text.matchAll(PARAMETER)].some((match) => {
    const name = decoded(match[1] ?? "");
    const value = match[2] ?? "";
    return (SECRET_PARAMETER.test(name) && value !== "") || (DOUBTFUL_PARAMETER.test(name) && value.length >= 16);
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Mixed letters and digits with more entropy than words, numbers, dates or UUIDs have (bits per character after Shannon). */
function looksRandom(text: string): boolean {
  return (text.match(/[A-Za-z0-9+/=_-]{24,}/g) ?? []).some(
    (run) => /[a-z]/.test(run) && /[A-Z]/.test(run) && /\d/.test(run) && entropy(run) >= 4.2,
  );
}

function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}

/** Published token formats of providers, JWT (RFC 7519), PEM (RFC 7468), and Authorization header values. */
const SECRET_FORMS: readonly RegExp[] = [
  /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY/,
  /\bey[JI][\w-]{8,}\.ey[JI][\w-]{8,}/,
  /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/,
  /\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|npm_[A-Za-z0-9]{30,}|pypi-[\w-]{40,})/,
  /\bxox[abeoprs]-[\w-]{10,}|\bxapp-\d-[\w-]{10,}|hooks\.slack\.com\/services\/\w+\/\w+\/\w+/,
  /\b(?:sk|rk)_(?:live|test)_\w{10,}|\bwhsec_[\w+/=]{16,}/,
  /\bsk-(?:ant-|proj-|svcacct-)?[\w-]{20,}/,
  /\bAIza[\w-]{35}|\bya29\.[\w-]{20,}|\bGOCSPX-[\w-]{20,}/,
  /\bSG\.[\w-]{16,}\.[\w-]{16,}|\bkey-[0-9a-f]{32}\b|\bSK[0-9a-f]{32}\b/,
  /\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}|\bdop_v1_[0-9a-f]{64}|\bhv[sb]\.[\w-]{20,}|\bEAAA[\w-]{60}|\bATATT3[\w=-]{20,}/,
  /\baccess-(?:production|sandbox)-[0-9a-f-]{36}/,
  /^(?:Bearer|Basic|Token)\s+(?!env:)[\w.~+/=-]{8,}$/i,
];

const SECRET_HEADER =
  /^(?:authorization|proxy-authorization|cookie|.*(?:api-?key|apikey|token|secret|passw(?:or)?d|credential|session|signature|private).*|.*auth(?:-?key)?|x-.*-key|key)$/i;
const REFERENCE = /^(?:env:|file:|exec:|op:\/\/|ref\+)/;
const PARAMETER = /[?&;]([^=&;#\s]{1,64})=([^&;#\s]*)/g;
const SECRET_PARAMETER =
  /^(?:api[_-]?key|apikey|(?:access|auth|refresh|id|session|bearer)[_-]?token|token|secret|client[_-]?secret|passw(?:or)?d|pwd|x-amz-(?:signature|security-token|credential)|x-goog-signature|subscription-key)$/i;
const DOUBTFUL_PARAMETER = /^(?:key|auth|sig|signature|code|session|sid|jwt)$/i;
const MOST = 1000;
