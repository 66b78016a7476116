/** Takes every secret that was handed out back out of a text that is about to be shown or written. */
export class Scrubber {
  readonly #secrets = new Set<string>();
  /** Forms of all of them, by their first characters: a text is read once, however many there are. */
  readonly #byBeginning = new Map<string, Set<string>>();

  /**
   * Of a long secret the end goes, too: that is what is shown of it where it is masked. Shorter secrets cannot be told from ordinary text. Of
   * `user:password` (RFC 7617 section 2) the password alone is secret too.
   */
  add(secret: string): void {
    const parts = [secret, passwordOf(secret)].filter((part) => part.length >= SHORTEST && !this.#secrets.has(part));
    if (parts.length === 0) return;
    for (const part of parts) this.#secrets.add(part);
    this.#addForms(parts.flatMap((part) => [...formsOf(part), ...tailOf(part)]));
  }

  /** Octets that are no text, as a key's: as they are, in hexadecimal and in base64. */
  addBytes(secret: Uint8Array): void {
    const bytes = Buffer.from(secret);
    if (bytes.length >= SHORTEST) this.#addForms([bytes.toString("latin1"), ...encodedForms(bytes)]);
  }

  /** A piece of a text that is secret in this form alone. */
  addPiece(text: string): void {
    if (text.length >= SHORTEST) this.#addForms([text]);
  }

  #addForms(forms: readonly string[]): void {
    for (const form of forms.filter(({ length }) => length >= BEGINNING)) {
      const beginning = form.slice(0, BEGINNING);
      const alike = this.#byBeginning.get(beginning) ?? new Set();
      this.#byBeginning.set(beginning, alike.add(form));
    }
  }

  /** What overlaps goes together, so that no part of one is left over. */
  scrub(text: string): string {
    if (this.#byBeginning.size === 0) return text;
    const clean: string[] = [];
    let shownFrom = 0;
    let hiddenTo = 0;
    for (let at = 0; at + BEGINNING <= text.length; at += 1) {
      const end = this.#endOfFormAt(text, at);
      if (end === undefined) continue;
      if (at >= hiddenTo) clean.push(text.slice(shownFrom, at), "[secret]");
      hiddenTo = Math.max(hiddenTo, end);
      shownFrom = hiddenTo;
    }
    return clean.join("") + text.slice(shownFrom);
  }

  #endOfFormAt(text: string, at: number): number | undefined {
    const alike = this.#byBeginning.get(text.slice(at, at + BEGINNING));
    if (alike === undefined) return undefined;
    const lengths = [...alike].filter((form) => text.startsWith(form, at)).map((form) => form.length);
    return lengths.length === 0 ? undefined : at + Math.max(...lengths);
  }
}

/**
 * Whether a text repeats a secret, or the password in it: in any of its forms, or by its end, where that stands alone or behind a mask. Undefined for
 * one that is too short to be told from other text.
 */
export function repeats(secret: string, text: string): boolean | undefined {
  const parts = [secret, passwordOf(secret)].filter((part) => part.length >= SHORTEST);
  if (parts.length === 0) return undefined;
  const texts = [...new Set([text, unescaped(text), withoutReferences(text)])];
  return parts.some((part) => texts.some((one) => formsOf(part).some((form) => one.includes(form)) || isEndedBy(one, part)));
}

/** The end of a long secret, where it is no plain word or number: those stand in texts of their own accord. */
function isEndedBy(text: string, secret: string): boolean {
  const tail = secret.slice(-TAIL);
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/].filter((kind) => kind.test(tail));
  return secret.length >= 2 * TAIL && kinds.length >= 2 && !/^[A-Z]?[a-z]+$/.test(tail) && endsIn(text, secret, tail);
}

/** As JSON may write any character (RFC 8259 section 7). */
function unescaped(text: string): string {
  return text
    .replaceAll("\\/", "/")
    .replace(/\\u([0-9a-fA-F]{4})/g, (_escape, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** As HTML and XML may write any character. */
function withoutReferences(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos|equals|plus|sol|lowbar|colon|period|num));/gi,
    (all, hex, decimal, name) => {
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      if (name !== undefined) return REFERENCES[name.toLowerCase()] ?? all;
      return code <= MAX_CODE ? String.fromCodePoint(code) : all;
    },
  );
}

/** As far as the text agrees with the secret, backwards: what goes on to the left or right in another way is another word. */
function endsIn(text: string, secret: string, tail: string): boolean {
  for (let at = text.indexOf(tail); at !== -1; at = text.indexOf(tail, at + 1)) {
    let shared = tail.length;
    while (shared < secret.length && at > 0 && text[at - 1] === secret[secret.length - shared - 1]) {
      at -= 1;
      shared += 1;
    }
    if (!isWordy(text[at - 1]) && !isWordy(text[at + shared])) return true;
    at += shared - 1;
  }
  return false;
}

function isWordy(character: string | undefined): boolean {
  return character !== undefined && /[A-Za-z0-9]/.test(character);
}

/** The last characters of a long secret, where no word and no number of everyday reads like them. */
function tailOf(secret: string): readonly string[] {
  const tail = secret.slice(-TAIL);
  const isOdd = (tail.match(/\d/g)?.length ?? 0) >= 2 && (tail.match(/[A-Za-z]/g)?.length ?? 0) >= 2;
  return secret.length >= 2 * TAIL && isOdd && /^[!-~]+$/.test(tail) ? [tail] : [];
}

/** What follows the first colon; the whole where there is none. */
function passwordOf(secret: string): string {
  return secret.slice(secret.indexOf(":") + 1);
}

/** How a secret comes out of headers, URLs, JSON, dumps and encoders. */
function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret, "utf8");
  const wellFormed = bytes.toString("utf8");
  const percent = encodeURIComponent(wellFormed);
  const escaped = secret.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);
  return [
    secret,
    // header names and hosts come back in lower case
    secret.toLowerCase(),
    JSON.stringify(secret).slice(1, -1),
    // PHP's way to write a slash
    JSON.stringify(secret).slice(1, -1).replaceAll("/", "\\/"),
    percent,
    percent.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    percent.replaceAll("%20", "+"),
    encodeURI(wellFormed),
    escaped,
    escaped.replaceAll("&#39;", "&#x27;"),
    ...encodedForms(bytes),
  ];
}

function encodedForms(bytes: Buffer): readonly string[] {
  const hex = bytes.toString("hex");
  return [hex, hex.toUpperCase(), ...[0, 1, 2].flatMap((offset) => base64Within(bytes, offset))];
}

/**
 * The part of a base64 text that a secret always makes when it begins `offset` bytes into a group of three
 * (as in Basic credentials, RFC 7617): characters that share bits with its neighbours are left out.
 */
function base64Within(bytes: Buffer, offset: number): readonly string[] {
  const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString("base64");
  const first = offset === 0 ? 0 : offset + 1;
  const partial = (offset + bytes.length) % 3 === 0 ? 0 : 1;
  const stable = encoded.replace(/=+$/, "").slice(first);
  const inner = stable.slice(0, stable.length - partial);
  return [inner, inner.replaceAll("+", "-").replaceAll("/", "_")];
}

/** As templates write them. */
const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
/** Of names, those of signs that stand in secrets. */
const REFERENCES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  equals: "=",
  plus: "+",
  sol: "/",
  lowbar: "_",
  colon: ":",
  period: ".",
  num: "#",
};
const MAX_CODE = 0x10ffff;
const SHORTEST = 6;
/** No form is shorter. */
const BEGINNING = 6;
const TAIL = 8;
