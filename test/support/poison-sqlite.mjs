// Preloaded into a process: its main thread cannot load a native addon any more. Threads have a process.dlopen of their own.
import { isMainThread } from "node:worker_threads";

if (isMainThread) {
  process.dlopen = (_module, file) => {
    throw new Error(`the main thread loaded ${file}`);
  };
}
