import { ownedDomain } from "../../catalog/public-suffixes.ts";
import type { RawEvidence } from "../../evidence/redact.ts";
import { isPublicName } from "../../model/host-name.ts";
import type { NetResult } from "../../model/net-port.ts";
import type { SecurityTxtFacts } from "../../model/posture.ts";
import type { UnobservedReason } from "../../model/reason.ts";
import { err, ok } from "../../model/result.ts";
import { type Target, targetOf } from "../../model/target.ts";
import { securityTxtFacts } from "../classify/security-txt.ts";
import { observation } from "./outcome.ts";
import type { AddressQuestion, Probe, ProbeContext, SharingContext } from "./probe.ts";
import { type DocumentPlace, publishedDocument } from "./published-document.ts";

/**
 * Whom to tell of a hole: asked of the API's own host, and of its registered domain where that has nothing. One GET each, and none where another integration
 * asked the same in this run, from the same place.
 */
export const securityTxtProbe: Probe<"security-txt", AddressQuestion, SharingContext> = {
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
  context: SharingContext,
): Promise<NetResult<RawEvidence["security-txt"]>> {
  const { origin } = place.target;
  const resolution = await context.net.resolve(place.target);
  if (!resolution.ok) return resolution;
  const key = `security-txt ${resolution.value.vantage} ${place.target.publicOnly === true} ${origin}`;
  const told = await context.memo.once(key, async () => {
    const facts = await factsAt(place, context);
    return facts.ok ? ok(Buffer.from(JSON.stringify(facts.value))) : facts;
  });
  if (!told.ok) return told;
  const facts = JSON.parse(Buffer.from(told.value).toString()) as SecurityTxtFacts | null;
  return ok(facts === null ? { origin } : { origin, at, facts });
}

/** Null where there is none. */
async function factsAt(place: DocumentPlace, context: ProbeContext): Promise<NetResult<SecurityTxtFacts | null>> {
  const published = await publishedDocument(place, context, "text/plain");
  if (!published.ok) return published;
  if (published.value.state === "hidden") return err(published.value.failure);
  if (published.value.state === "gone") return ok(null);
  return ok(securityTxtFacts(published.value.text, published.value.contentType) ?? null);
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
