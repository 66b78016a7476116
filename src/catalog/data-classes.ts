import type { CustomClass } from "../model/custom-class.ts";
import { DATA_CLASSES, DATA_GROUPS, type DataClass, type DataGroup, isCustomClassName, type OwnDataClass } from "../model/data-class.ts";
import { type DatedFacts, loadFacts } from "./load.ts";

/** Where the classes are defined that are none of ours: an integration. */
export interface ClassDefinitions {
  readonly customClasses?: readonly CustomClass[];
}

export interface DataClassFacts {
  readonly group: DataGroup;
  /** 1 (public) to 5 (secrets, card data, health): the data axis of the risk matrix. */
  readonly impact: number;
  /** Worth a finding where nobody declared it. */
  readonly sensitive: boolean;
  /** A class of a consumer may stand in its place. Secrets, cards, health and special categories are reported whatever a file says. */
  readonly replaceable: boolean;
  /** Of secrets and of what people must be protected for (GDPR article 9), one is one too many: looked for in every value. */
  readonly watched: boolean;
}

/** How much it matters that values of this class are seen. One that is defined no more matters to nobody. */
export function dataClassFacts(dataClass: DataClass, { customClasses = [] }: ClassDefinitions): DataClassFacts {
  if (!isCustomClassName(dataClass)) return ownClassFacts(dataClass);
  const custom = customClasses.find(({ id }) => id === dataClass);
  return custom === undefined ? UNDEFINED : groupFacts(custom.group);
}

/** The same of the classes of a group. */
export function groupFacts(group: DataGroup): DataClassFacts {
  const { impact } = loadFacts("data-classes", isDataClassFile).groups[group];
  const watched = group === "secret" || group === "special";
  return { group, impact, sensitive: group !== "low", replaceable: impact < MOST_SENSITIVE, watched };
}

/** The same of a class of ours. */
export function ownClassFacts(dataClass: OwnDataClass): DataClassFacts {
  const facts = dataClasses().get(dataClass);
  if (facts === undefined) throw new Error(`data/data-classes.json does not list ${dataClass}.`);
  return facts;
}

/** Why values of this class matter, in a few words; of one that a consumer defined, what they call it as well. */
export function whyItMatters(dataClass: DataClass, definitions: ClassDefinitions): string {
  const { why } = loadFacts("data-classes", isDataClassFile).groups[dataClassFacts(dataClass, definitions).group];
  const title = definitions.customClasses?.find(({ id }) => id === dataClass)?.title;
  return title === undefined ? why : `${title}, ${why}`;
}

/** Values of this class let their holder act as somebody else: one of them is one too many. */
export function isSecretClass(dataClass: DataClass, definitions: ClassDefinitions): boolean {
  return dataClassFacts(dataClass, definitions).group === "secret";
}

interface DataClassFile extends DatedFacts {
  readonly groups: Readonly<
    Record<DataGroup, { readonly why: string; readonly impact: number; readonly classes: readonly OwnDataClass[] }>
  >;
}

let indexed: ReadonlyMap<OwnDataClass, DataClassFacts> | undefined;

function dataClasses(): ReadonlyMap<OwnDataClass, DataClassFacts> {
  if (indexed === undefined) {
    const { groups } = loadFacts("data-classes", isDataClassFile);
    indexed = new Map(
      DATA_GROUPS.flatMap((group) => {
        const facts = groupFacts(group);
        return groups[group].classes.map((dataClass) => [dataClass, facts] as const);
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

const MOST_SENSITIVE = 5;
const UNDEFINED: DataClassFacts = { group: "low", impact: 1, sensitive: false, replaceable: true, watched: false };
