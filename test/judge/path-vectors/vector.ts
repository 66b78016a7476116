import {
  type AuthorityPresetOptions,
  type Issuer,
  intermediate,
  type LeafOptions,
  type Made,
  rootAuthority,
  serverLeaf,
} from "../../lab/support/certificate-factory.ts";

/** One case of a public suite in our own words, with the result that the suite states. */
export interface PathVector extends Marks {
  /** Theirs. */
  readonly id: string;
  readonly trusted: boolean;
  readonly why: string;
  readonly build: () => PathCase;
}

export interface PathCase {
  /** The leaf, then what is sent beside it. */
  readonly chain: readonly Made[];
  readonly roots: readonly Made[];
  readonly host: string;
  readonly asOf: Date;
}

interface Marks {
  /** So marked by the suite, or browsers in general do not say the same. */
  readonly pedantic?: true;
  /** What is wrong is wrong in the anchor alone, which RFC 5280 section 6.1.1 (d) takes for its name and its key. */
  readonly anchorOnly?: true;
  /** It is about an end to the search, whatever its result. */
  readonly exhausting?: true;
}

export const PEDANTIC: Marks = { pedantic: true };
export const ANCHOR: Marks = { anchorOnly: true };
export const PEDANTIC_ANCHOR: Marks = { ...PEDANTIC, ...ANCHOR };
export const EXHAUSTING: Marks = { ...PEDANTIC, exhausting: true };

type Sketch = Pick<PathCase, "chain" | "roots"> & Partial<PathCase>;

export function accepts(id: string, why: string, sketch: () => Sketch, marks: Marks = {}): PathVector {
  return vector(true, id, why, sketch, marks);
}

export function rejects(id: string, why: string, sketch: () => Sketch, marks: Marks = {}): PathVector {
  return vector(false, id, why, sketch, marks);
}

function vector(trusted: boolean, id: string, why: string, sketch: () => Sketch, marks: Marks): PathVector {
  return { id, trusted, why, ...marks, build: () => ({ host: HOST, asOf: AS_OF, ...sketch() }) };
}

export const HOST = "example.com";
/** A moment of their own, or today where somebody asks a verifier that knows no other time. */
export const AS_OF = new Date(process.env["VECTORS_AT"] ?? "2026-06-01T12:00:00Z");

export function root(options: AuthorityPresetOptions = {}): Made {
  return rootAuthority({ at: AS_OF, subject: "vector root", ...options });
}

let authorities = 0;

/** Each has a name of its own: none is self-issued by accident. */
export function authority(parent: Issuer, options: AuthorityPresetOptions = {}): Made {
  authorities++;
  return intermediate(parent, { at: AS_OF, subject: `vector authority ${authorities}`, ...options });
}

export function leaf(parent: Issuer, options: LeafOptions = {}): Made {
  return serverLeaf(parent, { at: AS_OF, ...(options.ip === undefined ? { dns: [HOST] } : {}), ...options });
}

/** root -> leaf */
export function direct(rootOptions: AuthorityPresetOptions = {}, leafOptions: LeafOptions = {}): Sketch {
  const anchor = root(rootOptions);
  return { chain: [leaf(anchor, leafOptions)], roots: [anchor] };
}

/** root -> authority, as many as there are -> leaf */
export function through(authorityOptions: readonly AuthorityPresetOptions[], leafOptions: LeafOptions = {}): Sketch {
  return below(root(), authorityOptions, leafOptions);
}

export function below(anchor: Made, authorityOptions: readonly AuthorityPresetOptions[], leafOptions: LeafOptions = {}): Sketch {
  const authorities: Made[] = [];
  for (const options of authorityOptions) authorities.push(authority(authorities.at(-1) ?? anchor, options));
  return { chain: [leaf(authorities.at(-1) ?? anchor, leafOptions), ...authorities], roots: [anchor] };
}
