// Keeps one build of the program loaded and runs its command lines one after the other, as `dist/src/main.js` would in a process of its own:
// two hundred nights are two hundred starts of Node otherwise. The argument is that build's main.js; the clock is libfaketime's.
import { pathToFileURL } from "node:url";

const [main] = process.argv.slice(2);
const { runCli } = await import(new URL("./cli/run.js", pathToFileURL(main)).href);

process.on("message", async (argv) => {
  const said = { stdout: "", stderr: "" };
  const restore = ["stdout", "stderr"].map((name) => {
    const { write } = process[name];
    process[name].write = (text) => {
      said[name] += text;
      return true;
    };
    return () => {
      process[name].write = write;
    };
  });
  process.exitCode = 0;
  await runCli(argv, main);
  for (const undo of restore) undo();
  // Every run listens for what ends it, and counts on the end of the process to stop.
  for (const event of ["uncaughtException", "SIGINT", "SIGTERM", "SIGHUP"]) process.removeAllListeners(event);
  process.send({ code: process.exitCode, ...said });
});
process.send("ready");
