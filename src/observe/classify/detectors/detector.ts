import type { DataClass } from "../../../model/data-class.ts";
import type { Surroundings } from "../fields.ts";

/**
 * How to know one class of data: from one value, which is neither empty nor masked, and the names around it. A detector never
 * throws, and needs time linear in the length of the value, which may be as long as a body (1 MB) and hostile.
 */
export interface Detector {
  readonly class: DataClass;
  /** Classes that fit the same value less well. */
  readonly over: readonly DataClass[];
  /** It is also looked for inside longer text, word by word, without the names around it. */
  readonly inText: boolean;
  /** The names alone promise this class: what a masked value is a mask of. */
  readonly isNamed: (surroundings: Surroundings) => boolean;
  readonly detect: (value: Value, surroundings: Surroundings) => Hit | undefined;
}

export interface Value {
  /** Trimmed. */
  readonly text: string;
  readonly type: "string" | "number";
}

export interface Hit {
  /** 0..1: how often a value like this, under a name like this, is of the class. Expert opinion, checked against labelled bodies. */
  readonly confidence: number;
  /** Published, documented or reserved: nobody's own. */
  readonly sample?: boolean;
  /** Kind within the class, from a closed list of the detector. */
  readonly note?: string;
}
