import { type DatedFacts, loadFacts } from "./load.ts";

/** What lets its holder in, or what lets him fetch one thing for a while. */
export type SecretParameter = "token" | "signature";

/** What a parameter of a URL carries, by its name in any case; undefined for those that are not known to carry a secret. */
export function secretParameter(name: string): SecretParameter | undefined {
  const { tokens, signatures } = loadFacts("secret-parameters", isParameterFile);
  const bare = name.toLowerCase();
  if (tokens.includes(bare)) return "token";
  return signatures.includes(bare) ? "signature" : undefined;
}

interface ParameterFile extends DatedFacts {
  readonly tokens: readonly string[];
  readonly signatures: readonly string[];
}

function isParameterFile(facts: unknown): facts is ParameterFile {
  const { tokens, signatures } = facts as Partial<ParameterFile>;
  return [tokens, signatures].every(areLowerCase);
}

function areLowerCase(names: unknown): boolean {
  return Array.isArray(names) && names.every((name) => typeof name === "string" && name !== "" && name === name.toLowerCase());
}
