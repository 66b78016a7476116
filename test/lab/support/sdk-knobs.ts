/** The lock file beside the inventory, and what is declared of the client library in it; one thing of it turned. */
export interface SdkKnob {
  readonly turn: string;
  /** In the place of the standing one, as is the next. */
  readonly lock?: string;
  readonly sdk?: Readonly<Record<string, string>>;
  readonly findings: readonly string[];
}

export const STANDING_SDK = { npm: "acme-node", range: "^4", lock: "app/package-lock.json" };
export const STANDING_LOCK = lockOf({ "node_modules/acme-node": "4.1.0" });

const FOUND = ["lifecycle/sdk-out-of-range sdk:npm"];

export const SDK_KNOBS: readonly SdkKnob[] = [
  { turn: "an older library is installed", lock: lockOf({ "node_modules/acme-node": "3.9.0" }), findings: FOUND },
  {
    turn: "an older library is installed beside it",
    lock: lockOf({ "node_modules/acme-node": "4.1.0", "node_modules/legacy/node_modules/acme-node": "3.9.0" }),
    findings: FOUND,
  },
  { turn: "the library is not installed", lock: lockOf({}), findings: FOUND },
  { turn: "another range is declared", sdk: { ...STANDING_SDK, range: "^5" }, findings: FOUND },
];

function lockOf(versions: Readonly<Record<string, string>>): string {
  const packages = Object.fromEntries(Object.entries(versions).map(([path, version]) => [path, { version }]));
  return JSON.stringify({ name: "shop", lockfileVersion: 3, packages: { "": { name: "shop" }, ...packages } });
}
