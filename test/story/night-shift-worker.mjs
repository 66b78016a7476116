// Keeps one build of the program loaded and runs its command lines one after the other, each as main.js would in a process of its own.
// The argument is that build's main.js.
import { pathToFileURL } from "node:url";

const [main] = process.argv.slice(2);
const { runCli } = await import(new URL("./cli/run.js", pathToFileURL(main)).href);

process.on("message", async (argv) => {
  const [stdout, stderr] = [hear(process.stdout), hear(process.stderr)];
  process.exitCode = 0;
  await runCli(argv, main);
  // Every run listens for what may end it, and counts on the end of its process to stop that.
  for (const event of ["uncaughtException", "SIGINT", "SIGTERM", "SIGHUP"]) process.removeAllListeners(event);
  process.send({ code: process.exitCode, signal: undefined, stdout: stdout(), stderr: stderr() });
});
process.send("ready");

/** Takes what is written to a stream until the returned function is called, which gives it. */
function hear(stream) {
  const { write } = stream;
  const parts = [];
  stream.write = (part) => {
    parts.push(part);
    return true;
  };
  return () => {
    stream.write = write;
    return parts.join("");
  };
}
