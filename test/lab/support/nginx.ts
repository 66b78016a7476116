import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { onTestFinished } from "vitest";
import type { TemporaryFolder } from "./temporary-folder.ts";

export const hasNginx: boolean = spawnSync("nginx", ["-v"]).status === 0;

/** nginx on a port of 127.0.0.1, with TLS; `directives` stand in its one server. Ends with the test. */
export async function runNginx(folder: Pick<TemporaryFolder, "path" | "write">, directives: string): Promise<number> {
  const port = await freePort();
  const config = await folder.write("nginx.conf", configuration(folder.path, port, directives));
  const nginx = spawn("nginx", ["-c", config, "-p", folder.path, "-g", "daemon off;"], { stdio: "ignore" });
  onTestFinished(() => stopped(nginx));
  await answering(port);
  return port;
}

function configuration(folder: string, port: number, directives: string): string {
  return `
    worker_processes 1; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
    events { worker_connections 64; }
    http {
      access_log off; client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy;
      fastcgi_temp_path ${folder}/fastcgi; uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
      server { listen 127.0.0.1:${port} ssl; ${directives} }
    }`;
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (typeof address !== "object" || address === null) throw new Error("no port");
  return address.port;
}

/** nginx says nowhere that it is ready: ask until it accepts. */
async function answering(port: number): Promise<void> {
  const { connect } = await import("node:net");
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const accepted = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => {
        socket.destroy();
        resolve(true);
      });
      socket.once("error", () => setTimeout(() => resolve(false), 25));
    });
    if (accepted) return;
  }
  throw new Error("nginx did not start");
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await ended;
}
