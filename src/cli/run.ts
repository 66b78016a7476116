import { EXIT } from "./exit-code.ts";
import { describeFailure, renderFailure, requestedExit } from "./failure.ts";
import { standSomewhere } from "./place.ts";
import { aside, presentJson } from "./present.ts";
import { processTerminal, wantsDebug, wantsJson } from "./terminal.ts";

/**
 * Runs the command that `argv` names. `root` is a file or folder of the package whose package.json holds the oclif block.
 * Resolves whatever happens; the outcome is in process.exitCode.
 */
export async function runCli(argv: readonly string[], root: string): Promise<void> {
  process.on("uncaughtException", (error) => {
    reportFailure(error, argv);
    // The process is in an unknown state: only here, and at a second signal, it ends without waiting.
    process.exit(process.exitCode ?? EXIT.bug);
  });
  try {
    standSomewhere();
    const { run, settings } = await import("@oclif/core");
    // Otherwise a NODE_ENV of "development" makes oclif look for TypeScript sources.
    settings.enableAutoTranspile = false;
    // Plugins that lie in the user's data folder would be code from wherever HOME points.
    await run([...argv], { root, userPlugins: false });
  } catch (error) {
    reportFailure(error, argv);
  }
}

/** From here on, secrets are taken out of errors that no command catches as well. */
export function scrubUncaught(scrub: (text: string) => string): void {
  uncaughtScrub = scrub;
}

/** For what no command could catch: an unknown command, a module that does not load, a forgotten rejection. */
function reportFailure(error: unknown, argv: readonly string[]): void {
  const requested = requestedExit(error);
  if (requested !== undefined) {
    process.exitCode = requested;
    return;
  }
  const report = describeFailure(error, { debug: wantsDebug(process.env), scrub: uncaughtScrub });
  process.exitCode = report.exitCode;
  const told = wantsJson(argv, process.env) && presentJson({ error: report });
  if (!told) aside(renderFailure(report, processTerminal(argv).stderr.style));
}

let uncaughtScrub = (text: string): string => text;
