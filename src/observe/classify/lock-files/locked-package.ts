/** What a lock file says is installed. */
export interface LockedPackages {
  readonly packages: readonly LockedPackage[];
  /** It takes in other files, which were not read: what it does not name may be installed all the same. */
  readonly isPart?: true;
}

/** One place of a package. Without a version where a registry did not give it one: git, a folder, a URL. */
export interface LockedPackage {
  /** Its own name, whatever it is called where it is used. */
  readonly name: string;
  readonly version?: string;
}

/** Pure, and linear in the length of the text; undefined for what is no such file. */
export type LockFileReader = (text: string) => LockedPackages | undefined;

/** Undefined versions are left out. */
export function locked(name: string, version?: string): LockedPackage {
  return version === undefined ? { name } : { name, version };
}

/** The longest that means something has a few hundred characters; what is cut of one that is longer never was a name. */
export function linesOf(text: string): readonly string[] {
  return text.split(/\r?\n/).map((line) => (line.length > LONGEST_LINE ? line.slice(0, LONGEST_LINE) : line));
}

export interface Block {
  readonly head: string;
  readonly lines: readonly string[];
}

/** Lines from one that is a head to the next. `head` takes what is told of it; what comes before the first one is left out. */
export function blocksOf(lines: readonly string[], head: RegExp): readonly Block[] {
  const blocks: { head: string; lines: string[] }[] = [];
  for (const line of lines) {
    const said = head.exec(line)?.[1];
    if (said === undefined) blocks.at(-1)?.lines.push(line);
    else blocks.push({ head: said, lines: [] });
  }
  return blocks;
}

const LONGEST_LINE = 4096;
