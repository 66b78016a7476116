import type { TlsAnswer, TlsOffer } from "../../../../src/model/tls-offer.ts";
import { type EnumerationRequest, groupsOf, offerOf } from "../../../../src/observe/enumerate/request.ts";
import type { OfferVersion } from "../../../../src/observe/enumerate/result.ts";
import { answerOf, type Server } from "./server.ts";
import { FFDHE } from "./universe.ts";

export interface Truth {
  readonly suites: ReadonlySet<number>;
  readonly groups: ReadonlySet<number>;
  readonly schemes: ReadonlySet<number>;
}

type Parts = Parameters<typeof offerOf>[1];

/** Asks the server one suite, one group, one scheme per hello. */
export function truthOf(server: Server, request: EnumerationRequest, version: OfferVersion): Truth {
  const candidates = request.candidates[version];
  if (candidates === undefined) return { suites: new Set(), groups: new Set(), schemes: new Set() };
  const everything = {
    groups: server.odd?.knownGroupsOnly || server.odd?.mostGroups ? candidates.groups.core : groupsOf(candidates),
    signatureSchemes: [...candidates.schemes.good, ...candidates.schemes.bad],
  };
  const ask = (parts: Partial<Parts> & Pick<Parts, "cipherSuites">) => {
    const offer = offerOf(version, { ...everything, ...parts });
    return hello(answerOf(server, offer), version, offer);
  };
  const shares = (groups: readonly number[]) => groups.filter((group) => request.shareable.includes(group));
  const all = [...candidates.suites.good, ...candidates.suites.bad];
  const named = version === "TLS 1.3" || version === "SSL 3.0" || server.odd?.knownGroupsOnly || server.odd?.mostGroups ? [] : FFDHE;
  const groupsOfSuites = [everything.groups, [...everything.groups, ...named]];
  const suites = all.filter((code) =>
    groupsOfSuites.some((groups) => [[], shares(everything.groups)].some((some) => ask({ cipherSuites: [code], groups, shares: some }))),
  );
  const curves = server.certificates.flatMap(({ group }) => group ?? []);
  const lists = (group: number) => [[group], ...curves.map((curve) => [group, curve])];
  const takes = (group: number, code: number) =>
    lists(group).some((groups) =>
      [[], shares([group])].some((some) => ask({ cipherSuites: [code], groups, shares: some })?.group === group),
    );
  const groups = groupsOf(candidates).filter((group) => suites.some((code) => takes(group, code)));
  const signs = (scheme: number, code: number) => {
    const parts = { cipherSuites: [code], signatureSchemes: [scheme], shares: shares(groups) };
    return groupsOfSuites.some((list) => ask({ ...parts, groups: list })?.signatureScheme === scheme);
  };
  const schemes = everything.signatureSchemes.filter((scheme) => suites.some((code) => signs(scheme, code)));
  return { suites: new Set(suites), groups: new Set(groups), schemes: new Set(schemes) };
}

function hello(answer: TlsAnswer, version: TlsOffer["version"], offer: TlsOffer) {
  return answer.type === "hello" && answer.version === version && offer.cipherSuites.includes(answer.cipherSuite) ? answer : undefined;
}
