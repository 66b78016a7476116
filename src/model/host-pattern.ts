/** Whether a host is the one that was named, or below it where a pattern begins with `*.`. Whatever the letter case, with or without a dot at the end. */
export function matchesHost(pattern: string, host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, "");
  return pattern.startsWith("*.") ? name.endsWith(pattern.slice(1)) && name.length >= pattern.length : name === pattern;
}

/** A host in lower case, with at least one dot, and with `*.` in front where all that is below it is meant. */
export function isHostPattern(text: string): boolean {
  return /^(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(text);
}
