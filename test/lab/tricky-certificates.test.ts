import { expect, test } from "vitest";
import { inspectFiles } from "../../src/app/inspect.ts";
import { sightOf } from "../../src/app/sight.ts";
import type { ServedIdentity } from "../../src/demo/conditions.ts";
import type { Observation } from "../../src/evidence/observation.ts";
import { parseInventory } from "../../src/inventory/parse.ts";
import { judgeServed } from "../../src/judge/facts/chains.ts";
import { expired } from "../../src/judge/rules/certificate/expired.ts";
import { expiring } from "../../src/judge/rules/certificate/expiring.ts";
import { lifetimeTooLong } from "../../src/judge/rules/certificate/lifetime-too-long.ts";
import { noRevocationPointer } from "../../src/judge/rules/certificate/no-revocation-pointer.ts";
import { revoked } from "../../src/judge/rules/certificate/revoked.ts";
import { stapleMissing } from "../../src/judge/rules/certificate/staple-missing.ts";
import { untidyChain } from "../../src/judge/rules/certificate/untidy-chain.ts";
import { untrusted } from "../../src/judge/rules/certificate/untrusted.ts";
import { wildcard } from "../../src/judge/rules/certificate/wildcard.ts";
import { clientCertificateUsage } from "../../src/judge/rules/credential/client-certificate-usage.ts";
import type { Rule } from "../../src/judge/rules/rule.ts";
import type { FilePort } from "../../src/model/file-port.ts";
import { DAY, HOUR, MINUTE, SECOND } from "../../src/model/instant.ts";
import type { Integration } from "../../src/model/integration.ts";
import { ok } from "../../src/model/result.ts";
import { findExtension, EXTENSION as TLS_EXTENSION } from "../../src/observe/wire/extension.ts";
import { HANDSHAKE_TYPE } from "../../src/observe/wire/handshake.ts";
import { anchorsOf } from "../../src/pki/build-path.ts";
import { parseCertificate } from "../../src/pki/certificate.ts";
import { parseCrl } from "../../src/pki/crl.ts";
import { crlVerdict } from "../../src/pki/crl-verdict.ts";
import { NOW } from "../judge/builders.ts";
import { chainOf, facts, leaf, ROOT, shown } from "../judge/chain-builders.ts";
import { DECLARED, held } from "../judge/client-certificate-cases.ts";
import { PUBLIC_INTERMEDIATE, PUBLIC_ROOT, publicChain } from "../judge/public-authority.ts";
import { runCase } from "../judge/rule-cases.ts";
import { tlsPeer } from "../observe/net/support/peers.ts";
import { alertRecord, type HeardHello } from "../observe/net/support/scripted-tls.ts";
import { EXTENSION, extendedKeyUsage, tlsFeature } from "./support/certificate-extensions.ts";
import {
  daysFrom,
  intermediate,
  type LeafOptions,
  type Made,
  makeCertificate,
  pem,
  rootAuthority,
  serverLeaf,
} from "./support/certificate-factory.ts";
import { newKey, sharedKey } from "./support/certificate-keys.ts";
import { HOST, identity, issued, pair, WELL } from "./support/certificate-knobs.ts";
import { makeCrl, makeOcspResponse } from "./support/revocation-factory.ts";
import { serverHelloWith } from "./support/tls-flights.ts";
import type { FrontConditions } from "./support/tls-front.ts";
import { seen } from "./support/tricky-host.ts";

/** By the number that each has in the list of cases that scanners get wrong. */
interface Row {
  readonly row: number;
  readonly what: string;
  readonly holds: () => void | Promise<void>;
}

const AT = new Date(NOW);
const REAL = new Date();
const UNRECOGNIZED_NAME = 112;
const EMPTY_RENEGOTIATION_INFO = 0x00ff;
const TLS13 = 0x0304;
/** All of 127/8 is loopback (RFC 1122 section 3.2.1.3). */
const OTHER_ADDRESS = "127.0.0.2";
/** A host of this depth says no more of itself than this. */
const CLEAN: readonly string[] = ["tls/no-post-quantum key-exchange classical-only"];
const SHORT_LIVED = { without: [EXTENSION.crlDistributionPoints, EXTENSION.authorityInformationAccess] } as const;

const NAMES: readonly Row[] = [
  {
    row: 1,
    what: "without a name another certificate is shown, or none: the one for the name counts, and that a name is needed is noted",
    holds: async () => {
      const stranger = makeCertificate({ subject: "default", notBefore: daysFrom(REAL, -1), notAfter: daysFrom(REAL, 1) });
      const other = await seen({ certificate: { ...WELL, otherwise: { host: HOST, ...pair([stranger]) } } });
      expect(other.findings).toEqual(["certificate/needs-server-name no-server-name another-certificate", ...CLEAN]);
      const refuses = (hello: HeardHello) => (hello.serverName ? undefined : alertRecord(2, UNRECOGNIZED_NAME));
      const none = await seen({ certificate: WELL, front: { instead: refuses } });
      expect(none.findings).toEqual(["certificate/needs-server-name no-server-name refused", ...CLEAN]);
    },
  },
  {
    row: 2,
    what: "an address in the URL: no name is sent, addresses alone are compared, and 160 hours are a life",
    holds: async () => {
      const life = { notBefore: new Date(REAL.getTime() - 35 * HOUR), notAfter: new Date(REAL.getTime() + 125 * HOUR) };
      const right = await seen({ host: "127.0.0.1", certificate: unstapled(issued({ ...life, dns: [], ip: ["127.0.0.1"], subject: [] })) });
      expect(right.findings).toEqual(CLEAN);
      expect(right.hellos.filter(({ serverName }) => serverName)).toEqual([]);
      const wrong = await seen({ host: "127.0.0.1", certificate: identity(issued({ dns: ["127.0.0.1"] })) });
      expect(wrong.findings).toContain("certificate/untrusted leaf name-mismatch");
    },
  },
  {
    row: 3,
    what: "a name of other letters: A-labels are sent and compared, U-labels in a certificate are not, and a mixture is no name",
    holds: async () => {
      const certificate = identity(issued({ dns: ["xn--bcher-kva.acme.example"] }));
      const right = await seen({ host: "bücher.acme.example", certificate });
      expect(right.findings).toEqual(CLEAN);
      expect(new Set(right.hellos.flatMap(namesIn))).toEqual(new Set(["xn--bcher-kva.acme.example"]));
      expect(problemsFor(chainOf(leaf({ dns: ["bücher.acme.example"] })), "xn--bcher-kva.acme.example")[0]).toBe("unreadable-names");
      const mixed = parseInventory("version: 1\nintegrations: [{id: a, baseUrl: https://xn--bücher-kva.acme.example}]", "a.yaml");
      expect(mixed.ok).toBe(false);
    },
  },
  {
    row: 4,
    what: "a dot after the host: it is neither sent nor compared",
    holds: async () => {
      const { findings, hellos } = await seen({ host: `${HOST}.`, certificate: WELL });
      expect(findings).toEqual(CLEAN);
      expect(new Set(hellos.flatMap(namesIn))).toEqual(new Set([HOST]));
      expect(problemsFor(chainOf(), "api.acme.example.")).toEqual([]);
    },
  },
  {
    row: 5,
    what: "a wildcard is one whole label, the left-most, and not above a registry's name",
    holds: () => {
      const under = (name: string, host: string) => problemsFor(chainOf(leaf({ dns: [name] })), host);
      expect(under("*.acme.example", "api.acme.example")).toEqual([]);
      const refused = [
        ["*.acme.example", "a.b.acme.example"],
        ["*.acme.example", "acme.example"],
        ["*", "acme.example"],
        ["*", "localhost"],
        ["*.example", "acme.example"],
        ["f*.acme.example", "foo.acme.example"],
        ["*o.acme.example", "foo.acme.example"],
        ["f*o.acme.example", "foo.acme.example"],
        ["api.*.example", "api.acme.example"],
        ["*.*.example", "api.acme.example"],
      ] as const;
      expect(refused.filter(([name, host]) => under(name, host)[0] !== "name-mismatch")).toEqual([]);
      const registry = { ...shown(chainOf(leaf({ dns: ["*.co.uk"] }))), key: { origin: "https://acme.co.uk", address: "192.0.2.1" } };
      expect(said(wildcard, [registry as Observation], { baseUrl: "https://acme.co.uk" })).toEqual(["registry medium"]);
    },
  },
  {
    row: 6,
    what: "the common name fits, and no alternative name does: not for this host",
    holds: async () => {
      const { findings } = await seen({ certificate: identity(issued({ subject: HOST, dns: ["www.acme.example"] })) });
      expect(findings).toContain("certificate/untrusted leaf name-mismatch");
    },
  },
];

const PATHS: readonly Row[] = [
  {
    row: 7,
    what: "a cross-signature of an expired root beside a path of today: trusted, by the path that it is no part of",
    holds: async () => {
      const old = rootAuthority({ subject: "Old root", notAfter: daysFrom(REAL, -60) });
      const cross = intermediate(old, {
        subject: "Public root",
        key: PUBLIC_ROOT.key,
        notBefore: daysFrom(REAL, -300),
        notAfter: daysFrom(REAL, 600),
      });
      const own = issued();
      const { findings, evidence } = await seen({ certificate: { ...identity(own), served: [pair([own, PUBLIC_INTERMEDIATE, cross])] } });
      expect(findings).toEqual(CLEAN);
      expect(evidence("tls-session")).toMatchObject([{ trusted: true }]);
      const judged = (...roots: readonly Made[]) =>
        judgeServed(
          [own, PUBLIC_INTERMEDIATE, cross].map(({ der }) => der),
          HOST,
          Date.now(),
          anchorsOf(roots.map(({ der }) => der)),
        );
      const { isTrusted, path } = judged(old, PUBLIC_ROOT);
      expect([isTrusted, path.length, path.at(-1)?.der]).toEqual([true, 3, PUBLIC_ROOT.der]);
      expect(judged(old)).toMatchObject({ isTrusted: false, problems: [{ kind: "issuer-expired" }] });
    },
  },
  {
    row: 8,
    what: "the wrong order, one twice, and one of somebody else's: trusted, and noted",
    holds: async () => {
      const upper = intermediate(PUBLIC_ROOT, { at: REAL, subject: "Upper" });
      const lower = intermediate(upper, { at: REAL, subject: "Lower" });
      const own = issued({}, lower);
      const chain = [own, upper, lower, lower, rootAuthority({ subject: "Somebody else" })];
      const { findings } = await seen({ certificate: { ...identity(own, lower), served: [pair(chain)] } });
      expect(findings).toEqual(["certificate/untidy-chain chain out-of-order", ...CLEAN]);
      expect(runCase(untidyChain, { name: "", observations: [shown(chain)], expect: [] })[0]?.message).toBe(
        "The server sends a certificate before what it issued, a certificate that belongs to no path, a certificate more than once.",
      );
    },
  },
  {
    row: 9,
    what: "an authority between was left out: incomplete, which is not untrusted",
    holds: async () => {
      const own = issued();
      const { findings } = await seen({ certificate: { ...identity(own), served: [pair([own])] } });
      expect(findings.filter((finding) => finding.startsWith("certificate/"))).toEqual(["certificate/untrusted leaf incomplete"]);
    },
  },
  {
    row: 10,
    what: "the root comes along: noted, and nothing worse",
    holds: async () => {
      const own = issued();
      const { findings } = await seen({ certificate: { ...identity(own), served: [pair([own, PUBLIC_INTERMEDIATE, PUBLIC_ROOT])] } });
      expect(findings).toEqual(["certificate/untidy-chain chain root-included", ...CLEAN]);
    },
  },
  {
    row: 41,
    what: "a proxy of our own answers for every vendor: told as that, and not as findings of theirs",
    holds: () => {
      const glance = (host: string, chain: readonly Made[]) => ({
        uid: host,
        url: `https://${host}`,
        observations: [shown(chain, {}, { address: "93.184.215.14" })],
        knowledge: { observations: [] },
      });
      const hosts = ["api.one.example", "api.two.example", "api.three.example"];
      const looked = sightOf(hosts.map((host) => glance(host, chainOf(leaf({ dns: [host] })))));
      expect([...looked.proxied]).toEqual(hosts.map((host) => [host, "CN=Acme intermediate"]));
      expect(sightOf(hosts.map((host) => glance(host, publicChain({ dns: [host] })))).proxied.size).toBe(0);
    },
  },
];

const TIMES: readonly Row[] = [
  {
    row: 11,
    what: "it begins later: some minutes are a matter of clocks, an hour is not",
    holds: () => {
      const from = (ahead: number) => [shown(chainOf(leaf({ notBefore: new Date(NOW + ahead) })))];
      expect(said(expired, from(0))).toEqual(["valid"]);
      expect(said(expired, from(2 * MINUTE))).toEqual(["clock-skew info"]);
      expect(said(expired, from(HOUR))).toEqual(["not-yet-valid high"]);
      expect(said(untrusted, from(HOUR))).toEqual(["outside-validity"]);
    },
  },
  {
    row: 12,
    what: "two hundred days and a second, issued on the day from which two hundred are allowed: too long",
    holds: () => {
      const begin = Date.UTC(2026, 2, 16);
      // Both ends count (Baseline Requirements section 6.3.2).
      const living = (seconds: number) => [
        shown(publicChain({ notBefore: new Date(begin), notAfter: new Date(begin + 200 * DAY + (seconds - 1) * SECOND) })),
      ];
      expect(said(lifetimeTooLong, living(0))).toEqual(["within-limit"]);
      expect(said(lifetimeTooLong, living(1))).toEqual(["too-long medium"]);
    },
  },
  {
    row: 13,
    what: "five days left of 160 hours, and nobody to ask: as it should be",
    holds: () => {
      const chain = publicChain({ notBefore: new Date(NOW - 40 * HOUR), notAfter: new Date(NOW + 120 * HOUR), ...SHORT_LIVED });
      const answers = [expiring, noRevocationPointer, revoked, lifetimeTooLong].flatMap((rule) => said(rule, [shown(chain)]));
      expect(answers).toEqual(["fresh", "short-lived", "short-lived", "within-limit"]);
    },
  },
  {
    row: 14,
    what: "a staple is promised and none comes: high; where nobody could give one, the promise itself is what is wrong",
    holds: () => {
      const promising = (more: LeafOptions = {}) => [shown(publicChain({ with: [tlsFeature()], ...more }))];
      expect(said(stapleMissing, promising())).toEqual(["missing high"]);
      expect(said(stapleMissing, promising(SHORT_LIVED))).toEqual(["obsolete low"]);
    },
  },
  {
    row: 36,
    what: "revoked, and expired as well: expired, and nothing is said of revocation",
    holds: () => {
      const own = leaf({ notAfter: new Date(NOW - DAY) });
      const [, issuer] = chainOf(own);
      const status = { revokedAt: daysFrom(AT, -10), reason: "keyCompromise" } as const;
      const staple = makeOcspResponse({
        issuer: issuer ?? own,
        answers: [{ of: own, status, thisUpdate: daysFrom(AT, -2), nextUpdate: daysFrom(AT, 5) }],
      });
      const both = [shown(chainOf(own), { staple: Buffer.from(staple).toString("base64") })];
      expect(said(expired, both)).toEqual(["expired critical"]);
      expect(said(revoked, both)).toEqual(["outside-validity"]);
    },
  },
  {
    row: 37,
    what: "serial numbers of a list are numbers, however many noughts stand before them",
    holds: () => {
      const listed = (own: readonly number[], inList: readonly number[]) => {
        const made = serverLeaf(PUBLIC_INTERMEDIATE, { at: AT, serial: Uint8Array.from(own) });
        const entry = { serial: Uint8Array.from(inList), at: daysFrom(AT, -3) };
        const list = makeCrl({ issuer: PUBLIC_INTERMEDIATE, thisUpdate: daysFrom(AT, -1), nextUpdate: daysFrom(AT, 6), revoked: [entry] });
        const [certificate, issuer] = [made, PUBLIC_INTERMEDIATE].map(({ der }) => parseCertificate(der));
        if (certificate === undefined || issuer === undefined) throw new Error("A certificate of a test that nobody can read.");
        return crlVerdict(parseCrl(list.der), { leaf: certificate, issuer, asOf: NOW }).status;
      };
      expect(listed([5], [5])).toBe("revoked");
      expect(listed([0x0a, 0xbc], [0, 0, 0x0a, 0xbc])).toBe("revoked");
      expect(listed([0, 0xff], [0, 0xff])).toBe("revoked");
      expect([listed([5], [0x50]), listed([5], [1, 5]), listed([0x0a, 0xbc], [0xbc])]).toEqual(["good", "good", "good"]);
    },
  },
];

const HOSTS: readonly Row[] = [
  {
    row: 19,
    what: "TLS 1.2 alone, and a key on a curve that few offer: enumerated whole",
    holds: async () => {
      const on = (kind: "p521" | "brainpool") =>
        seen({ certificate: identity(issued({ key: sharedKey(kind) })), tlsVersions: { min: "TLS 1.2", max: "TLS 1.2" }, tls: {} });
      for (const [kind, curve] of [
        ["p521", "secp521r1"],
        ["brainpool", "brainpoolP256r1"],
      ] as const) {
        const { evidence, findings } = await on(kind);
        expect(evidence("tls")).toMatchObject([{ certificates: [{ key: "ecdsa", curve }] }]);
        expect(evidence("tls")[0]?.versions.find(({ version }) => version === "TLS 1.2")).toMatchObject({
          support: "accepted",
          complete: true,
        });
        expect(findings).toEqual(["tls/no-tls13 tls1.3 refused"]);
      }
    },
  },
  {
    row: 20,
    what: "an RSA and an ECDSA certificate, one of them expired: both are judged, and that one is said",
    holds: async () => {
      const over = issued({ key: sharedKey("rsa"), notBefore: daysFrom(REAL, -80), notAfter: daysFrom(REAL, -3) });
      const { findings, evidence } = await seen({ certificate: { ...WELL, served: [...WELL.served, pair([over, PUBLIC_INTERMEDIATE])] } });
      expect(
        evidence("tls")[0]
          ?.certificates.map(({ key }) => key)
          .sort(),
      ).toEqual(["ecdsa", "rsa"]);
      expect(findings).toContain("certificate/expired leaf-rsa other-expired");
      expect(findings.filter((finding) => finding.startsWith("certificate/") && !finding.includes(" leaf-rsa "))).toEqual([]);
    },
  },
  {
    row: 21,
    what: "nobody gets in without a client certificate: that is said, and every version and suite is still seen",
    holds: async () => {
      const [own] = WELL.served;
      for (const [version, name] of [
        ["TLSv1.2", "TLS 1.2"],
        ["TLSv1.3", "TLS 1.3"],
      ] as const) {
        const wanting = { cert: own?.chainPem, key: own?.keyPem, ca: PUBLIC_ROOT.pem, requestCert: true, rejectUnauthorized: true };
        const { port } = await tlsPeer({ ...wanting, minVersion: version, maxVersion: version }, () => undefined);
        const { findings, evidence } = await seen({ port });
        expect(findings).toContain("tls/client-certificate-undeclared client-certificate requested");
        expect(evidence("tls")[0]?.versions.filter(({ support }) => support !== "refused")).toMatchObject([
          { version: name, support: "accepted", complete: true },
        ]);
      }
    },
  },
  {
    row: 30,
    what: "two machines with different keys behind one address: said, and the same again when asked again",
    holds: async () => {
      const [one, other] = [WELL, identity(issued({ key: newKey() }))];
      for (let sight = 1; sight <= 2; sight += 1) {
        const { findings, evidence } = await seen({ certificate: one, behind: { certificate: other } });
        expect(evidence("tls")[0]?.certificates).toHaveLength(2);
        expect(findings).toEqual(["certificate/differs-by-address connections keys-differ", ...CLEAN]);
      }
    },
  },
  {
    row: 31,
    what: "one of two addresses does not answer: said of that address, and the other one is judged",
    holds: async () => {
      const { findings, evidence } = await seen({ certificate: WELL, addresses: [OTHER_ADDRESS] });
      expect(evidence("tls-session")).toMatchObject([
        { address: "127.0.0.1", trusted: true },
        { address: OTHER_ADDRESS, outcome: "refused", reason: "connect_refused" },
      ]);
      expect(evidence("tls")).toMatchObject([
        { address: "127.0.0.1", certificates: [{}] },
        { address: OTHER_ADDRESS, reason: "connect_refused" },
      ]);
      expect(findings).toEqual(CLEAN);
    },
  },
  {
    row: 38,
    what: "a thousand names, and ten thousand: none is cut off",
    holds: async () => {
      const named = (count: number) =>
        issued({ subject: [], dns: [...Array.from({ length: count - 1 }, (_, at) => `h${at}.acme.example`), HOST] });
      const thousand = await seen({ certificate: identity(named(1000)) });
      expect(thousand.evidence("tls-session")).toMatchObject([{ trusted: true }]);
      expect(thousand.findings.filter((finding) => finding.includes("untrusted"))).toEqual([]);
      const many = named(10_000);
      expect(await inspected([many, PUBLIC_INTERMEDIATE], HOST)).toMatchObject({
        chain: { trusted: true },
        certificates: [{ nameCount: 10_000 }, {}],
      });
      // A message of more than 100 KB is more than node's clients take.
      const { evidence } = await seen({ certificate: identity(many) });
      expect(evidence("tls-session")).toMatchObject([{ reason: "tls_protocol_error" }]);
      expect(evidence("tls")).toMatchObject([{ certificates: [{ key: "ecdsa" }] }]);
    },
  },
  {
    row: 39,
    what: "a certificate that cannot be read: the octets are kept, the rest is seen, and nothing is called good",
    holds: async () => {
      const broken = { ...PUBLIC_INTERMEDIATE, der: PUBLIC_INTERMEDIATE.der.subarray(0, -9) };
      expect(await inspected([issued(), broken], HOST)).toMatchObject({
        chain: { trusted: false, reason: "incomplete" },
        certificates: [{ nameCount: 1 }, { sha256: null, octets: broken.der.length }],
      });
      const unread = { ...facts(leaf()), der: "bm9uZQ==" };
      expect(said(untrusted, [shown([], { chain: [unread], trusted: true })])).toEqual(["taken-by-some medium"]);
      expect(said(untrusted, [shown([], { chain: [facts(leaf()), unread], trusted: false })])).toEqual(["incomplete high"]);
      const garbled = await seen({
        certificate: WELL,
        front: {
          says: (message) =>
            message.type === HANDSHAKE_TYPE.certificate
              ? [{ ...message, body: message.body.map((octet, at) => (at < 6 ? octet : 0xff)) }]
              : [message],
        },
      });
      const accepted = garbled.evidence("tls")[0]?.versions.filter(({ support }) => support === "accepted");
      expect(accepted?.map(({ version, cipherSuites: [first] }) => [version, first?.shown?.key])).toEqual([
        ["TLS 1.2", "unread"],
        ["TLS 1.3", "ecdsa"],
      ]);
      expect(garbled.evidence("tls-session")).toMatchObject([{ trusted: true }]);
    },
  },
  {
    row: 40,
    what: "no common name, or nothing at all in the subject: fine",
    holds: async () => {
      expect((await seen({ certificate: identity(issued({ subject: [] })) })).findings).toEqual(CLEAN);
      expect((await seen({ certificate: identity(issued({ subject: [{ type: "O", value: "Acme" }] })) })).findings).toEqual(CLEAN);
    },
  },
  {
    row: 42,
    what: "values that nobody knows in a server's hello: passed over",
    holds: async () => {
      const strange = [0x0a0a, 0x4a4a, 0xfefe].map((type) => ({ type, data: Uint8Array.of(1, 2, 3) }));
      const says = serverHelloWith(({ extensions = [] }) => ({ extensions: [...strange, ...extensions] }));
      expect(await acceptedBehind({ says })).toEqual(await acceptedBehind({}));
    },
  },
  {
    row: 43,
    what: "an extension twice, or empty, and a session that is echoed: tolerated",
    holds: async () => {
      const twice = serverHelloWith(({ extensions = [] }) => ({ extensions: [...extensions, ...extensions] }));
      const empty = serverHelloWith(({ extensions = [] }) => ({
        extensions: [...extensions, { type: TLS_EXTENSION.serverName, data: new Uint8Array() }, { type: 0x0023, data: new Uint8Array() }],
      }));
      const echo = serverHelloWith(() => ({ sessionId: new Uint8Array(32).fill(9) }));
      const clean = await acceptedBehind({});
      for (const says of [twice, empty, echo]) expect(await acceptedBehind({ says })).toEqual(clean);
    },
  },
  {
    row: 44,
    what: "renegotiation is bound for those who signal it with a suite alone: so every hello does",
    holds: async () => {
      const hears: FrontConditions["hears"] = ({ extensions = [], ...hello }) => ({
        ...hello,
        extensions: extensions.filter(({ type }) => type !== TLS_EXTENSION.renegotiationInfo),
      });
      const { findings, evidence, hellos } = await seen({ certificate: WELL, front: { hears } });
      expect(evidence("tls")[0]?.features.secureRenegotiation).toBe(true);
      expect(findings).toEqual(CLEAN);
      const older = hellos.filter(({ versions }) => versions.some((version) => version < TLS13));
      expect(older.length).toBeGreaterThan(5);
      expect(older.filter(({ has }) => !has(EMPTY_RENEGOTIATION_INFO))).toEqual([]);
    },
  },
];

const CLIENTS: readonly Row[] = [
  {
    row: 45,
    what: "a public certificate of a server that is shown as a client's: refused without the use, and told of beforehand with it",
    holds: () => {
      const showing = (chain: readonly Made[]) => said(clientCertificateUsage, [held(chain)], DECLARED);
      expect(showing(publicChain())).toEqual(["not-for-clients high"]);
      expect(showing(publicChain({ with: [extendedKeyUsage(["serverAuth", "clientAuth"])] }))).toEqual(["public-authority medium"]);
    },
  },
];

const ROWS = [...NAMES, ...PATHS, ...TIMES, ...HOSTS, ...CLIENTS].sort((a, b) => a.row - b.row);

for (const { row, what, holds } of ROWS) test(`${row}: ${what}`, holds, 60_000);

test("none is left out that is about certificates", () => {
  expect(ROWS.map(({ row }) => row)).toEqual([...range(1, 14), ...range(19, 21), 30, 31, ...range(36, 45)]);
});

/** "missing high" of every subject. */
function said(rule: Rule, observations: readonly Observation[], integration: Partial<Integration> = {}): readonly string[] {
  return runCase(rule, { name: "", integration, observations, expect: [] }).map(({ outcome, severity, reason }) =>
    [outcome, severity ?? reason].filter((word) => word !== undefined).join(" "),
  );
}

/** What is wrong with a path to ROOT, for this host. */
function problemsFor(chain: readonly Made[], host: string): readonly string[] {
  return judgeServed(
    chain.map(({ der }) => der),
    host,
    NOW,
    anchorsOf([ROOT.der]),
  ).problems.map(({ kind }) => kind);
}

/** As `apirisk inspect --as chain` has it. */
async function inspected(chain: readonly Pick<Made, "der">[], host: string) {
  const file = chain.map(({ der }) => pem("CERTIFICATE", der)).join("");
  const files = { readBytes: () => Promise.resolve(ok(Buffer.from(file))) } as Partial<FilePort> as FilePort;
  const report = await inspectFiles(["chain.pem"], { as: "chain", now: Date.now(), anchors: [PUBLIC_ROOT.der], host }, files);
  return report.ok ? report.value.files[0]?.entries[0]?.facts : undefined;
}

/** What is accepted of a well-run host behind such a front, and what is said of it. */
async function acceptedBehind(front: FrontConditions) {
  const { findings, evidence } = await seen({ certificate: WELL, front });
  const versions = evidence("tls").flatMap((parameters) => parameters.versions.filter(({ support }) => support !== "refused"));
  return { findings, versions: versions.map(({ version, support, complete }) => [version, support, complete]) };
}

function unstapled(leaf: Made): ServedIdentity {
  return { served: identity(leaf).served };
}

function namesIn({ extensions }: HeardHello): readonly string[] {
  const extension = findExtension(extensions, TLS_EXTENSION.serverName);
  // A list of one name: five octets stand before it (RFC 6066 section 3).
  return extension === undefined ? [] : [Buffer.from(extension.data.subarray(5)).toString()];
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}
