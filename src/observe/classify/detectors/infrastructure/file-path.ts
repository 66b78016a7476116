import type { Surroundings } from "../../fields.ts";
import type { Detector, Hit } from "../detector.ts";

/** A place in the file system of a machine: under a home, of a server, on a drive or a share. Paths of URLs and of repositories are none. */
export const filePath: Detector = {
  class: "file_path",
  over: ["free_text", "username"],
  inText: false,
  isNamed: () => false,
  detect: ({ text, type }, surroundings) => {
    if (type === "number" || text.length < 5) return undefined;
    const head = text.slice(0, MAX_LOOKED_AT);
    return /^(?:\/|[A-Za-z]:[\\/]|\\\\|file:\/\/|~\/)/.test(head) && !/\n/.test(head)
      ? wholeHit(head, surroundings)
      : textHit(head, surroundings);
  },
};

function wholeHit(text: string, surroundings: Surroundings): Hit | undefined {
  if (text.length > MAX_PATH) return undefined;
  if (DRIVES.some((drive) => drive.test(text))) return { confidence: 0.95, cues: ["shape"] };
  if (MOUNTS.test(surroundings.name)) return undefined;
  if (HOMES.test(text)) return isOfFiles(surroundings) || INSIDE_HOME.test(text) ? { confidence: 0.93, cues: ["shape"] } : undefined;
  if (SERVER.test(text)) return { confidence: isOfFiles(surroundings) ? 0.93 : URLS.test(surroundings.name) ? 0.5 : 0.8, cues: ["shape"] };
  return PROGRAM.test(text) && (isOfFiles(surroundings) || isFault(surroundings))
    ? { confidence: 0.85, cues: ["shape", "beside"] }
    : undefined;
}

/** "failed to open /var/www/x.php". */
function textHit(text: string, { name }: Surroundings): Hit | undefined {
  if (WRITTEN_BY_PEOPLE.test(name) || URLS.test(name) || MOUNTS.test(name)) return undefined;
  return IN_TEXT.some((path) => path.test(text)) ? { confidence: 0.75, own: true, cues: ["shape"] } : undefined;
}

function isOfFiles({ name }: Surroundings): boolean {
  return FILES.test(name) && !URLS.test(name);
}

function isFault({ name, above, beside }: Surroundings): boolean {
  return (
    beside.has("line") ||
    beside.has("lineno") ||
    beside.has("line number") ||
    [name, ...above].some((word) => /\b(?:error|exception|trace|traceback|stack|frame|stacktrace|backtrace)\b/.test(word))
  );
}

const MAX_LOOKED_AT = 16 * 1024;
const MAX_PATH = 1024;
const DRIVES: readonly RegExp[] = [
  /^[A-Za-z]:[\\/](?:[^\\/:*?"<>|\n]{1,128}[\\/]){1,20}[^\\/:*?"<>|\n]{0,128}$/,
  /^\\\\[\w.-]{1,64}\\[\w.$ -]{1,64}(?:\\|$)/,
  /^file:\/\/(?:\/|localhost\/)[\w.~/-]{4,}/,
];
const HOMES = /^(?:\/home\/[\w.-]{1,64}\/|\/Users\/[\w. -]{1,64}\/|~\/|\/root\/)[^\s]/;
const INSIDE_HOME =
  /\/(?:\.\w[\w.-]{0,60}|src|bin|lib|logs?|tmp|build|builds|projects?|workspace|repos?|git|Documents|Desktop|Downloads|Library|public_html|www|venv|node_modules|config|data)(?:\/|$)|\.(?:py|rb|js|ts|java|go|php|cs|c|cpp|sql|conf|ini|log|sh|env|key|pem|xml|yml|yaml|sqlite|db|jar|so|dll|exe)$/;
const SERVER =
  /^\/(?:var\/(?:www|lib|log|run|task|app|opt|tmp|cache|spool|vcap|folders|data|mail|backups?)|usr\/(?:local|share|lib|src|bin|sbin|lib64|libexec)|etc|srv|opt\/[\w.-]{1,64}|mnt\/[\w.-]{1,64}|proc|private\/(?:var|tmp|etc)|tmp|workspace|builds?)\/[\w.-]/;
const PROGRAM =
  /^\/[\w.-]{1,64}(?:\/[\w.@+-]{1,128}){1,20}\.(?:py|rb|js|mjs|ts|tsx|java|kt|go|php|cs|rs|scala|ex|exs|pl|sql|conf|ini|log|sqlite|jar|so|env)$/;
/** Where a container sees something: it was put there by whoever asked for it. */
const MOUNTS = /\b(?:mount|mount path|mount point|mountpoint|device|device name|endpoint|route|url path)\b/;
const FILES =
  /\b(?:file|filename|file name|filepath|file path|path|dir|directory|cwd|pwd|working ?dir|working ?directory|workdir|folder|home|home ?dir|home ?directory|root|document root|source|location|script|script filename|log file|logfile|config|executable|exe|binary|store path|disk path|full path|abs path|absolute path|install path|pfad|dateipfad|verzeichnis|ruta|chemin|caminho)$/;
const URLS =
  /\b(?:url|uri|href|link|route|endpoint|slug|pathname|request path|canonical|permalink|redirect|navigation|page path|api path|http path|resource path)\b/;
const WRITTEN_BY_PEOPLE =
  /\b(?:body|description|comment|content|markdown|html|text|note|summary|question|snippet|readme|help|doc|documentation|instruction|script|command|cmd|pattern|regex|glob|example)$/;
const IN_TEXT: readonly RegExp[] = [
  /(?<![\w:/.~-])\/home\/[\w.-]{1,64}\/[\w./-]{2,}/,
  /(?<![\w:/.~-])\/Users\/[\w.-]{1,64}\/[\w./-]{2,}/,
  /(?<![\w:/.~-])\/var\/(?:www|lib|log|task|app|opt|cache|spool|vcap|run)\/[\w.-]/,
  /(?<![\w:/.~-])\/(?:usr\/(?:local|share|lib|src)|etc|srv|opt\/[\w.-]{1,64})\/[\w.-]{1,64}(?:\/[\w.-]|\.\w)/,
  /(?<![\w:/.~-])(?:\/[\w.-]{1,64}){2,12}\.(?:py|rb|java|php|cs)(?::\d|\(\d| on line \d)/,
  /(?:^|[\s"'=([,])[A-Za-z]:\\(?:[\w .$-]{1,64}\\){1,10}[\w.$-]/,
];
