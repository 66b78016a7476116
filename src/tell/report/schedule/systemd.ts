import { durationText } from "../../../model/duration.ts";
import { SECOND } from "../../../model/instant.ts";
import { err, ok, type Result } from "../../../model/result.ts";
import { systemdPath, systemdWord } from "./quote.ts";
import { clockText, killAfterSeconds, type NightlyAudit, NOTHING, type Refusal, refusal, type ScheduleFile } from "./schedule.ts";

export interface SystemdOptions extends NightlyAudit {
  /** The program and the words before its first argument, absolute. */
  readonly program: readonly string[];
  /** Absolute. */
  readonly inventory: string;
  /** Absolute; in the unit's own state folder when left out. Needs a user who owns its folder. */
  readonly db?: string;
  /** An account that exists; one made up by systemd for the time of the run when left out. */
  readonly user?: string;
  /** Secrets that systemd hands over as files. */
  readonly credentials: readonly { readonly name: string; readonly file: string }[];
}

/** A service that ends, and the timer that starts it. */
export function systemdSchedule(options: SystemdOptions): Result<readonly ScheduleFile[], Refusal> {
  const refused = refusedBy(options);
  if (refused !== undefined) return err(refused);
  return ok([
    { path: "/etc/systemd/system/apirisk.service", content: service(options) },
    { path: "/etc/systemd/system/apirisk.timer", content: timer(options) },
  ]);
}

function refusedBy({ program, inventory, db, user, credentials }: SystemdOptions): Refusal | undefined {
  const [executable = "", ...rest] = program;
  if (db !== undefined && user === undefined) {
    return { flag: "--db", reason: "needs --user: an account that systemd makes up for one run owns no folder but the unit's own" };
  }
  const files = Object.fromEntries(credentials.map(({ file }, index) => [`--credential (number ${index + 1})`, file]));
  return (
    refusal(
      { "--program": executable },
      /["'\\$]/,
      "has a quote, a backslash or a dollar sign, which systemd allows in no program's path",
    ) ??
    refusal({ "--program": rest.join(" "), "--inventory": inventory, "--db": db, "--user": user }, NOTHING, "") ??
    refusal(files, /[^\w@:,./+%-]/, "has a character that LoadCredential= cannot express")
  );
}

function service(options: SystemdOptions): string {
  const { program, inventory, db, user, credentials, maxTimeMs } = options;
  const words = [
    ...program,
    ...["audit", "--cron", "--log-format", "text", "--inventory", inventory],
    ...(db === undefined ? [] : ["--db", db]),
    ...["--max-time", durationText(maxTimeMs)],
  ];
  const temporary = [...program, inventory].some((path) => /^\/(?:var\/)?tmp\//.test(path));
  const homes = [...program, inventory, ...(db === undefined ? [] : [db])].some(isInHome);
  return `# /etc/systemd/system/apirisk.service
[Unit]
Description=Audit of the APIs that this company depends on
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
# 1 is a result of an audit, and also how Node says that a program is not there: that is asked first.
ExecStartPre=${[...program, "--version"].map(systemdWord).join(" ")}
ExecStart=${words.map(systemdWord).join(" ")}
# 1 says that the gate failed: a result, told by the notifications. 2, 3, 4, 5 and 70 are failures of the unit: give it an OnFailure=.
SuccessExitStatus=1
# Longer than --max-time, after which apirisk stops by itself and keeps what it has.
TimeoutStartSec=${killAfterSeconds({ ...options, jitterMs: 0 })}
TimeoutStopSec=30
MemoryMax=1G

${account(user)}
# The history is STATE_DIRECTORY/history.db; bindings of credentials and channels are CONFIGURATION_DIRECTORY/trust.json and notify.json, owned
# by root, mode 0644: the account of the unit has to read them, and no secret stands in them.
StateDirectory=apirisk
StateDirectoryMode=0700
ConfigurationDirectory=apirisk
UMask=0077
${secrets(credentials)}

ProtectSystem=strict
${homes ? "# A path above is below a home folder: the account must be able to read it.\nProtectHome=read-only" : "ProtectHome=yes"}
${db === undefined ? "" : `ReadWritePaths=${systemdSetting(folderOf(db))}\n`}${temporary ? "# A path above is below /tmp or /var/tmp, of which a unit may have its own: move it to a lasting place.\nPrivateTmp=no" : "PrivateTmp=yes"}
PrivateDevices=yes
NoNewPrivileges=yes
CapabilityBoundingSet=
ProtectClock=yes
ProtectControlGroups=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectHostname=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
SystemCallArchitectures=native
# MemoryDenyWriteExecute= stays out: the engine compiles JavaScript to machine code while it runs.
# The metadata service of a cloud is link-local. A resolver that is too (169.254.x.x in /etc/resolv.conf) needs an IPAddressAllow= of its own.
# localhost stays reachable: the resolver of systemd listens there.
IPAddressDeny=link-local multicast
`;
}

function timer({ at, jitterMs }: SystemdOptions): string {
  return `# /etc/systemd/system/apirisk.timer
# Start it with: systemctl daemon-reload && systemctl enable --now apirisk.timer
[Unit]
Description=Audit every night

[Timer]
OnCalendar=*-*-* ${clockText(at)}:00 UTC
# A night that the machine slept through is made up for when it wakes.
Persistent=true
# The same delay every night, another on every machine.
RandomizedDelaySec=${Math.floor(jitterMs / SECOND)}
FixedRandomDelay=true
AccuracySec=1min

[Install]
WantedBy=timers.target
`;
}

function account(user: string | undefined): string {
  return user === undefined
    ? "# An account that exists for the time of the run only.\nDynamicUser=yes"
    : `# In place of DynamicUser=yes: an account of yours.\nUser=${user}`;
}

function secrets(credentials: SystemdOptions["credentials"]): string {
  const how = `# A secret in the inventory is file:${CREDENTIALS}/NAME. Let file: read there, once, as root:
#   APIRISK_CONFIG_DIR=/etc/apirisk apirisk credential trust --folder ${CREDENTIALS} --inventory FILE && chmod 644 /etc/apirisk/trust.json`;
  const lines =
    credentials.length === 0
      ? ["# LoadCredential=NAME:/etc/apirisk/credentials/NAME"]
      : credentials.map(({ name, file }) => `LoadCredential=${name}:${systemdPath(file)}`);
  return [how, ...lines].join("\n");
}

function systemdSetting(path: string): string {
  return `"${systemdPath(path).replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

function isInHome(path: string): boolean {
  return /^\/(?:home|root|run\/user)(?:\/|$)/.test(path);
}

function folderOf(file: string): string {
  return file.slice(0, Math.max(1, file.lastIndexOf("/")));
}

/** Where systemd puts the credentials of a unit called apirisk.service (systemd.exec(5), "Credentials"). */
const CREDENTIALS = "/run/credentials/apirisk.service";
