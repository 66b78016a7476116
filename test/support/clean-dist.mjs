// A command file that was renamed would live on in dist/ and be listed by oclif: build into an empty folder.
import { rmSync } from "node:fs";

rmSync(new URL("../../dist", import.meta.url), { recursive: true, force: true });
