import type { Style } from "../tell/report/style.ts";

/** What stdout and stderr can do. The one authority: nobody else asks isTTY or reads these variables. */
export interface Terminal {
  readonly stdout: TerminalStream;
  readonly stderr: TerminalStream;
  /** A CI system runs us: nobody watches, whatever isTTY says. */
  readonly ci: boolean;
  /** Cannot move its cursor: nothing may be painted over. */
  readonly dumb: boolean;
}

interface TerminalStream {
  readonly isTTY: boolean;
  readonly style: Style;
}

export interface Surroundings {
  readonly env: Environment;
  readonly argv: readonly string[];
  readonly platform: string;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
}

/** The variables of the environment that are read here. */
export interface Environment {
  readonly NO_COLOR?: string | undefined;
  readonly APIRISK_NO_COLOR?: string | undefined;
  readonly APIRISK_JSON?: string | undefined;
  readonly OCLIF_COLUMNS?: string | undefined;
  readonly CI?: string | undefined;
  readonly DEBUG?: string | undefined;
  readonly LANG?: string | undefined;
  readonly LC_ALL?: string | undefined;
  readonly LC_CTYPE?: string | undefined;
  readonly TERM?: string | undefined;
  readonly TERM_PROGRAM?: string | undefined;
  readonly WT_SESSION?: string | undefined;
}

interface OutputStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export function detectTerminal({ env, argv, platform, stdout, stderr }: Surroundings): Terminal {
  const dumb = env.TERM === "dumb";
  const plain = isSet(env.NO_COLOR) || isTrue(env.APIRISK_NO_COLOR) || dumb || argv.includes("--no-color");
  const unicode = speaksUnicode(env, platform);
  const stream = (output: OutputStream): TerminalStream => {
    const isTTY = output.isTTY === true;
    return { isTTY, style: { columns: columnsOf(output, env), colour: isTTY && !plain, unicode } };
  };
  return { stdout: stream(stdout), stderr: stream(stderr), ci: isSet(env.CI), dumb };
}

/** The terminal of this process. */
export function processTerminal(argv: readonly string[]): Terminal {
  const { env, platform, stdout, stderr } = process;
  return detectTerminal({ env, argv, platform, stdout, stderr });
}

/** `--json` before a `--`, or its env twin. */
export function wantsJson(argv: readonly string[], env: Environment): boolean {
  const end = argv.indexOf("--");
  return (end === -1 ? argv : argv.slice(0, end)).includes("--json") || isTrue(env.APIRISK_JSON);
}

/** DEBUG in the notation of the debug package: a comma-separated list with `*`. */
export function wantsDebug(env: Environment): boolean {
  return (env.DEBUG ?? "").split(/[\s,]+/).some((name) => name === "*" || name.startsWith("apirisk"));
}

function columnsOf(output: OutputStream, env: Environment): number {
  const forced = Number.parseInt(env.OCLIF_COLUMNS ?? "", 10);
  const wanted = forced > 0 ? forced : output.isTTY === true ? (output.columns ?? 0) : 0;
  return wanted > 0 ? Math.max(NARROWEST, wanted) : DEFAULT_COLUMNS;
}

/** POSIX: the locale decides, in the order of setlocale(3); the Linux console has no glyphs. Windows: the newer terminals. */
function speaksUnicode(env: Environment, platform: string): boolean {
  if (platform === "win32") return isSet(env.WT_SESSION) || env.TERM_PROGRAM === "vscode";
  const locale = [env.LC_ALL, env.LC_CTYPE, env.LANG].find(isSet) ?? "";
  return /utf-?8/i.test(locale) && env.TERM !== "linux";
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "";
}

/** The words that oclif takes for true in the env twin of a flag. */
function isTrue(value: string | undefined): boolean {
  return ["1", "true", "y", "yes"].includes((value ?? "").toLowerCase());
}

const DEFAULT_COLUMNS = 80;
const NARROWEST = 40;
