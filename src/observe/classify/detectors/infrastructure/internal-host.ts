import { internalNames, isMachineName } from "../../../../model/internal-names.ts";
import type { Surroundings } from "../../fields.ts";
import type { Detector, Hit } from "../detector.ts";

/** A host that only somebody's own network knows: by its ending, or a machine's name where a machine is asked for. */
export const internalHost: Detector = {
  class: "internal_host",
  over: ["hostname", "email"],
  inText: false,
  isNamed: isHostName,
  detect: ({ text, type }, surroundings) => {
    if (type === "number" || text.length < 4 || OTHER_NAMES.test(surroundings.name)) return undefined;
    if (!/\s/.test(text)) return wholeHit(text, surroundings);
    if (PROSE.test(surroundings.name)) return undefined;
    const found = internalNames("", text).find(({ what, start, end }) => what === "internal-host" && isPlaceIn(text, start, end));
    return found === undefined ? undefined : { confidence: 0.75, own: true, cues: ["shape"] };
  },
};

function wholeHit(text: string, surroundings: Surroundings): Hit | undefined {
  if (isHostName(surroundings) && text.length <= MAX_HOST && isMachine(text)) return { confidence: 0.8, cues: ["shape"] };
  const found = internalNames("", text).find(({ what }) => what === "internal-host");
  if (found === undefined) return undefined;
  const host = text.slice(found.start, found.end);
  if (text[found.start - 1] === "@" && !text.includes("://")) return undefined;
  if (isPlaceIn(text, found.start, found.end) || isHostName(surroundings)) return { confidence: 0.95, cues: ["shape"] };
  const isWhole = host.length === text.length;
  return isWhole && (host.split(".").length >= 3 || UNMISTAKABLE.test(host)) && !FILE.test(host)
    ? { confidence: 0.75, cues: ["shape"] }
    : undefined;
}

/** `web01`, `BUILD-AGENT-07`, `ip-10-0-0-1`: digits among the letters. */
function isMachine(text: string): boolean {
  if (/^(?:ip-\d{1,3}(?:-\d{1,3}){3})(?:\.|$)/.test(text)) return true;
  return !text.includes(".") && isMachineName(text);
}

/** In a URL, or with a port. */
function isPlaceIn(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - 48), start);
  return (
    /:\/\/(?:[^\s/@]{1,40}@)?$/.test(before) ||
    /^:[1-9]\d{1,4}(?!\d)/.test(text.slice(end, end + 8)) ||
    /\b(?:host|ENOTFOUND|EAI_AGAIN|server|node|to|from|at)["']?[\s:=]{1,3}["']?$/.test(before)
  );
}

function isHostName({ name, above }: Surroundings): boolean {
  if (/^(?:name|address|)$/.test(name)) return /^(?:host|server|node|machine)$/.test(above[0] ?? "");
  return NAMES.test(name) && !/\b(?:count|type|id|group|header|template|pattern|status|state|version|label|class|pool)$/.test(name);
}

const MAX_HOST = 253;
const NAMES =
  /\b(?:host|hostname|host name|machine|machine name|machinename|computer|computer name|computername|server|server name|servername|node|node name|nodename|fqdn|pod|pod name|backend|upstream|served by|worker|dns name|agent name|rechner|rechnername|servidor|serveur)$/;
const OTHER_NAMES =
  /\b(?:package|class|namespace|module|file|filename|scope|event|event type|key|permission|feature|flag|type|locale|bundle|bundle id|app id|environment|env|email|mail|message id)$/;
const PROSE = /\b(?:documentation|description|doc|help|comment|example|readme|markdown|html|note|hint|tooltip|placeholder)\b/;
const UNMISTAKABLE = /\.(?:lan|corp|intranet|intra|localdomain|home\.arpa|cluster\.local|consul)$/i;
const FILE = /\.(?:env|config|settings|yaml|json|php|js|ts)\.local$/i;
