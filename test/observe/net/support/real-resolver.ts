import { spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { onTestFinished } from "vitest";
import { temporaryFolder } from "../../../lab/support/temporary-folder.ts";

/** BIND, which answers for one zone, and for no other. Ends with the test. */
export async function bindServer(zone: string, text: string): Promise<string> {
  const folder = await temporaryFolder();
  const port = await freePort();
  const file = await folder.write("zone", text);
  const configuration = await folder.write(
    "named.conf",
    `options { directory "${folder.path}"; listen-on port ${port} { 127.0.0.1; }; listen-on-v6 { none; }; recursion no; pid-file none; session-keyfile none; dnssec-validation no; };
controls { };
zone "${zone}" { type primary; file "${file}"; };
`,
  );
  const named = spawn("named", ["-g", "-c", configuration, "-p", String(port)], { stdio: ["ignore", "ignore", "pipe"] });
  onTestFinished(async () => {
    named.kill("SIGKILL");
    await once(named, "exit");
  });
  let log = "";
  named.stderr.on("data", (chunk: Buffer) => {
    log += chunk.toString();
  });
  for (let waited = 0; !/\brunning\b/.test(log); waited += 50) {
    if (waited > 20_000 || named.exitCode !== null) throw new Error(`named did not start: ${log.slice(-1000)}`);
    await delay(50);
  }
  return `127.0.0.1:${port}`;
}

async function freePort(): Promise<number> {
  const socket = createSocket("udp4").bind(0, "127.0.0.1");
  await once(socket, "listening");
  const { port } = socket.address();
  socket.close();
  await once(socket, "close");
  return port;
}
