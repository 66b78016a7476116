import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { exchangeHttp, loadHttpClient } from "../../../src/observe/net/http.ts";

/** What a server reads of one request, whose URL says `url`, over a connection that was made before. */
async function headOf(url: string): Promise<string> {
  let head = "";
  const server = createServer((socket) => {
    socket.on("data", (data) => {
      head += data.toString("latin1");
      if (head.includes("\r\n\r\n")) socket.end("HTTP/1.1 204 No Content\r\n\r\n");
    });
    socket.on("error", () => undefined);
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  await loadHttpClient();
  const { port } = server.address() as { readonly port: number };
  const socket: Socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  await exchangeHttp(
    socket,
    { url: new URL(url), headers: { accept: "application/json" } },
    { method: "GET", maxBodyBytes: 1024 },
    { life: AbortSignal.timeout(10_000), timeouts: { headers: 5000, body: 5000 }, onHead: () => undefined },
  );
  return head;
}

it.each([
  ["https://api.acme.example/v1", "api.acme.example"],
  ["https://api.acme.example:8443/v1", "api.acme.example:8443"],
  ["https://[2001:db8::1]/v1", "[2001:db8::1]"],
  ["http://api.acme.example/v1", "api.acme.example"],
  ["http://api.acme.example:443/v1", "api.acme.example:443"],
])("a request to %s names %s, once", async (url, host) => {
  expect((await headOf(url)).match(/^host: .*$/gim)).toEqual([
    expect.stringMatching(new RegExp(`^host: ${host.replace(/[[\].]/g, "\\$&")}\r?$`, "i")),
  ]);
});
