import { describe, expect, it } from "vitest";
import { jwt } from "../../../../../src/observe/classify/detectors/secret/jwt.ts";
import { asker } from "../support.ts";

const ask = asker(jwt);
const part = (content: unknown) => Buffer.from(JSON.stringify(content)).toString("base64url");
const TOKEN = `${part({ alg: "ES256", typ: "JWT" })}.${part({ sub: "u1" })}.c2lnbmF0dXJl`;

describe("jwt", () => {
  it("is proved by a header with an algorithm", () => {
    expect(ask(TOKEN, "anything")).toEqual({ confidence: 0.99, sample: false });
  });

  it("takes one without a signature, and the five parts of a JWE", () => {
    expect(ask(`${part({ alg: "none" })}.${part({ sub: "u1" })}.`)).toEqual({ confidence: 0.99, sample: false });
    expect(ask(`${part({ alg: "dir", enc: "A256GCM" })}.a.b.c.d`)).toEqual({ confidence: 0.99, sample: false });
  });

  it("marks the token of every tutorial", () => {
    const tutorial = `${part({ alg: "HS256" })}.${part({ sub: "1234567890" })}.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c`;
    expect(ask(tutorial)).toEqual({ confidence: 0.99, sample: true });
  });

  it.each([
    ["two parts", `${part({ alg: "ES256" })}.abc`],
    ["no algorithm", `${part({ typ: "JWT" })}.${part({})}.abc`],
    ["an algorithm that is no text", `${part({ alg: 1 })}.${part({})}.abc`],
    ["a header that is no JSON", "eyJhb.eyJhb.abc"],
    ["an empty payload", `${part({ alg: "ES256" })}..abc`],
    ["other characters", `${part({ alg: "ES256" })}.a b.c`],
    ["a version", "1.2.3"],
    ["six parts", `${part({ alg: "ES256" })}.a.b.c.d.e`],
  ])("is not one with %s", (_why, text) => {
    expect(ask(text, "jwt")).toBeUndefined();
  });
});
