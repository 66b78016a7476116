import { isAbsolute, join } from "node:path";

/** A folder of the user's, or the variable that would have to be set for there to be one. */
export interface UserFolder {
  /** Absolute; undefined where nothing says which it is. */
  readonly path: string | undefined;
  /** The variable that decided, or that is missing. */
  readonly variable: string;
}

export interface UserFolders {
  readonly config: UserFolder;
  readonly data: UserFolder;
}

interface Origin {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly pid: number;
  /** Home folder by the system's own accounts, where it knows one. */
  readonly home: string | undefined;
  readonly windows: boolean;
}

/**
 * Where configuration and history of this user are: APIRISK_..._DIR, else the folder that systemd made for this very process,
 * else the XDG base directories. Relative paths do not count (XDG Base Directory Specification 0.8, "Basics"):
 * they would lead into whatever folder the process was started in.
 */
export function userFolders(origin: Origin): UserFolders {
  return {
    config: folderOf(origin, { own: "APIRISK_CONFIG_DIR", systemd: "CONFIGURATION_DIRECTORY", xdg: "XDG_CONFIG_HOME", home: ".config" }),
    data: folderOf(origin, { own: "APIRISK_DATA_DIR", systemd: "STATE_DIRECTORY", xdg: "XDG_DATA_HOME", home: ".local/share" }),
  };
}

interface Names {
  readonly own: string;
  readonly systemd: string;
  readonly xdg: string;
  /** Below the home folder. */
  readonly home: string;
}

function folderOf(origin: Origin, names: Names): UserFolder {
  const { env, home, windows } = origin;
  const stated: readonly (readonly [variable: string, path: string | undefined])[] = [
    [names.own, env[names.own]],
    [names.systemd, startedBySystemd(origin) ? env[names.systemd]?.split(":")[0] : undefined],
    [names.xdg, below(env[names.xdg], NAME)],
    ["LOCALAPPDATA", windows ? below(env["LOCALAPPDATA"], NAME) : undefined],
    ["HOME", below(home, join(names.home, NAME))],
  ];
  const [variable, path] = stated.find(([, candidate]) => candidate !== undefined && isAbsolute(candidate)) ?? ["HOME", undefined];
  return { variable, path };
}

/** These variables are inherited: only the process that systemd itself started may take them for its own (systemd.exec, SYSTEMD_EXEC_PID). */
function startedBySystemd({ env, pid }: Origin): boolean {
  return env["SYSTEMD_EXEC_PID"] === String(pid);
}

function below(folder: string | undefined, name: string): string | undefined {
  return folder === undefined || folder === "" ? undefined : join(folder, name);
}

const NAME = "apirisk";
