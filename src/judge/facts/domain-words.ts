/** Names from DNS in a sentence: the first three of them, and nothing that is no name. */
export function namesInWords(names: readonly string[]): string {
  const readable = names.map((name) => (READABLE.test(name) ? name : "(no host name)"));
  const more = readable.length - MOST_NAMES;
  return `${readable.slice(0, MOST_NAMES).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

const READABLE = /^(?=.{1,253}$)[a-z0-9_-]+(\.[a-z0-9_-]+)*$/;
const MOST_NAMES = 3;
