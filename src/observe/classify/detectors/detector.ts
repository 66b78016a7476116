import type { DataClass } from "../../../model/data-class.ts";
import type { Surroundings } from "../fields.ts";
import type { Near } from "../near.ts";

/**
 * How to know one class of data: from one value, which is neither empty nor masked, and the names around it. A detector never
 * throws, and needs time linear in the length of the value, which may be as long as a body (1 MB) and hostile.
 */
export interface Detector {
  readonly class: DataClass;
  /** Classes that fit the same value less well. */
  readonly over: readonly DataClass[];
  /** Of a class that a consumer defined: which others it takes the place of where they are less sure of the same value. */
  readonly replaces?: (other: DataClass) => boolean;
  /** It is also looked for inside longer text, word by word, without the names around it. */
  readonly inText: boolean;
  /** Without `isNamed` there is nothing to detect: no value and no record shows it. */
  readonly needsName?: true;
  /** `true` under its name is the fact itself (`union_member`): it is asked of the type "boolean" too, and only of `true`. */
  readonly facts?: true;
  /** The names alone promise this class: what a masked value is a mask of. */
  readonly isNamed: (surroundings: Surroundings) => boolean;
  /** Under a name that several classes have: whether this is what a value of the class looks like once it is masked. */
  readonly isMaskOf?: (text: string, surroundings: Surroundings) => boolean;
  readonly detect: (value: Value, surroundings: Surroundings) => Hit | Veto | undefined;
}

export interface Value {
  /** Trimmed. Of a number, its digits as they were sent. */
  readonly text: string;
  /** "boolean" only for detectors of `facts`. */
  readonly type: "string" | "number" | "boolean";
  /** The record that holds it. */
  readonly near: Near;
}

export interface Hit {
  /** 0..1: how often a value like this, under a name like this, is of the class. Expert opinion, checked against labelled bodies. */
  readonly confidence: number;
  /** Published, documented or reserved: nobody's own. */
  readonly sample?: boolean;
  /** Kind within the class, from a closed list of the detector. */
  readonly note?: string;
  /** The record itself says what this value is (a code beside a system), whatever other records of the same path hold. */
  readonly own?: true;
  /** What speaks for it besides its name: shown by `inspect --explain`. */
  readonly cues?: readonly Cue[];
}

/** It would be of the class, but for this; shown by `inspect --explain`. In kebab-case, from a closed list of the detector: `fails-checksum`. */
export interface Veto {
  readonly veto: string;
}

/**
 * `shape`: how it is written; `checksum`; `range`: numbers that were given out; `registry`: a library knows it to exist; `prefix`: of a vendor;
 * `beside`, `above`: what stands around it; `record`: the record says so; `opaque`: made by a machine so that nobody guesses it; `pattern`: of a
 * consumer.
 */
export type Cue = "shape" | "checksum" | "range" | "registry" | "prefix" | "beside" | "above" | "record" | "opaque" | "pattern";

export function isVeto(detected: Hit | Veto): detected is Veto {
  return "veto" in detected;
}
