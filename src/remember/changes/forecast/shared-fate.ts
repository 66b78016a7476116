import { type CertificateSighting, FATE_TIES, type FateTie, type SharedFateForecast } from "../../../model/forecast.ts";
import { DAY, type Instant } from "../../../model/instant.ts";

/** A certificate that an integration depends on now, and where it is served from. */
export interface ServedCertificate {
  /** Integration id. */
  readonly integration: string;
  readonly certificate: CertificateSighting;
  readonly addresses: readonly string[];
}

/** Weeks of the next half year in which certificates of several integrations end together, most integrations first. */
export function sharedFates(served: readonly ServedCertificate[], now: Instant): readonly SharedFateForecast[] {
  const ending = served.filter(({ certificate: { notAfter } }) => notAfter > now && notAfter - now <= HORIZON);
  const groups = new Map<
    string,
    { readonly week: Instant; readonly tie: FateTie; readonly name: string; readonly integrations: Set<string> }
  >();
  for (const one of ending) {
    const week = weekOf(one.certificate.notAfter);
    for (const { tie, name } of tiesOf(one)) {
      const key = JSON.stringify([week, tie, name]);
      const group = groups.get(key) ?? { week, tie, name, integrations: new Set() };
      groups.set(key, group);
      group.integrations.add(one.integration);
    }
  }
  const shared = [...groups.values()].filter(({ tie, integrations }) => integrations.size >= LEAST[tie]);
  return withTiesTogether(shared).sort(
    (a, b) => b.n - a.n || a.week - b.week || (a.integrations[0] ?? "").localeCompare(b.integrations[0] ?? "", "en"),
  );
}

/** Monday 00:00 UTC; the epoch was a Thursday. */
export function weekOf(instant: Instant): Instant {
  return Math.floor((instant + 3 * DAY) / WEEK) * WEEK - 3 * DAY;
}

function tiesOf({ certificate, addresses }: ServedCertificate): readonly { readonly tie: FateTie; readonly name: string }[] {
  return [
    { tie: "leaf", name: certificate.sha256 },
    ...addresses.map((name) => ({ tie: "address", name }) as const),
    { tie: "issuer", name: certificate.issuer },
  ];
}

/** The same integrations in the same week are one fate, however many ties there are. */
function withTiesTogether(
  groups: readonly { readonly week: Instant; readonly tie: FateTie; readonly name: string; readonly integrations: ReadonlySet<string> }[],
): SharedFateForecast[] {
  const fates = new Map<string, SharedFateForecast>();
  for (const { week, tie, name, integrations } of groups) {
    const members = [...integrations].sort();
    const key = JSON.stringify([week, members]);
    const known = fates.get(key);
    const ties = [...(known?.ties ?? []), { tie, name }].sort(
      (a, b) => FATE_TIES.indexOf(a.tie) - FATE_TIES.indexOf(b.tie) || (a.name < b.name ? -1 : 1),
    );
    fates.set(key, { question: "shared-fate", n: members.length, confidence: "high", week, ties, integrations: members });
  }
  return [...fates.values()];
}

/** Two behind one certificate or address are news; the same issuer is news from three on. */
const LEAST: Readonly<Record<FateTie, number>> = { leaf: 2, address: 2, issuer: 3 };
const WEEK = 7 * DAY;
const HORIZON = 26 * WEEK;
