import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** Unit, contract, replay, lab and e2e tests in one run. Talks to loopback only. */
export default defineConfig({
  root: fileURLToPath(new URL("..", import.meta.url)),
  test: {
    include: ["test/**/*.test.ts"],
    reporters: ["default", fileURLToPath(new URL("./support/closing-line-reporter.ts", import.meta.url))],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    restoreMocks: true,
    env: { NODE_ENV: "test", NO_COLOR: "1" },
  },
});
