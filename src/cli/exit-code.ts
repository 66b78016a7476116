/** The one table of exit codes. A contract with scripts and schedulers: a number never gets another meaning. */
export const EXIT = {
  passed: 0,
  gateFailed: 1,
  usage: 2,
  notAudited: 3,
  locked: 4,
  storage: 5,
  bug: 70,
  interrupted: 130,
  terminated: 143,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const EXIT_MEANINGS: Readonly<Record<ExitCode, string>> = {
  0: "the gate passed, or the command did what it was asked for",
  1: "the gate failed",
  2: "the command line, the configuration or the inventory is invalid",
  3: "nothing was audited, or coverage is below the minimum",
  4: "another run holds the lock",
  5: "the store or an output could not be read or written",
  70: "a bug in apirisk",
  130: "interrupted (SIGINT)",
  143: "terminated (SIGTERM)",
};
