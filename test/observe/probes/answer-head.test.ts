import { describe, expect, it } from "vitest";
import type { HttpAnswer } from "../../../src/model/net-port.ts";
import { answerHead } from "../../../src/observe/probes/answer-head.ts";

const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const tokenWith = (claims: object) => `${base64url({ alg: "RS256" })}.${base64url(claims)}.c2lnbmF0dXJlLXRoYXQtaXMtbm9uZQ`;

const leaksOf = async (headers: HttpAnswer["headers"]) => {
  const { leaks } = await answerHead({ httpVersion: "1.1", status: 200, headers, body: new Uint8Array() }, 0, {});
  return leaks.map(({ field, what }) => `${field} ${what}`);
};

describe("what the head of an answer says of a person", () => {
  it.each([
    ["x-context", tokenWith({ email: "ada@lovelace.dev" }), ["x-context person", "x-context session"]],
    ["x-context", encodeURIComponent(`"${tokenWith({ email: "ada@lovelace.dev" })}"`), ["x-context person", "x-context session"]],
    ["set-cookie", `sid=${tokenWith({ email: "ada@lovelace.dev" })}; Secure`, ["set-cookie person"]],
    ["x-context", tokenWith({ exp: 1 }), ["x-context session"]],
    ["x-context", "none", []],
  ])("is read in the claims of a token, wherever it stands: %s: %s", async (field, value, leaks) => {
    expect(await leaksOf([[field, value]])).toEqual(leaks);
  });
});
