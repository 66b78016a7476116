// Each forbidden arrow has a name and a sentence that says what to do instead (docs/architecture.md shows the rooms).
// `check.mjs` runs these over src/ and commands/ and refuses to pass when it saw no modules.

const SOCKETS = "^(node:)?(net|tls|dns|dns/promises|http|https|http2|dgram)$";
const FILES = "^(node:)?(fs|fs/promises)$";
const PROCESSES = "^(node:)?(child_process|cluster)$";
const PURE_ROOMS =
  "^src/(model|catalog|pki|inventory|evidence|judge|tell/(view|report|notify)|remember/changes|observe/(wire|classify|enumerate))/";

/** A room may import itself and what is listed; everything else of src/ and commands/ is forbidden. */
function room(name, path, mayImport, comment) {
  return {
    name,
    comment,
    severity: "error",
    from: { path },
    to: { path: "^(src|commands)/", pathNot: [path, ...mayImport] },
  };
}

export const forbidden = [
  room("model-imports-nothing", "^src/model/", [], "The vocabulary depends on nobody. Move the code to the room that needs the import."),
  room("catalog-is-a-door", "^src/catalog/", ["^src/model/"], "The catalog only reads data/. Put logic into the room that uses the facts."),
  room(
    "inventory-is-text-to-integrations",
    "^src/inventory/",
    ["^src/(model|catalog)/"],
    "The inventory turns text into Integration[]; take files from a FilePort.",
  ),
  room(
    "pki-is-bytes",
    "^src/pki/",
    ["^src/model/"],
    "Certificates and what is signed beside them: bytes to typed values, paths, checks. No I/O, no clock, no evidence.",
  ),
  room("wire-is-bytes", "^src/observe/wire/", ["^src/(model|catalog|pki)/"], "Bytes to messages and back. Sockets live in observe/net."),
  room(
    "net-knows-no-evidence",
    "^src/observe/net/",
    ["^src/(model|catalog)/", "^src/observe/wire/"],
    "The socket room returns raw answers; probes make evidence of them.",
  ),
  room(
    "classify-is-pure",
    "^src/observe/classify/",
    ["^src/(model|catalog)/", "^src/evidence/kinds\\.ts$"],
    "Values come in, classes go out. Nothing else.",
  ),
  room(
    "enumerate-asks-nobody",
    "^src/observe/enumerate/",
    ["^src/model/"],
    "It says what to offer next and learns from answers; bytes are in observe/wire, sockets in observe/net.",
  ),
  room(
    "probes-know-no-rule",
    "^src/observe/probes/",
    ["^src/(model|catalog|evidence|pki)/", "^src/observe/(classify|enumerate|wire)/"],
    "A probe asks through the injected net session and returns redacted evidence.",
  ),
  room("evidence-is-the-boundary", "^src/evidence/", ["^src/(model|catalog)/"], "Evidence knows neither who made it nor who judges it."),
  room(
    "facts-are-shared-derivations",
    "^src/judge/facts/",
    ["^src/(model|catalog|evidence|pki)/", "^src/judge/rules/rule\\.ts$"],
    "A fact is derived from evidence alone.",
  ),
  room(
    "rules-see-evidence-only",
    "^src/judge/rules/",
    ["^src/(model|catalog|evidence|pki)/", "^src/judge/facts/"],
    "If a rule needs the network, it misses evidence, not an import.",
  ),
  room("risk-is-policy", "^src/judge/risk/", ["^src/(model|catalog)/"], "Policy works on judged results, not on evidence."),
  room("changes-are-pure", "^src/remember/changes/", ["^src/model/"], "The state machine compares plain records; re-judging is injected."),
  room(
    "store-keeps-what-it-is-given",
    "^src/remember/store/",
    ["^src/model/", "^src/evidence/"],
    "The store knows nothing of what it keeps.",
  ),
  room("view-prepares-once", "^src/tell/view/", ["^src/model/"], "The view is built from the report."),
  room(
    "report-stays-in-report",
    "^src/tell/report/",
    ["^src/model/", "^src/tell/view/"],
    "A formatter renders the view; it does not sort, count or fetch.",
  ),
  room(
    "notify-is-words",
    "^src/tell/notify/",
    ["^src/model/", "^src/tell/view/words\\.ts$", "^src/tell/report/sanitise\\.ts$"],
    "A message is composed here; it is sent by the app through a DeliveryPort, and its secrets are put in place behind that.",
  ),
  room("local-is-this-machine", "^src/local/", ["^src/model/"], "Files, secrets and configuration, behind the ports of the model."),
  room(
    "demo-stands-alone",
    "^src/demo/",
    ["^src/model/", "^src/observe/wire/"],
    "The demo is a set of servers; the use case that runs it is in app/.",
  ),
  room(
    "cli-is-furniture",
    "^src/(cli/|main\\.ts)",
    ["^src/(app|model|tell)/", "^src/(cli/|main\\.ts)"],
    "The terminal talks to use cases.",
  ),
  room("commands-are-thin", "^commands/", ["^src/(app|model|cli)/", "^src/tell/(view|report)/"], "Parse, call one use case, present."),
  {
    name: "nobody-imports-the-app",
    comment: "Only the terminal, the commands and the documentation generator stand above the use cases.",
    severity: "error",
    from: { path: "^src/", pathNot: "^src/(app|cli)/|^src/(main|docs)\\.ts$" },
    to: { path: "^(src/(app|cli)/|commands/)" },
  },
  {
    name: "one-composition-root",
    comment: "Real ports are built in app/compose.ts; take them as an argument everywhere else.",
    severity: "error",
    from: { path: "^src/app/", pathNot: "^src/app/compose\\.ts$" },
    to: {
      path: "^src/(observe/net/|remember/store/|local/(files|secrets|own-secrets|lock-files|config|run-command)\\.ts)",
      dependencyTypesNot: ["type-only"],
    },
  },
  {
    name: "no-sockets-outside-net",
    comment: "One room opens sockets, so that an afternoon is enough to audit what is sent. Ask through a NetSession.",
    severity: "error",
    from: { path: "^(src|commands)/", pathNot: "^src/(observe/net|demo)/" },
    to: { path: [SOCKETS, "node_modules/got/"] },
  },
  {
    name: "sockets-unreachable-from-judge",
    comment: "Not even by way of another room: what is judged must be judgeable again next year, offline.",
    severity: "error",
    from: { path: "^src/(judge|evidence|pki|tell|remember/changes|observe/(wire|classify|enumerate))/" },
    to: { path: ["^src/observe/net/", "node_modules/got/"], reachable: true },
  },
  {
    name: "no-files-outside-local",
    comment: "Take a FilePort. Only local/ and the store touch the disk, and the documentation generator writes docs/.",
    severity: "error",
    from: { path: "^(src|commands)/", pathNot: "^src/(local|remember/store)/|^src/docs\\.ts$" },
    to: { path: FILES },
  },
  {
    name: "no-processes-outside-local",
    comment: "exec: references and the commands of notify.json are run in local/, and nothing else is run at all.",
    severity: "error",
    from: { path: "^(src|commands)/", pathNot: "^src/local/" },
    to: { path: PROCESSES },
  },
  {
    name: "no-sqlite-outside-store",
    comment: "Talk to the HistoryStore port.",
    severity: "error",
    from: { path: "^(src|commands)/", pathNot: "^src/remember/store/" },
    to: { path: "node_modules/(@types/)?better-sqlite3/" },
  },
  {
    name: "no-mail-outside-net",
    comment: "nodemailer can open files and sockets: it gets a vetted socket in observe/net, and nothing else.",
    severity: "error",
    from: { path: "^(src|commands)/", pathNot: "^src/observe/net/smtp\\.ts$" },
    to: { path: "node_modules/nodemailer/" },
  },
  {
    name: "no-signing-outside-net",
    comment: "Assertions and signatures are made where a request leaves, in observe/net: nobody else sees what they are made with.",
    severity: "error",
    from: { path: "^(src|commands)/", pathNot: "^src/observe/net/" },
    to: { path: "node_modules/(jose|@smithy)/" },
  },
  {
    name: "no-detector-libraries-outside-classify",
    comment:
      "What is in a body, and whether its check digits fit, is asked in observe/classify; everybody else reads the classes that it found.",
    severity: "error",
    from: { path: "^(src|commands)/", pathNot: "^src/observe/classify/" },
    to: { path: "node_modules/(stdnum|saxes|ibantools|libphonenumber-js)/" },
  },
  {
    name: "no-oclif-outside-cli",
    comment: "Use cases do not know that there is a terminal.",
    severity: "error",
    from: { path: "^src/", pathNot: "^src/(cli/|main\\.ts)" },
    to: { path: "node_modules/@oclif/" },
  },
  {
    name: "no-table-outside-report",
    comment: "Tables are drawn in tell/report/table.ts.",
    severity: "error",
    from: { path: "^(src|commands)/", pathNot: "^src/tell/report/table\\.ts$" },
    to: { path: "node_modules/cli-table3/" },
  },
  {
    name: "rules-do-not-know-each-other",
    comment: "What two rules share is a fact: put it into judge/facts.",
    severity: "error",
    from: { path: "^src/judge/rules/[^/]+/" },
    to: { path: "^src/judge/rules/[^/]+/" },
  },
  {
    name: "pure-rooms-stay-pure",
    comment: "No timers, workers, operating system or terminal here: take what you need as an argument.",
    severity: "error",
    from: { path: PURE_ROOMS },
    to: { path: "^(node:)?(worker_threads|os|process|timers|timers/promises|readline|tty|vm|perf_hooks)$" },
  },
  {
    name: "no-test-from-product",
    comment: "The product does not depend on its tests.",
    severity: "error",
    from: { path: "^(src|commands)/" },
    to: { path: "^test/" },
  },
  {
    name: "no-circular",
    comment: "Two files that need each other are one file, or hide a third.",
    severity: "error",
    from: {},
    to: { circular: true },
  },
];
