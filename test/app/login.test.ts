import { expect, it } from "vitest";
import { loginOf } from "../../src/app/login.ts";
import type { ProbeContext } from "../../src/observe/probes/probe.ts";
import { anIntegration, NOW } from "../judge/builders.ts";
import { LOGIN } from "../judge/login-cases.ts";

it("costs no run where it crashes: there is no token, and why is told", async () => {
  const crash = () => {
    throw new Error("a bug of ours");
  };
  const clock = { now: () => NOW, monotonic: () => 0 };
  const context = { net: {}, credentials: { resolve: crash }, clock } as unknown as ProbeContext;
  const login = loginOf(anIntegration({ auth: LOGIN }), context);
  expect(await login.observations()).toEqual([]);
  expect(await login.accessToken()).toEqual({ ok: false, error: "internal" });
  expect(await login.observations()).toMatchObject([
    { kind: "token-response", key: { origin: "https://auth.acme.example" }, outcome: "failed", failure: { reason: "internal" } },
  ]);
});
