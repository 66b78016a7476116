import { ownedDomain } from "../../catalog/public-suffixes.ts";
import type { RawEvidence } from "../../evidence/redact.ts";
import { isPublicName } from "../../model/host-name.ts";
import type { NetResult } from "../../model/net-port.ts";
import type { UnobservedReason } from "../../model/reason.ts";
import { err, ok } from "../../model/result.ts";
import { type Target, targetOf } from "../../model/target.ts";
import { securityTxtFacts } from "../classify/security-txt.ts";
import { observation } from "./outcome.ts";
import type { AddressQuestion, Probe, ProbeContext } from "./probe.ts";
import { type DocumentPlace, publishedDocument } from "./published-document.ts";

/** Whom to tell of a hole: asked of the API's own host, and of its registered domain where that has nothing. One GET each. */
export const securityTxtProbe: Probe<"security-txt", AddressQuestion> = {
  id: "security-txt",
  kind: "security-txt",
  bound: () => ({ connections: 2, requests: 2 }),
  observe: ({ target, address }, context) =>
    observation(securityTxtProbe, { origin: target.origin }, context, async () => {
      const here = await askedAt({ target, address, path: PLACE }, "host", context);
      const domain = domainOf(target);
      if (domain === undefined || (here.ok ? here.value.at !== undefined : here.error.phase !== "headers")) return here;
      const there = await askedAt({ target: domain, path: PLACE }, "domain", context);
      if (there.ok && (here.ok || there.value.at !== undefined)) return ok({ ...there.value, origin: target.origin });
      // That there is none is only known where both were heard.
      return here.ok && !there.ok && !NOBODY_THERE.includes(there.error.reason) ? there : here;
    }),
};

async function askedAt(
  place: DocumentPlace,
  at: "host" | "domain",
  context: ProbeContext,
): Promise<NetResult<RawEvidence["security-txt"]>> {
  const published = await publishedDocument(place, context, "text/plain");
  if (!published.ok) return published;
  const { origin } = place.target;
  if (published.value.state === "hidden") return err(published.value.failure);
  if (published.value.state === "gone") return ok({ origin });
  const facts = securityTxtFacts(published.value.text, published.value.contentType);
  return ok(facts === undefined ? { origin } : { origin, at, facts });
}

/** Of a name that somebody registered, where it is another one and has TLS at the usual port. */
function domainOf({ integration, environment, host, port, scheme }: Target): Target | undefined {
  const domain = isPublicName(host) && scheme === "https" && port === 443 ? ownedDomain(host) : undefined;
  if (domain === undefined || domain === host) return undefined;
  return { ...targetOf(integration, environment, `https://${domain}`), publicOnly: true };
}

/** The domain has no server, or none for the public. */
const NOBODY_THERE: readonly UnobservedReason[] = ["dns_not_found", "dns_no_address", "connect_refused", "address_not_allowed"];
const PLACE = "/.well-known/security.txt";
