import { type DatedFacts, loadFacts } from "./load.ts";

/**
 * Where the registry of a domain can be asked (RFC 9224 section 4), ending with a slash. Undefined where no server is known that answers
 * over https. `domain`, or a name below it: lower case, A-labels.
 */
export function rdapServer(domain: string): URL | undefined {
  const ending = domain.slice(domain.lastIndexOf(".") + 1);
  const service = loadFacts("rdap-servers", isRdapFacts).services.find(({ endings }) => endings.includes(ending));
  return service === undefined ? undefined : new URL(service.url.replaceAll("{tld}", ending));
}

/** Every ending that a server is known for. */
export function rdapEndings(): readonly string[] {
  return loadFacts("rdap-servers", isRdapFacts).services.flatMap(({ endings }) => endings);
}

interface RdapFacts extends DatedFacts {
  /** `{tld}` in a URL stands for the ending. */
  readonly services: readonly { readonly url: string; readonly endings: readonly string[] }[];
}

function isRdapFacts(candidate: unknown): candidate is RdapFacts {
  const { services } = candidate as Partial<RdapFacts>;
  return Array.isArray(services) && services.every(isService);
}

function isService({ url, endings }: RdapFacts["services"][number]): boolean {
  return (
    /^https:\/\/[a-z0-9.{}-]+\/([A-Za-z0-9{}-]+\/)*$/.test(url) &&
    Array.isArray(endings) &&
    endings.every((one) => /^[a-z0-9-]+$/.test(one))
  );
}
