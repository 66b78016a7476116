/** A part of a pattern: texts that it matches, of which the first stands for all. Undefined for what stands for many characters. */
type Texts = readonly string[];

/**
 * Texts that a pattern matches: every word that is written in it stands in one of them. Of what is no word (`\d`, `.`, a look behind) nothing is made,
 * so that an example may fail the pattern.
 */
export function examplesOf(source: string): Texts {
  return new Reader(source).choice();
}

class Reader {
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  /** `a|b|c` to its end. */
  choice(): Texts {
    const all: string[] = [];
    for (;;) {
      all.push(...this.#sequence());
      if (this.#source[this.#at] !== "|") return all;
      this.#at += 1;
    }
  }

  /** Each text of each part once, with the first texts of the others. */
  #sequence(): Texts {
    const parts: Texts[] = [];
    while (this.#at < this.#source.length && !"|)".includes(this.#source[this.#at] ?? "")) parts.push(this.#part());
    const plain = parts.map(([first = ""]) => first);
    const others = parts.flatMap((texts, at) => texts.slice(1).map((text) => plain.with(at, text).join("")));
    return [plain.join(""), ...others];
  }

  #part(): Texts {
    const texts = this.#atom();
    const [all = "", least = ""] = /^(?:[?*+]|\{(\d+)(?:,\d*)?\})\??/.exec(this.#source.slice(this.#at)) ?? [];
    this.#at += all.length;
    if (all.startsWith("?") || all.startsWith("*") || least === "0") return [...texts, ""];
    return least === "" ? texts : texts.map((text) => text.repeat(Number(least)));
  }

  #atom(): Texts {
    const rest = this.#source.slice(this.#at);
    const [group] = /^\((?:\?(?::|<?[=!]|<\w+>))?/.exec(rest) ?? [];
    if (group !== undefined) {
      this.#at += group.length;
      const inside = this.choice();
      this.#at += 1;
      return /^\(\?<?[=!]/.test(group) ? [""] : inside;
    }
    const [token = ""] = /^(?:\[(?:\\.|[^\]\\])*\]|\\[pP]\{[^}]*\}|\\u[\da-f]{4}|\\.|.)/isu.exec(rest) ?? [];
    this.#at += token.length;
    if (token.startsWith("[")) return membersOf(token);
    if (token === "^" || token === "$" || token === "\\b") return [""];
    if (token === "." || /^\\[a-zA-Z]/.test(token)) return [MANY];
    return [token.startsWith("\\") ? token.slice(1) : token];
  }
}

/** Of `[cs]`; a range or a complement is too many. */
function membersOf(token: string): Texts {
  const members = token.slice(1, -1);
  return members.startsWith("^") || /[\\-]/.test(members) ? [MANY] : [...members];
}

/** No word has it. */
const MANY = "\u0000";
