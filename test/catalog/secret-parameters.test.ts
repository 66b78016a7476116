import { expect, test } from "vitest";
import { secretParameter } from "../../src/catalog/secret-parameters.ts";

test.each([
  ["access_token", "token"],
  ["API_KEY", "token"],
  ["X-Amz-Signature", "signature"],
  ["sig", "signature"],
  ["code", undefined],
  ["limit", undefined],
  ["X-Amz-Date", undefined],
  ["constructor", undefined],
])("%s carries %s", (name, kind) => {
  expect(secretParameter(name)).toBe(kind);
});
