import { describe, expect, it } from "vitest";
import type { TlsAnswer, TlsOffer } from "../../../src/model/tls-offer.ts";
import { Costumes } from "../../../src/observe/probes/tls-costumes.ts";
import { FeatureLog } from "../../../src/observe/probes/tls-feature-log.ts";

const ECDSA_SUITE = 0xc02b;
const RSA_SUITE = 0xc02f;
const SCHEMES = [0x0403, 0x0807, 0x0804];
/** Of everything, of ECDSA suites with what is no scheme of that certificate, and of RSA suites. */
const WIDE = offer([ECDSA_SUITE, RSA_SUITE], SCHEMES);
const FOR_ECDSA = offer([ECDSA_SUITE], [0x0807]);
const FOR_RSA = offer([RSA_SUITE], [0x0804]);
const REFUSED: TlsAnswer = { type: "alert", level: 2, description: 40 };
const RESET: TlsAnswer = { type: "reset" };

function offer(cipherSuites: readonly number[], signatureSchemes: readonly number[]): TlsOffer {
  return { version: "TLS 1.2", cipherSuites, groups: [0x1d], signatureSchemes, shares: [] };
}

function hello(cipherSuite: number, sha256: string): TlsAnswer {
  return { type: "hello", version: "TLS 1.2", cipherSuite, helloRetryRequest: false, certificate: { sha256, key: "other" } };
}

/** After a hello of everything, which got the ECDSA certificate, and one for RSA; whatever else can be worn was. */
function nameless(): { readonly take: (offer: TlsOffer) => ReturnType<Costumes["take"]>; readonly costumes: Costumes } {
  const log = new FeatureLog();
  const costumes = new Costumes(log, true);
  const named: readonly [TlsOffer, TlsAnswer][] = [
    [WIDE, hello(ECDSA_SUITE, "ecdsa")],
    [FOR_RSA, hello(RSA_SUITE, "rsa")],
  ];
  for (const [asked, answer] of named) {
    log.note({ until: "flight" }, answer);
    costumes.answered(asked, answer);
  }
  const take = (asked: TlsOffer) => {
    for (let costume = costumes.take(asked); costume !== undefined; costume = costumes.take(asked))
      if (costume.want.sni === false) return costume;
      else costume.settle(hello(ECDSA_SUITE, "ecdsa"), undefined);
    return undefined;
  };
  return { take, costumes };
}

const said = (costumes: Costumes) => costumes.facts(true).withoutName;

describe("a hello without a name", () => {
  it("that gets the certificate of a hello of everything needs no other", () => {
    const { take, costumes } = nameless();
    const costume = take(FOR_ECDSA);
    const answer = hello(ECDSA_SUITE, "ecdsa");
    expect(costume?.fits(FOR_ECDSA, answer)).toBe(true);
    costume?.settle(answer, undefined);
    expect(said(costumes)).toBe("same-certificate");
    expect([...costumes.leftovers()]).not.toContain(WIDE);
  });

  it("is not worn by what asks for another certificate than that", () => {
    expect(nameless().take(FOR_RSA)).toBeUndefined();
  });

  it.each<[string, TlsAnswer, TlsAnswer]>([
    ["another certificate, for a scheme that the first one has not", hello(ECDSA_SUITE, "eddsa"), hello(ECDSA_SUITE, "eddsa")],
    ["a refusal of what was constrained", REFUSED, hello(ECDSA_SUITE, "ecdsa")],
    ["a refusal either way", REFUSED, REFUSED],
  ])("says nothing by %s: then everything is asked for both ways", (_, dressed, usual) => {
    const { take, costumes } = nameless();
    const costume = take(FOR_ECDSA);
    expect(costume?.fits(FOR_ECDSA, dressed)).toBe(false);
    costume?.settle(dressed, usual);
    expect(said(costumes)).toBeUndefined();
    expect(take(FOR_ECDSA)).toBeUndefined();
    expect([...costumes.leftovers()][0]).toBe(WIDE);
    take(WIDE)?.settle(hello(ECDSA_SUITE, "ecdsa"), undefined);
    expect(said(costumes)).toBe("same-certificate");
  });

  it.each<[string, TlsAnswer, TlsAnswer, string | undefined]>([
    ["refused", REFUSED, hello(ECDSA_SUITE, "ecdsa"), "refused"],
    ["answered with another certificate", hello(RSA_SUITE, "rsa"), hello(ECDSA_SUITE, "ecdsa"), "other-certificate"],
    ["answered with the one that comes with the name now", hello(RSA_SUITE, "new"), hello(RSA_SUITE, "new"), "same-certificate"],
    ["refused either way", REFUSED, REFUSED, undefined],
    ["lost", RESET, hello(ECDSA_SUITE, "ecdsa"), undefined],
  ])("that asks for everything and is %s", (_, dressed, usual, expected) => {
    const { take, costumes } = nameless();
    const costume = take(WIDE);
    expect(costume?.fits(WIDE, dressed)).toBe(false);
    costume?.settle(dressed, usual);
    expect(said(costumes)).toBe(expected);
  });
});
