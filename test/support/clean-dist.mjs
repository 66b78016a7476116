// A command file that was renamed would live on in dist/ and be listed by oclif: build into an empty folder, without the old list.
import { rmSync } from "node:fs";

for (const built of ["dist", "oclif.manifest.json"]) rmSync(new URL(`../../${built}`, import.meta.url), { recursive: true, force: true });
