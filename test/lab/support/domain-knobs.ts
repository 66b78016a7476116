import type { ServedIdentity } from "../../../src/demo/conditions.ts";
import { knownLog } from "../../judge/known-logs.ts";
import { PUBLIC_ROOT } from "../../judge/public-authority.ts";
import { signedCertificateTimestamps } from "./certificate-extensions.ts";
import { daysFrom, intermediate, serverLeaf } from "./certificate-factory.ts";
import { pair } from "./certificate-knobs.ts";
import type { DnsZone } from "./dns-server.ts";
import type { Knob } from "./knob.ts";

/** What a resolver says of one host, one thing of it turned. */
export interface DomainKnob extends Pick<Knob, "turn" | "findings"> {
  readonly zone: DnsZone;
  /** As it stands; WELL_KNOWN unless given. */
  readonly before?: DnsZone;
  /** Nor is an address found any more. */
  readonly isLost?: boolean;
  /** What it said two nights before, when no address was found. */
  readonly missing?: DnsZone;
  /** What it says in the end, where that is not what it said at the beginning. */
  readonly back?: DnsZone;
}

export const HOST = "api.acme-lab.example";
const ZONE = "acme-lab.example";
const HOSTED_AT = "acme.cdn.example";

const AT_ZONE = { ns: ["ns1.dns.example", "ns2.dns.example"], caa: [[0, "issue", "letsencrypt.org"]] } as const;
const leadingTo = (name: string): DnsZone => ({ [ZONE]: AT_ZONE, [HOST]: { cname: name }, [name]: {} });
const LEADS_ON = { cname: HOSTED_AT } as const;

/** Two name servers, an alias to a CDN, and the name of the authority that issues. */
export const WELL_KNOWN: DnsZone = { [ZONE]: AT_ZONE, [HOST]: LEADS_ON, [HOSTED_AT]: {} };

const OTHER_EDGE: DnsZone = {
  [ZONE]: AT_ZONE,
  [HOST]: { cname: "acme2.cdn.example" },
  "acme2.cdn.example": { cname: "e7.edge.example" },
  "e7.edge.example": {},
};

export const DOMAIN_KNOBS: readonly DomainKnob[] = [
  {
    turn: "somebody else answers for the domain",
    zone: { ...WELL_KNOWN, [ZONE]: { ...AT_ZONE, ns: ["a.ns.elsewhere.example"] } },
    findings: ["domain/credential-kept-back credential", "domain/delegation-changed name-servers"],
  },
  {
    turn: "a name server joins the others",
    zone: { ...WELL_KNOWN, [ZONE]: { ...AT_ZONE, ns: [...AT_ZONE.ns, "ns3.dns.example"] } },
    findings: ["domain/delegation-changed name-servers"],
  },
  {
    turn: "the name leads to another company",
    zone: { [ZONE]: AT_ZONE, [HOST]: { cname: "acme.hosting.example" }, "acme.hosting.example": {} },
    findings: ["domain/hosting-changed alias"],
  },
  {
    turn: "the name leads to another region of the same company",
    before: leadingTo("x.eu-west-1.elb.amazonaws.com"),
    zone: leadingTo("x.eu-central-1.elb.amazonaws.com"),
    findings: ["domain/hosting-region-changed region"],
  },
  {
    turn: "another host of the same company answers",
    zone: OTHER_EDGE,
    findings: [],
  },
  {
    turn: "the name leads to one that does not exist",
    zone: { [ZONE]: AT_ZONE, [HOST]: LEADS_ON, "cdn.example": {} },
    isLost: true,
    back: OTHER_EDGE,
    findings: ["domain/cname-dangling alias"],
  },
  {
    turn: "the name leads to one that did not exist for two nights",
    zone: WELL_KNOWN,
    missing: { [ZONE]: AT_ZONE, [HOST]: LEADS_ON, "cdn.example": {} },
    back: OTHER_EDGE,
    findings: ["domain/alias-revived alias", "domain/credential-kept-back credential"],
  },
  {
    turn: "another authority is to issue",
    zone: { ...WELL_KNOWN, [ZONE]: { ...AT_ZONE, caa: [[0, "issue", "digicert.com"]] } },
    findings: ["certificate/caa-forbids-issuer leaf"],
  },
  { turn: "nothing is said of authorities any more", zone: { ...WELL_KNOWN, [ZONE]: { ns: AT_ZONE.ns } }, findings: [] },
  { turn: "CAA is not answered any more", zone: { ...WELL_KNOWN, [ZONE]: { ns: AT_ZONE.ns, caa: "servfail" } }, findings: [] },
  { turn: "the resolver answers nothing any more", zone: { [ZONE]: "servfail", [HOST]: "refused" }, findings: [] },
  { turn: "the resolver knows no name any more", zone: {}, findings: [] },
];

/** As Let's Encrypt issues it. */
export const ISSUED: ServedIdentity = issuedFor(HOST);

export function issuedFor(host: string): ServedIdentity {
  const now = new Date();
  const subject = [
    { type: "O", value: "Let's Encrypt" },
    { type: "CN", value: "E0" },
  ] as const;
  const authority = intermediate(PUBLIC_ROOT, { at: now, subject });
  const logs = ["Anna", "Bert", "Bert"].map((operator) => ({ log: knownLog(operator), at: daysFrom(now, -20) }));
  const leaf = serverLeaf(authority, { at: now, dns: [host], with: [signedCertificateTimestamps(logs)] });
  return { served: [pair([leaf, authority])] };
}
