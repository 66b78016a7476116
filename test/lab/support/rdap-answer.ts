import { DAY, isoInstant } from "../../../src/model/instant.ts";

/** That must appear nowhere: of the holder, of the other contacts, and of whoever takes complaints at the registrar. */
export const CONTACTS = ["Petra Muster", "petra@holder.example", "+49.30123456", "Musterweg 7", "abuse@registrar.example"];

export interface RdapAnswer {
  readonly domain: string;
  readonly now: number;
  /** Days from `now`. */
  readonly endsIn?: number;
  readonly registrar?: { readonly name: string; readonly ianaId?: string };
  readonly status?: readonly string[];
  /** In the place of what stands here otherwise, or beside it. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/** What a registry of ICANN's answers about a domain, with every contact that it might publish. */
export function rdapAnswer({ domain, now, endsIn = 200, registrar = REGISTRAR, status = LOCKED, more = {} }: RdapAnswer) {
  const at = (eventAction: string, days: number) => ({ eventAction, eventDate: isoInstant(now + days * DAY) });
  return {
    rdapConformance: ["rdap_level_0"],
    objectClassName: "domain",
    handle: "1_DOMAIN-TEST",
    ldhName: domain.toUpperCase(),
    status,
    events: [at("registration", -900), at("last changed", -100), at("last update of RDAP database", 0), at("expiration", endsIn)],
    entities: [
      person(["registrant"]),
      {
        objectClassName: "entity",
        roles: ["registrar"],
        ...(registrar.ianaId !== undefined && { publicIds: [{ type: "IANA Registrar ID", identifier: registrar.ianaId }] }),
        vcardArray: [
          "vcard",
          [
            ["version", {}, "text", "4.0"],
            ["fn", {}, "text", registrar.name],
            ["email", {}, "text", CONTACTS[1]],
          ],
        ],
        entities: [person(["abuse"], CONTACTS[4])],
      },
      person(["administrative", "technical"]),
    ],
    nameservers: [{ objectClassName: "nameserver", ldhName: "NS1.DNS.EXAMPLE" }],
    ...more,
  };
}

export function person(roles: readonly string[], mail = CONTACTS[1]) {
  return {
    objectClassName: "entity",
    roles,
    vcardArray: [
      "vcard",
      [
        ["version", {}, "text", "4.0"],
        ["kind", {}, "text", "individual"],
        ["fn", {}, "text", CONTACTS[0]],
        ["adr", {}, "text", ["", "", CONTACTS[3], "Berlin", "", "", "DE"]],
        ["tel", { type: "voice" }, "uri", `tel:${CONTACTS[2]}`],
        ["email", {}, "text", mail],
      ],
    ],
  };
}

const REGISTRAR = { name: "Registrar of Acme, Inc.", ianaId: "292" };
const LOCKED = ["client transfer prohibited"];
