/** `cut`: it ends where nothing of its kind ends. */
export type ReadProblem = "malformed" | "cut" | "too-deep" | "unsupported";

/** Makes documents of a text that comes in parts. */
export interface Reader {
  write(part: string): void;
  /** `isCut`: the text is the beginning of a longer one. */
  end(isCut: boolean): void;
  readonly problem: ReadProblem | undefined;
  /** Nothing of what is still to come will be read. */
  readonly isOver: boolean;
}
