import { bitString, nothing, objectIdentifier, sequence } from "../../../src/demo/der.ts";
import { EXTENSION, nameConstraints } from "../../lab/support/certificate-extensions.ts";
import type { Issuer } from "../../lab/support/certificate-factory.ts";
import { newKey, publicOnly, sharedKey } from "../../lab/support/certificate-keys.ts";
import { encodedName } from "../../lab/support/certificate-names.ts";
import { accepts, authority, direct, EXHAUSTING, leaf, type PathVector, rejects, root } from "./vector.ts";

/** x509-limbo, pathological, invalid and cve: where the search goes wrong ways. */
export const GRAPHS: readonly PathVector[] = [
  accepts(
    "pathological::multiple-chains-expired-intermediate",
    "The root that is sent in an expired certificate is trusted itself.",
    () => {
      const anchor = root();
      const older = root({ subject: "older root" });
      const expired = authority(older, { pathLen: 1, subject: anchor.name, key: anchor.key, ...LONG_AGO });
      return { chain: [leaf(anchor), expired], roots: [anchor, older] };
    },
  ),
  rejects("pathological::intermediate-cycle-distinct-cas", "Two that vouch for each other, and nobody for them.", () =>
    cycle(entity("one"), entity("other")),
  ),
  rejects("pathological::intermediate-cycle-same-logical-ca", "The same of one authority with two keys.", () =>
    cycle(entity("one"), entity("one")),
  ),
  rejects("pathological::nc-dos-1", "A million comparisons of domains.", () => explosion("dns"), EXHAUSTING),
  rejects("pathological::nc-dos-2", "The same of mailboxes.", () => explosion("email"), EXHAUSTING),
  rejects(
    "pathological::nc-dos-3",
    "The same of mailboxes in the subject, which has no name of a server.",
    () => {
      const mailboxes = count((number) => ({ type: "emailAddress", value: `t${number}@test`, as: "ia5" }) as const);
      const subject = [...mailboxes, { type: "CN", value: "t0.test" } as const];
      return { ...direct({ with: [manyLimits("email")] }, { subject, without: [EXTENSION.subjectAltName] }), host: "t0.test" };
    },
    EXHAUSTING,
  ),

  rejects("invalid::invalid-issuer-key", "A key and a signature that are none.", () => {
    const [anchor, other] = [root(), root()];
    const broken = authority(other, { key: publicOnly(NO_KEY) });
    return { chain: [leaf(broken, { signWith: sharedKey("rsa") }), broken], roots: [anchor] };
  }),

  accepts("cve::cve-2024-0567", "Three that vouch for each other; one of them is trusted.", () => {
    const [a, b, c] = [entity("Root A"), entity("Root B"), entity("Root C")];
    const [belowA, belowB, belowC] = [certified("Intermediate A1", a), certified("Intermediate B1", b), certified("Intermediate C1", c)];
    const crossed = [cross(a, b), cross(a, c), belowB, cross(b, a), cross(b, c), belowC, cross(c, a), cross(c, b)];
    const host = "cve-2024-0567.example.com";
    return {
      chain: [leaf(belowA, { subject: [], dns: [host] }), belowA, ...crossed],
      roots: [root({ subject: a.name, key: a.key })],
      host,
    };
  }),
];

const LONG_AGO = { notBefore: new Date("1980-01-01"), notAfter: new Date("1988-11-25") };
/** An RSA key of no bytes. */
const NO_KEY = sequence(sequence(objectIdentifier("1.2.840.113549.1.1.1"), nothing()), bitString(new Uint8Array()));

export function entity(commonName: string): Issuer {
  return { name: encodedName(commonName), key: newKey() };
}

/** A certificate of the one, by the other. */
export function cross(subject: Issuer, issuer: Issuer) {
  return authority(issuer, { subject: subject.name, key: subject.key });
}

function certified(commonName: string, issuer: Issuer) {
  return cross(entity(commonName), issuer);
}

function cycle(one: Issuer, other: Issuer) {
  const [first, second] = [cross(one, other), cross(other, one)];
  return { chain: [leaf(first), first, second], roots: [root()] };
}

const MANY = 1025;

function count<T>(of: (number: number) => T): readonly T[] {
  return Array.from({ length: MANY }, (_, number) => of(number));
}

function manyLimits(kind: "dns" | "email") {
  const [permitted, excluded] = ["t", "x"].map((letter) =>
    count((number) => (kind === "dns" ? `${letter}${number}.test` : `${letter}${number}@test`)),
  );
  return nameConstraints({ permitted: { [kind]: permitted }, excluded: { [kind]: excluded } });
}

function explosion(kind: "dns" | "email") {
  const host = "t0.test";
  const names =
    kind === "dns" ? { dns: count((number) => `t${number}.test`) } : { dns: [host], email: count((number) => `t${number}@test`) };
  return { ...direct({ with: [manyLimits(kind)] }, { subject: [], names }), host };
}
