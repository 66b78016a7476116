import { retrievedOn } from "./load.ts";

/** A file under data/ whose facts are about a world that moves on: with its age, answers get wrong or are not given. */
export interface AgeingFacts {
  /** Of data/<name>.json. */
  readonly name: string;
  /** What it knows. */
  readonly about: string;
  /** What comes of its age. */
  readonly effect: string;
  /** ISO day on which it was taken. */
  readonly retrieved: string;
}

/** Registries of code points, texts of standards and names of fields are left out: what is missing from them is told of as unknown where it is met. */
export function ageingFacts(): readonly AgeingFacts[] {
  return AGEING.map((facts) => ({ ...facts, retrieved: retrievedOn(facts.name) }));
}

const AGEING: readonly Omit<AgeingFacts, "retrieved">[] = [
  {
    name: "end-of-life",
    about: "ends and newest releases of software",
    effect: "newer releases are unknown, and after 180 days no release is called supported or past its end",
  },
  { name: "trust-anchors", about: "root certificates", effect: "a new authority is called untrusted" },
  { name: "ca-distrust", about: "authorities that root programmes distrust", effect: "what was announced since is not told of" },
  { name: "ct-logs", about: "logs of certificate transparency", effect: "stamps of new logs are unknown" },
  { name: "certificate-lifetimes", about: "how long certificates may last", effect: "rules that were made since are not kept to" },
  {
    name: "client-auth-sunset",
    about: "the end of client certificates from public authorities",
    effect: "days that were moved since are wrong",
  },
  { name: "auth-sunsets", about: "ways to log in that providers switch off", effect: "what was announced since is not told of" },
];
