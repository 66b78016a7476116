import type { CustomClassName, DataGroup } from "./data-class.ts";

export const CUSTOM_CHECKS = ["luhn", "mod97"] as const;
export type CustomCheck = (typeof CUSTOM_CHECKS)[number];

/** A class of data that only the consumer knows: member numbers, contract ids. Plain data, serialisable. */
export interface CustomClass {
  readonly id: CustomClassName;
  readonly title?: string;
  readonly group: DataGroup;
  /** Of everything that values are known by, and whether each one is looked at, SHA-256 in hex, 16 digits: another one is another question to a body. */
  readonly definition: string;
  /** Absent where history has kept that the class was there, and not how it was known. */
  readonly known?: CustomRecognition;
}

/** How its values are known. */
export interface CustomRecognition {
  /** RE2 syntax, of the whole value. */
  readonly pattern: string;
  /** Names of fields, in words. */
  readonly names: readonly string[];
  readonly needsName: boolean;
  /** Looked for among the words of longer text as well. */
  readonly inText: boolean;
  readonly check?: CustomCheck;
}

/** Entry of a file, with what proves that it is meant so. */
export interface CustomClassEntry {
  readonly custom: CustomClass;
  readonly examples: readonly string[];
  readonly not: readonly string[];
}

/** A part of an entry that does not do what it has to; words of ours, in which nothing of an example or a pattern is repeated but an operator. */
export interface CustomClassProblem {
  /** Below the entry: ["examples", 2]. */
  readonly path: readonly (string | number)[];
  readonly expected: string;
  readonly found: string;
}

/** What is wrong with an entry beyond its shape. */
export type CheckCustomClass = (entry: CustomClassEntry) => readonly CustomClassProblem[];
