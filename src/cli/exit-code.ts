/** The one table of exit codes. A contract with scripts and schedulers: a number never gets another meaning. */
export const EXIT = {
  /** The gate passed, or the command did what it was asked for. */
  passed: 0,
  gateFailed: 1,
  /** The command line, the configuration or the inventory is invalid. */
  usage: 2,
  /** Nothing was audited, or coverage is below the minimum. */
  notAudited: 3,
  /** Another run holds the lock. */
  locked: 4,
  /** The store or an output could not be read or written. */
  storage: 5,
  /** A bug of ours. */
  bug: 70,
  /** 128 + SIGINT, as shells count. */
  interrupted: 130,
  /** 128 + SIGTERM; SIGHUP too. */
  terminated: 143,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
