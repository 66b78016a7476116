// Walls of the house, checked by machine. Fails when an arrow is forbidden, and when the cruiser saw suspiciously little:
// with a compiler that it cannot load it would report success over 0 modules.
import { fileURLToPath } from "node:url";
import { cruise } from "dependency-cruiser";
import { forbidden } from "./walls.mjs";

const FEWEST_MODULES = 90;

process.chdir(fileURLToPath(new URL("../..", import.meta.url)));
const { output } = await cruise(["src", "commands"], {
  ruleSet: { forbidden },
  validate: true,
  parser: "swc",
  tsPreCompilationDeps: true,
  doNotFollow: { path: "node_modules" },
  enhancedResolveOptions: { extensions: [".ts", ".js", ".mjs", ".json"], exportsFields: ["exports"], conditionNames: ["import", "node"] },
});
const own = output.modules.filter((module) => /^(src|commands)\//.test(module.source)).length;
for (const violation of output.summary.violations) {
  const rule = forbidden.find((candidate) => candidate.name === violation.rule.name);
  process.stderr.write(`${violation.rule.name}: ${violation.from} -> ${violation.to}\n  ${rule?.comment ?? ""}\n`);
}
if (own < FEWEST_MODULES) {
  process.stderr.write(`Expected at least ${FEWEST_MODULES} modules, saw ${own}: the walls were not checked.\n`);
}
process.stdout.write(
  `walls: ${own} modules, ${output.summary.totalDependenciesCruised} arrows, ${output.summary.violations.length} violations\n`,
);
process.exitCode = own < FEWEST_MODULES || output.summary.violations.length > 0 ? 1 : 0;
