import { describe, expect, it } from "vitest";
import { clientSecret } from "../../../../../src/observe/classify/detectors/secret/client-secret.ts";
import { asker } from "../support.ts";

const ask = asker(clientSecret);
const OPAQUE = "q7Zp2LmX9vKd4RtBw8YnC3";

describe("client_secret", () => {
  it.each(["client_secret", "clientSecret", "AppSecret", "consumer-secret", "oauth2_client_secret", "applicationSecret"])(
    "is known by the name %s",
    (key) => {
      expect(ask(OPAQUE, key)).toMatchObject({ confidence: 0.97 });
    },
  );

  it("takes a UUID, and marks what stands for one", () => {
    expect(ask("3f0e7c0a-6a55-4a0f-9d8c-0d3f2b1c4e5a", "client_secret")).toMatchObject({ confidence: 0.87, sample: false });
    expect(ask("YOUR_CLIENT_SECRET", "client_secret")).toMatchObject({ sample: true });
  });

  it("takes any other secret that is opaque, unless the record says what it is for", () => {
    expect(ask(OPAQUE, "secret")).toMatchObject({ confidence: 0.85 });
    expect(ask(OPAQUE, "secret", ["webhook"])).toBeUndefined();
    expect(ask(OPAQUE, "secret", [], ["url", "events"])).toBeUndefined();
    expect(ask(OPAQUE, "secret", [], ["qr_code"])).toBeUndefined();
    expect(ask(OPAQUE, "secret", [], ["api_key"])).toBeUndefined();
    expect(ask("111111111111", "SecretToAuthenticateTarget")).toMatchObject({ confidence: 0.65, sample: true });
  });

  it.each([
    ["secret_name", OPAQUE],
    ["secret_arn", OPAQUE],
    ["secret_version", OPAQUE],
    ["secret_question", OPAQUE],
    ["token_endpoint_auth_method", "client_secret_post"],
    ["client_secret", "client_secret_basic"],
    ["client_secret", "Client secret"],
    ["client_secret_expires_at", "1893456000"],
    ["secret", "tls-certificate"],
    ["secret", "prod/db/main"],
    ["secretRef", OPAQUE],
  ])("is not the value of %s: %s", (key, text) => {
    expect(ask(text, key)).toBeUndefined();
  });

  it("takes the second half of a role's login beside its accessor", () => {
    expect(ask("3f0e7c0a-6a55-4a0f-9d8c-0d3f2b1c4e5a", "secret_id", [], ["secret_id_accessor"])).toMatchObject({ sample: false });
    expect(ask("3f0e7c0a-6a55-4a0f-9d8c-0d3f2b1c4e5a", "secret_id")).toBeUndefined();
    expect(ask(OPAQUE, "secret_id_accessor", [], ["secret_id"])).toBeUndefined();
    expect(ask(OPAQUE, "secret_id_ttl", [], ["secret_id"])).toBeUndefined();
  });

  it.each(["oauth", "client", "oauth_client"])("takes a bare secret under %s", (above) => {
    expect(ask(OPAQUE, "secret", [above])).toMatchObject({ confidence: 0.85 });
  });

  it("knows the secret that an application's keys are made from", () => {
    expect(ask(OPAQUE, "secret_key_base")).toMatchObject({ confidence: 0.97 });
    expect(ask(OPAQUE, "secret_key_base_path")).toBeUndefined();
  });
});
