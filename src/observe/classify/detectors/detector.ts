import type { DataClass } from "../../../model/data-class.ts";
import type { Surroundings } from "../fields.ts";

/**
 * How to know one class of data. A detector looks at one value and the names around it, in time linear in the value's length,
 * and never throws. The value has at most 4 KB, is not empty and not masked.
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
