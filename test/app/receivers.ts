import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import type { NotifyPorts } from "../../src/app/send-message.ts";
import { createFilePort } from "../../src/local/files.ts";
import { createOwnSecrets } from "../../src/local/own-secrets.ts";
import { runCommand } from "../../src/local/run-command.ts";
import { Scrubber } from "../../src/local/scrub.ts";
import { createDelivery } from "../../src/observe/net/delivery.ts";

export interface HeardPost {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A receiver on loopback. `status` is asked for every POST, by its count from 1. */
export async function receiver(status: (count: number, post: HeardPost) => number = () => 200) {
  const heard: HeardPost[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const post = { path: request.url ?? "", headers: request.headers, body: Buffer.concat(chunks).toString("utf8") };
      heard.push(post);
      const code = status(heard.length, post);
      response.writeHead(code).end(code < 300 ? "ok" : "");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { heard, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** A clock that stands still, but for those who wait for it. */
export function patientClock(start: number) {
  let now = start;
  return {
    clock: { now: () => now, monotonic: () => now },
    pause: async (ms: number) => {
      now += ms;
    },
    advance: (ms: number) => {
      now += ms;
    },
  };
}

/** Real parts over loopback; only the waiting is not. */
export function notifyPorts(env: Readonly<Record<string, string>>, pause: NotifyPorts["pause"], folder = "/"): NotifyPorts {
  return {
    delivery: createDelivery({ userAgent: "apirisk/test", extraCa: [], proxies: {} }),
    secrets: createOwnSecrets({ env, files: createFilePort(), home: folder, folder, scrubber: new Scrubber() }),
    run: (argv, input, timeoutMs) => runCommand(argv, { input, timeoutMs, environment: {}, folder, maxBytes: 1000 }),
    pause,
  };
}
