import { integrationIdentity } from "../model/fingerprint.ts";
import type { Integration } from "../model/integration.ts";
import { err, ok, type Result } from "../model/result.ts";
import { carriesSecret } from "./literal-secret.ts";
import { canonicalOrigin, parseStrictly } from "./url.ts";

/**
 * The integration behind `apirisk audit TARGET` where TARGET is a URL or `host[:port]` (https): one GET of its path, no credential.
 * Its id is its origin. The error is a sentence that never repeats the target: it may hold a secret.
 */
export function adHocIntegration(target: string): Result<Integration, string> {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(target)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== "https" && scheme !== "http") return err("Only https and http URLs can be audited.");
  if (scheme === undefined && !HOST_AND_PORT.test(target)) {
    return err("The target is neither an integration of the inventory nor a host name; write https://NAME for a host without a dot.");
  }
  const authority = (scheme === undefined ? target : target.slice(scheme.length + 3)).split(/[/?#]/, 1)[0] ?? "";
  if (authority.includes("@")) {
    return err("A target may not carry a user or a password; declare an integration with a credential reference instead.");
  }
  const url = parseStrictly((scheme === undefined ? `https://${target}` : target).split("#", 1)[0] ?? "");
  if (url === undefined) return err("The target is no valid URL and no valid host[:port].");
  if (carriesSecret(url.href) || carriesSecret(safelyDecoded(url.href))) {
    return err("The target carries what looks like a secret; declare an integration with a credential reference instead.");
  }
  return ok(integrationOf(canonicalOrigin(url), url));
}

function integrationOf(origin: string, url: URL): Integration {
  return {
    id: origin,
    uid: integrationIdentity(origin, []),
    previousIds: [],
    name: origin,
    adHoc: true,
    criticality: "medium",
    environment: "production",
    dataClasses: [],
    tags: [],
    network: "public",
    baseUrl: origin,
    additionalUrls: [],
    headers: {},
    auth: { neededScopes: [] },
    authProof: { level: "none" },
    budget: {},
    endpoints: [
      {
        id: url.pathname === "/" ? "root" : url.pathname,
        method: "GET",
        path: url.pathname + url.search,
        safe: false,
        everyMs: 0,
        cost: "free",
        expect: {},
      },
    ],
    waivers: [],
  };
}

function safelyDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A bare word is a mistyped id far more often than a host: without a scheme a dot, a port, brackets or "localhost" is asked for. */
const HOST_AND_PORT = /^(?:localhost|[^/?#]*(?:[.:][^/?#]+|\][^/?#]*))(?:[/?#].*)?$/i;
