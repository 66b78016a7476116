import { durationText } from "../../../model/duration.ts";
import { MINUTE } from "../../../model/instant.ts";
import { err, ok, type Result } from "../../../model/result.ts";
import { cronWord } from "./quote.ts";
import { clockText, jitterWords, later, type NightlyAudit, type Refusal, refusal, type ScheduleFile } from "./schedule.ts";

export interface CronOptions extends NightlyAudit {
  /** The program and the words before its first argument, absolute: cron knows almost no PATH. */
  readonly program: readonly string[];
  /** Absolute. */
  readonly inventory: string;
  /** Absolute; the user's own history when left out. */
  readonly db?: string;
  /** For a table of the system (/etc/cron.d), which has a column for it. */
  readonly user?: string;
  readonly mailTo?: string;
  /** This history's own delay within the jitter, in milliseconds; unknown before there is a history. */
  readonly ownDelayMs?: number;
}

/** A crontab: the user's own, or one for /etc/cron.d where a user is named. */
export function cronSchedule(options: CronOptions): Result<readonly ScheduleFile[], Refusal> {
  const { program, inventory, db, user, mailTo, ownDelayMs } = options;
  const values = { "--program": program.join(" "), "--inventory": inventory, "--db": db, "--user": user, "--mail-to": mailTo };
  const refused = refusal(values, /\\/, "has a backslash, which crons read in different ways");
  if (refused !== undefined) return err(refused);
  const start = ownDelayMs === undefined ? options.at : later(options.at, Math.floor(ownDelayMs / MINUTE));
  const words = [
    ...program,
    ...["audit", "--cron", "--inventory", inventory],
    ...(db === undefined ? [] : ["--db", db]),
    ...["--max-time", durationText(options.maxTimeMs)],
    ...(ownDelayMs === undefined ? jitterWords(options) : []),
  ];
  const command = words.map(cronWord).join(" ");
  if (command.length > LONGEST_COMMAND)
    return err({ flag: "--inventory", reason: `makes a line longer than cron reads (${LONGEST_COMMAND})` });
  const column = user === undefined ? "" : `${user} `;
  const content = `${preamble(options, start)}
PATH=${pathFor(program)}
${mailTo === undefined ? "# MAILTO=you@example.com" : `MAILTO=${mailTo}`}
CRON_TZ=UTC
${start.minute} ${start.hour} * * * ${column}${command}
`;
  return ok([{ path: user === undefined ? "crontab" : "/etc/cron.d/apirisk", content }]);
}

function preamble({ at, user, jitterMs, ownDelayMs }: CronOptions, start: NightlyAudit["at"]): string {
  const place =
    user === undefined
      ? "# apirisk every night. Add this at the end of your table with `crontab -e`: the variables are true for every line below them."
      : "# apirisk every night. Save as /etc/cron.d/apirisk (no dot in the name), owned by root, writable by root alone.";
  const minute =
    ownDelayMs === undefined
      ? jitterMs === 0
        ? "# It starts at this minute on every machine that has this line."
        : "# apirisk waits a while of its own after this minute (--jitter): the same every night, another for every history."
      : `# ${clockText(start)} is ${clockText(at)} and this history's own delay: the same every night, another for every history.`;
  return `${place}
${minute}
# The hour is UTC where cron knows CRON_TZ (cronie). Debian's and Ubuntu's cron does not: there it is the machine's own time, and moves
# with summer time. Nothing else depends on it: apirisk stores, compares and prints UTC.
# cron mails whatever is printed. --cron prints nothing when nothing changed and the gate passed, so every mail is one to read.
# No flock: apirisk lets one run at a time use a history. A second one exits with 4 and changes nothing.
# A machine that is off at this minute misses the night; anacron or a systemd timer makes up for it.
# cron knows none of your shell's variables. What env: references name has to be set in a line above the command, in a table that only you can
# read; better say file: or exec: in the inventory and in notify.json.`;
}

/** For the commands of `exec:` references; the program itself is named whole. Its folder comes first, where a PATH can hold it. */
function pathFor([program = ""]: readonly string[]): string {
  const own = program.slice(0, Math.max(1, program.lastIndexOf("/")));
  return [...new Set([...(/^[\w./+-]+$/.test(own) ? [own] : []), "/usr/local/bin", "/usr/bin", "/bin"])].join(":");
}

/** MAX_COMMAND of Vixie's cron is 1000, with its end. */
const LONGEST_COMMAND = 990;
