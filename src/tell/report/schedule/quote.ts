/** One word in the words of a format. Callers have refused what a format cannot express at all (schedule.ts). */

/** POSIX shell, XCU 2.2.2: everything is literal between single quotes. */
export function shellWord(word: string): string {
  return /^[\w@:,./+=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/**
 * A shell word in a line of a crontab, where `%` ends the command unless a backslash stands before it (crontab(5)).
 * The backslash stands outside the quotes: a cron that leaves it there leaves it to the shell, which takes it away.
 */
export function cronWord(word: string): string {
  return shellWord(word).replaceAll("%", "'\\%'");
}

/** systemd.service(5), "Command lines": specifiers and variables are expanded, between quotes too, and backslashes escape. */
export function systemdWord(word: string): string {
  const escaped = systemdPath(word).replaceAll("$", "$$$$");
  return /^[\w@:,./+=%$-]+$/.test(escaped) ? escaped : `"${escaped.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

/** A path in a setting that knows specifiers but no variables (systemd.unit(5), "Specifiers"). */
export function systemdPath(path: string): string {
  return path.replaceAll("%", "%%");
}

/** A JSON string is a YAML double-quoted scalar (YAML 1.2.2 section 7.3.1). */
export function yamlString(text: string): string {
  return JSON.stringify(text);
}

/** Kubernetes expands $(NAME) in args, and takes $$ for a dollar. */
export function kubernetesArgument(text: string): string {
  return yamlString(text.replaceAll("$", "$$$$"));
}
