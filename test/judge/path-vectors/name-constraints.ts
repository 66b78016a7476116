import { nothing, sequence } from "../../../src/demo/der.ts";
import {
  EXTENSION,
  type Extension,
  type NameConstraints,
  nameConstraints,
  subjectAltName,
  unknown,
} from "../../lab/support/certificate-extensions.ts";
import { newKey } from "../../lab/support/certificate-keys.ts";
import type { GeneralNames, Name } from "../../lab/support/certificate-names.ts";
import {
  accepts,
  authority,
  below,
  direct,
  HOST,
  leaf,
  type PathVector,
  PEDANTIC,
  PEDANTIC_ANCHOR,
  rejects,
  root,
  through,
} from "./vector.ts";

/** x509-limbo, rfc5280::nc (RFC 5280 section 4.2.1.10). */
export const NAME_CONSTRAINTS: readonly PathVector[] = [
  rejects("rfc5280::nc::permitted-dns-mismatch", "Another domain.", () => byRoot({ permitted: { dns: [HOST] } }, "not-example.com")),
  rejects("rfc5280::nc::excluded-dns-match", "The domain itself is excluded.", () =>
    through([{ with: [limits({ excluded: { dns: [HOST] } })] }]),
  ),
  accepts("rfc5280::nc::permitted-dns-match", "The domain itself.", () => byRoot({ permitted: { dns: [HOST] } })),
  rejects(
    "rfc5280::nc::permitted-dns-match-noncritical",
    "It has to be critical; webpki::nc says the contrary.",
    () => direct({ with: [nameConstraints({ permitted: { dns: [HOST] } }, { critical: false })] }),
    PEDANTIC_ANCHOR,
  ),
  accepts("rfc5280::nc::permitted-dns-match-more", "Any number of labels to the left.", () =>
    byRoot({ permitted: { dns: [HOST] } }, "foo.bar.example.com"),
  ),
  rejects("rfc5280::nc::excluded-dns-match-second", "One of two names is excluded.", () =>
    byRoot({ excluded: { dns: ["not-allowed.example.com"] } }, HOST, { dns: [HOST, "not-allowed.example.com"] }),
  ),
  rejects("rfc5280::nc::permitted-ip-mismatch", "An address of another network.", () =>
    byRoot({ permitted: { ip: [NETWORK] } }, "192.0.3.1"),
  ),
  rejects("rfc5280::nc::excluded-ipv4-match", "An address of an excluded network.", () =>
    byRoot({ excluded: { ip: [NETWORK] } }, "192.0.2.1"),
  ),
  rejects("rfc5280::nc::excluded-ipv6-match", "The same of IPv6.", () => byRoot({ excluded: { ip: ["::1/128"] } }, "::1")),
  accepts("rfc5280::nc::permitted-ipv4-match", "An address of the network.", () => byRoot({ permitted: { ip: [NETWORK] } }, "192.0.2.1")),
  accepts("rfc5280::nc::permitted-ipv6-match", "The same of IPv6.", () => byRoot({ permitted: { ip: ["::1/128"] } }, "::1")),

  rejects("rfc5280::nc::permitted-dn-mismatch", "Another directory name.", () => byName({ permitted: FOO }, "not-foo", "not-foo")),
  rejects("rfc5280::nc::excluded-dn-match", "An excluded directory name.", () => byName({ excluded: FOO }, "foo", "foo")),
  accepts("rfc5280::nc::permitted-dn-match", "The directory name.", () => byName({ permitted: FOO }, "foo", "foo")),
  rejects("rfc5280::nc::permitted-dn-match-subject-san-mismatch", "The subject counts as well as the alternative names.", () =>
    byName({ permitted: FOO }, "not-foo", "foo"),
  ),
  rejects("rfc5280::nc::excluded-dn-match-sub-mismatch", "The subject is excluded, the alternative name is not.", () =>
    byName({ excluded: FOO }, "foo", "not-foo"),
  ),

  accepts("rfc5280::nc::permitted-self-issued", "An authority that renews itself is not held to its own limits.", () => {
    const own = subjectAltName({ dns: ["not-example.com"] });
    const anchor = root({ subject: "not-example.com", with: [own, limits({ permitted: { dns: [HOST] } })] });
    return below(anchor, [{ subject: "not-example.com", with: [own] }]);
  }),
  rejects("rfc5280::nc::excluded-self-issued-leaf", "A leaf is, whoever issued it.", () => {
    const anchor = root({ with: [limits({ permitted: { dns: [HOST] } })] });
    const other = { subject: "not-example.com", with: [subjectAltName({ dns: ["not-example.com"] })] };
    return { ...below(anchor, [other], other), host: "not-example.com" };
  }),
  rejects("rfc5280::nc::excluded-match-permitted-and-excluded", "Excluded outweighs permitted.", () =>
    byRoot({ permitted: { dns: [HOST] }, excluded: { dns: [HOST] } }),
  ),
  accepts("rfc5280::nc::permitted-different-constraint-type", "A limit to addresses says nothing of domains.", () =>
    byRoot({ permitted: { ip: [NETWORK] } }),
  ),
  accepts("rfc5280::nc::excluded-different-constraint-type", "Nor do excluded addresses.", () => byRoot({ excluded: { ip: [NETWORK] } })),

  rejects("rfc5280::nc::invalid-dnsname-wildcard", "A limit is no pattern.", () =>
    byRoot({ permitted: { dns: ["*.example.com"] } }, "foo.example.com"),
  ),
  rejects(
    "rfc5280::nc::invalid-dnsname-leading-period",
    "A limit to domains has no dot in front, though nearly everybody reads one.",
    () => byRoot({ permitted: { dns: [".example.com"] } }, "foo.example.com"),
    PEDANTIC,
  ),
  rejects("rfc5280::nc::invalid-ipv4-address", "A limit to addresses without a mask.", () =>
    byRoot({ permitted: { ip: ["127.0.0.1"] } }, "127.0.0.1"),
  ),
  rejects("rfc5280::nc::invalid-ipv6-address", "The same of IPv6.", () => byRoot({ permitted: { ip: ["::1"] } }, "::1")),
  rejects(
    "rfc5280::nc::permitted-empty-sequence-excluded-nonempty",
    "A list of what is permitted names something, or permits nothing.",
    () => byAuthority({ permitted: {}, excluded: { dns: ["forbidden.example.com"] } }),
  ),
  accepts("rfc5280::nc::permitted-nonempty-excluded-nonempty", "The same with something in the list.", () =>
    byAuthority({ permitted: { dns: [HOST] }, excluded: { dns: ["forbidden.example.com"] } }),
  ),
  rejects(
    "rfc5280::nc::permitted-nonempty-excluded-empty-sequence",
    "A list of what is excluded that names nothing.",
    () => byAuthority({ permitted: { dns: [HOST] }, excluded: {} }),
    PEDANTIC,
  ),
  rejects(
    "rfc5280::nc::not-allowed-in-ee-noncritical",
    "A leaf limits nobody.",
    () => direct({}, { with: [nameConstraints({ permitted: { dns: [HOST] } }, { critical: false })] }),
    PEDANTIC,
  ),
  rejects(
    "rfc5280::nc::not-allowed-in-ee-critical",
    "The same where it is critical.",
    () => direct({}, { with: [limits({ permitted: { dns: [HOST] } })] }),
    PEDANTIC,
  ),

  rejects("rfc5280::nc::intermediate-with-san-rejected-by-intermediate-nc", "Names of an authority below count too.", () => ({
    ...through([{ with: [limits(PERMITTED_BUT)] }, FORBIDDEN_NAME], { dns: ["permitted.example.com"] }),
    host: "permitted.example.com",
  })),
  rejects("rfc5280::nc::intermediate-with-san-rejected-by-root-nc", "So they do when the root limits them.", () => ({
    ...below(root({ with: [limits(PERMITTED_BUT)] }), [{}, FORBIDDEN_NAME], { dns: ["permitted.example.com"] }),
    host: "permitted.example.com",
  })),
  rejects("rfc5280::nc::restrictive-permits-in-intermediates-narrows", "The lower permits less.", () =>
    twoLimits([FOO_HOST, BAR_HOST], [BAR_HOST]),
  ),
  rejects("rfc5280::nc::restrictive-permits-in-intermediates-widens", "The lower permits more than it has.", () =>
    twoLimits([BAR_HOST], [FOO_HOST, BAR_HOST]),
  ),
  rejects("rfc5280::nc::nc-permits-invalid-dns-san", "A name that is none lies in no domain.", () =>
    byAuthority({ permitted: { dns: [HOST] } }, FOO_HOST, { dns: [".example.com", FOO_HOST] }),
  ),
  rejects("rfc5280::nc::nc-permits-invalid-ip-san", "An address with a mask lies in no network.", () =>
    byAuthority({ permitted: { ip: [NETWORK] } }, "192.0.2.1", { ip: [NETWORK, "192.0.2.1"] }),
  ),
  accepts("rfc5280::nc::nc-forbids-alternate-chain-ica", "One certificate of the issuer leads nowhere, the other to the root.", () => {
    const [discarded, anchor] = [root(), root()];
    const limited = authority(anchor, { with: [limits(PERMITTED_BUT)] });
    const issuer = { key: newKey(), subject: "issued twice" };
    const nowhere = authority(discarded, { ...issuer, ...FORBIDDEN_NAME });
    const end = leaf(nowhere, { dns: ["permitted.example.com"] });
    return { chain: [end, limited, nowhere, authority(limited, issuer)], roots: [anchor], host: "permitted.example.com" };
  }),
  accepts("rfc5280::nc::nc-forbids-same-chain-ica", "Both lead to a root, and one of them is excluded on its way.", () => {
    const [limiting, free] = [root(), root()];
    const limited = authority(limiting, { with: [limits({ excluded: { dns: ["forbidden.example.com"] } })] });
    const issuer = { key: newKey(), subject: "issued twice" };
    const excluded = authority(limited, { ...issuer, ...FORBIDDEN_NAME });
    const permitted = authority(free, { ...issuer, with: [subjectAltName({ dns: ["unconstrained-ica.example.com"] })] });
    const host = "unconstrained.example.com";
    return { chain: [leaf(excluded, { dns: [host] }), limited, excluded, permitted], roots: [limiting, free], host };
  }),
  rejects("rfc5280::nc::nc-forbids-othername", "A limit that nobody can read, on a name that is there.", () =>
    byAuthority({ permitted: { dns: [HOST] }, excluded: { other: [PRIVATE_NAME] } }, HOST, { dns: [HOST], other: [PRIVATE_NAME] }),
  ),
  accepts(
    "rfc5280::nc::nc-forbids-othername-noop",
    "The same where no such name is there; some refuse what they cannot read.",
    () => byAuthority({ permitted: { dns: [HOST] }, excluded: { other: [PRIVATE_NAME] } }),
    PEDANTIC,
  ),
  rejects("rfc5280::nc::nc-forbids-dnsname-wildcard-san", "A pattern that an excluded host would match.", () =>
    byAuthority({ excluded: { dns: ["bar.example.com"] } }, FOO_HOST, { dns: ["*.example.com"] }),
  ),
];

/** x509-limbo, webpki::nc (Baseline Requirements section 7.1.2.5.2). */
export const WEB_NAME_CONSTRAINTS: readonly PathVector[] = [
  accepts("webpki::nc::permitted-dns-match-noncritical", "It may be other than critical, and limits all the same.", () =>
    direct({ with: [nameConstraints({ permitted: { dns: [HOST] } }, { critical: false })] }),
  ),
  rejects("webpki::nc::intermediate-permitted-excluded-subtrees-both-null", "A limit that holds neither list.", () =>
    through([{ with: [unknown(EXTENSION.nameConstraints, sequence(), { critical: true })] }]),
  ),
  rejects("webpki::nc::intermediate-permitted-excluded-subtrees-both-empty-sequences", "A limit whose lists are empty.", () =>
    byAuthority({ permitted: {}, excluded: {} }),
  ),
];

/** x509-limbo, cve: names. */
export const NAME_DEFECTS: readonly PathVector[] = [
  rejects("cve::cve-2025-61727", "A wildcard that stands for an excluded host.", () =>
    byAuthority({ permitted: { dns: [HOST] }, excluded: { dns: ["bar.example.com"] } }, "bar.example.com", { dns: ["*.example.com"] }),
  ),
  rejects("cve::cve-2025-61727-nc-permits-variant", "A wildcard that stands for more than is permitted.", () =>
    byAuthority({ permitted: { dns: [FOO_HOST] } }, FOO_HOST, { dns: ["*.example.com"] }),
  ),
];

const NETWORK = "192.0.2.0/24";
const FOO: GeneralNames = { dirName: ["foo"] };
const FOO_HOST = "foo.example.com";
const BAR_HOST = "bar.example.com";
const PERMITTED_BUT: NameConstraints = { permitted: { dns: ["permitted.example.com"] }, excluded: { dns: ["forbidden.example.com"] } };
const FORBIDDEN_NAME = { with: [subjectAltName({ dns: ["forbidden.example.com"] })] };
const PRIVATE_NAME = { id: "1.3.6.1.4.1.55738.666.3", value: nothing() };

function limits(constraints: NameConstraints): Extension {
  return nameConstraints(constraints);
}

function byRoot(constraints: NameConstraints, host = HOST, names = named(host)) {
  return { ...direct({ with: [limits(constraints)] }, { names }), host };
}

function byAuthority(constraints: NameConstraints, host = HOST, names = named(host)) {
  return { ...through([{ with: [limits(constraints)] }], { names }), host };
}

function named(host: string): GeneralNames {
  return /^[\d.]+$|:/.test(host) ? { ip: [host] } : { dns: [host] };
}

/** The host's name is beside, which theirs do without: nothing is asked of a server that has no name. */
function byName(constraints: NameConstraints, subject: Name, alternative: Name) {
  return direct({ with: [limits(constraints)] }, { subject, names: { dns: [HOST], dirName: [alternative] } });
}

function twoLimits(upper: readonly string[], lower: readonly string[]) {
  const limited = [upper, lower].map((dns) => ({ with: [limits({ permitted: { dns } })] }));
  return { ...through(limited, { dns: [FOO_HOST] }), host: FOO_HOST };
}
