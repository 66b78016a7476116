import type { IncomingMessage } from "node:http";

/** What an audit asks of every API beside its own paths: a browser's question, a path that is nobody's, and whom to tell of a hole. */
export function isBeside({ method, url = "" }: Pick<IncomingMessage, "method" | "url">): boolean {
  return method === "OPTIONS" || url === "/.well-known/security.txt" || /\/apirisk-[0-9a-f]{12}$/.test(url);
}
