import { describe, expect, it } from "vitest";
import { authoritiesIn } from "../../src/app/certificates.ts";
import { certificateBlocks } from "../../src/model/pem.ts";
import { rootAuthority } from "../lab/support/certificate-factory.ts";

const [ONE, OTHER] = [rootAuthority({ subject: "one" }), rootAuthority({ subject: "other" })];
const LINES = ONE.pem.split("\n").length - 1;
const blocks = (text: string) => certificateBlocks(Buffer.from(text, "latin1")).map(({ number, line, der }) => [number, line, der.length]);
const whole = ONE.der.length;

describe("certificates of a file", () => {
  it.each<[string, string, readonly (readonly number[])[]]>([
    [
      "one after the other",
      ONE.pem + OTHER.pem,
      [
        [1, 1, whole],
        [2, LINES + 1, OTHER.der.length],
      ],
    ],
    ["text around them, and lines of another system", `# roots\r\n\r\n${ONE.pem.replaceAll("\n", "\r\n")}the end`, [[1, 3, whole]]],
    ["all in one line", ONE.pem.replaceAll("\n", ""), [[1, 1, whole]]],
    ["a key between", `-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n${ONE.pem}`, [[1, 4, whole]]],
    [
      "older words, and a kind that OpenSSL limits",
      ONE.pem.replaceAll("CERTIFICATE", "X509 CERTIFICATE") + ONE.pem.replaceAll("CERTIFICATE", "TRUSTED CERTIFICATE"),
      [[1, 1, whole]],
    ],
    [
      "base64 that is none",
      ONE.pem.replace(/\n./, "\n!") + ONE.pem,
      [
        [1, 1, 0],
        [2, LINES + 1, whole],
      ],
    ],
    [
      "no end before the next begins",
      `-----BEGIN CERTIFICATE-----\nAAAA\n${ONE.pem}`,
      [
        [1, 1, 0],
        [2, 3, whole],
      ],
    ],
    [
      "no end at all",
      `${ONE.pem}-----BEGIN CERTIFICATE-----\nAAAA\n`,
      [
        [1, 1, whole],
        [2, LINES + 1, 0],
      ],
    ],
    ["the end of something else", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END PRIVATE KEY-----\n", [[1, 1, 0]]],
    ["nothing inside", "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n", [[1, 1, 0]]],
    ["nothing of the kind", "nothing", []],
    ["no octet", "", []],
  ])("%s", (_, text, expected) => {
    expect(blocks(text)).toEqual(expected);
  });

  it("may be one in DER", () => {
    expect(certificateBlocks(ONE.der)).toEqual([{ number: 1, line: 1, der: ONE.der }]);
  });

  it("are four thousand at the most, and one more is damaged", () => {
    const all = certificateBlocks(Buffer.from(ONE.pem.repeat(4100)));
    expect(all).toHaveLength(4097);
    expect(all.filter(({ der }) => der.length === 0).map(({ number }) => number)).toEqual([4097]);
  });
});

describe("whom to trust", () => {
  it("is every certificate of the file, or none of them", () => {
    expect(authoritiesIn(Buffer.from(ONE.pem + OTHER.pem))).toMatchObject({ ok: true, value: [{}, {}] });
    expect(authoritiesIn(ONE.der)).toMatchObject({ ok: true, value: [{}] });
    expect(authoritiesIn(Buffer.from("nothing"))).toEqual({
      ok: false,
      error: "expected certificates in PEM form, or one in DER; found none.",
    });
  });

  it.each([
    ["damaged DER", OTHER.pem.replace(/\nMII.{4}/, "\nMIIAAAA")],
    ["base64 that is none", OTHER.pem.replace(/\n./, "\n!")],
    ["no end", OTHER.pem.slice(0, -30)],
  ])("names the one that cannot be read: %s", (_, damaged) => {
    expect(authoritiesIn(Buffer.from(ONE.pem + damaged))).toEqual({
      ok: false,
      error: `certificate 2 (line ${LINES + 1}) cannot be read.`,
    });
  });
});
