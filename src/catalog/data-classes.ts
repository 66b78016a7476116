import { DATA_CLASSES, type DataClass } from "../model/data-class.ts";
import { type DatedFacts, loadFacts } from "./load.ts";

export const DATA_GROUPS = ["personal", "special", "financial", "card", "health", "secret", "infrastructure", "location", "low"] as const;
export type DataGroup = (typeof DATA_GROUPS)[number];

export interface DataClassFacts {
  readonly group: DataGroup;
  /** 1 (public) to 5 (secrets, card data, health): the data axis of the risk matrix. */
  readonly impact: number;
  /** Worth a finding where nobody declared it. */
  readonly sensitive: boolean;
}

/** How much it matters that values of this class are seen. */
export function dataClassFacts(dataClass: DataClass): DataClassFacts {
  const facts = dataClasses().get(dataClass);
  if (facts === undefined) throw new Error(`data/data-classes.json does not list ${dataClass}.`);
  return facts;
}

/** Why values of this class matter, in a few words. */
export function whyItMatters(dataClass: DataClass): string {
  return loadFacts("data-classes", isDataClassFile).groups[dataClassFacts(dataClass).group].why;
}

/** Values of this class let their holder act as somebody else: one of them is one too many. */
export function isSecretClass(dataClass: DataClass): boolean {
  return dataClassFacts(dataClass).group === "secret";
}

interface DataClassFile extends DatedFacts {
  readonly groups: Readonly<Record<DataGroup, { readonly why: string; readonly impact: number; readonly classes: readonly DataClass[] }>>;
}

let indexed: ReadonlyMap<DataClass, DataClassFacts> | undefined;

function dataClasses(): ReadonlyMap<DataClass, DataClassFacts> {
  if (indexed === undefined) {
    const { groups } = loadFacts("data-classes", isDataClassFile);
    indexed = new Map(
      DATA_GROUPS.flatMap((group) => {
        const { impact, classes } = groups[group];
        return classes.map((dataClass) => [dataClass, { group, impact, sensitive: group !== "low" }] as const);
      }),
    );
  }
  return indexed;
}

/** Every class stands in exactly one group. */
function isDataClassFile(facts: unknown): facts is DataClassFile {
  const { groups } = facts as Partial<DataClassFile>;
  if (typeof groups !== "object" || Object.keys(groups).sort().join() !== [...DATA_GROUPS].sort().join()) return false;
  const listed = Object.values(groups).flatMap(({ classes }) => classes);
  const impacts = Object.values(groups).map(({ impact }) => impact);
  return (
    listed.length === DATA_CLASSES.length &&
    DATA_CLASSES.every((dataClass) => listed.includes(dataClass)) &&
    impacts.every((impact) => Number.isInteger(impact) && impact >= 1 && impact <= 5)
  );
}
