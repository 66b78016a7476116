import { ANCHOR, accepts, authority, leaf, type PathVector, PEDANTIC, rejects, root } from "./vector.ts";

/** x509-limbo, rfc5280::validity (RFC 5280 section 4.1.2.5: both ends are within). */
export const VALIDITY: readonly PathVector[] = [
  rejects("rfc5280::validity::expired-root", "The root alone has expired.", () => lives({ root: FOUR_YEARS }), ANCHOR),
  rejects("rfc5280::validity::expired-intermediate", "The authority between alone has expired.", () => lives({ between: FOUR_YEARS })),
  rejects("rfc5280::validity::expired-leaf", "The leaf alone has expired.", () => lives({ leaf: ["2018-01-01", "2021-01-01"] })),
  accepts("rfc5280::validity::notbefore-exact", "In its first second.", () => march("2024-03-01T00:00:00Z")),
  rejects("rfc5280::validity::notbefore-fractional", "A millisecond too soon.", () =>
    march("2024-03-01T00:00:00.999Z", "2024-03-01T00:00:01Z"),
  ),
  accepts("rfc5280::validity::notafter-exact", "In its last second.", () => march("2024-04-01T00:00:00Z")),
  accepts(
    "rfc5280::validity::notafter-fractional",
    "Five milliseconds into its last second, which some take for over.",
    () => march("2024-04-01T00:00:00.005Z"),
    PEDANTIC,
  ),
];

type Life = readonly [from: string, to: string];
const TEN_YEARS: Life = ["2016-01-01", "2026-01-01"];
const FOUR_YEARS: Life = ["2016-01-01", "2020-01-01"];

interface Lives {
  readonly root?: Life;
  readonly between?: Life;
  readonly leaf?: Life;
}

function lives({ root: ofRoot = TEN_YEARS, between = TEN_YEARS, leaf: ofLeaf = ["2018-01-01", "2023-01-01"] }: Lives, asOf = "2022-01-01") {
  const anchor = root(dates(ofRoot));
  const middle = authority(anchor, dates(between));
  return { chain: [leaf(middle, dates(ofLeaf)), middle], roots: [anchor], asOf: new Date(asOf) };
}

function march(asOf: string, from = "2024-03-01T00:00:00Z") {
  const life: Life = [from, "2024-04-01T00:00:00Z"];
  return lives({ root: life, between: life, leaf: life }, asOf);
}

function dates([from, to]: Life) {
  return { notBefore: new Date(from), notAfter: new Date(to) };
}
