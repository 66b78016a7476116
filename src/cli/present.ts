import { renderJson } from "../tell/report/json.ts";

/** Writes the answer: the only writer of stdout. */
export function present(text: string): void {
  write(process.stdout, text);
}

/** Writes the answer as exactly one JSON document. Says false, and writes nothing, when there was one before. */
export function presentJson(document: unknown): boolean {
  if (documentWritten) return false;
  documentWritten = true;
  write(process.stdout, renderJson(document));
  return true;
}

/** Writes what is not the answer. */
export function aside(text: string): void {
  write(process.stderr, text);
}

/** A reader that went away (`| head`) is no failure: what is left is dropped. Other failures to write are thrown. */
export function quietOnClosedPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") closed.add(stream);
      else throw error;
    });
  }
}

function write(stream: NodeJS.WriteStream, text: string): void {
  if (text === "" || closed.has(stream)) return;
  stream.write(text.endsWith("\n") ? text : `${text}\n`);
}

/** State of the process's own streams, of which there is one each. */
const closed = new Set<NodeJS.WriteStream>();
let documentWritten = false;
