import type { Observation } from "../evidence/observation.ts";
import type { Integration } from "../model/integration.ts";
import { err } from "../model/result.ts";
import type { ProbeContext } from "../observe/probes/probe.ts";
import { type Login, logIn, tokenRequestProbe } from "../observe/probes/token-request.ts";
import { notAsked, unseen } from "./unseen.ts";

/** Logs in when the first request needs it, once in an audit; the token is kept for as long. */
export function loginOf(
  integration: Integration,
  context: ProbeContext,
): {
  readonly accessToken: () => Promise<Login["token"]>;
  /** Undefined, and none, where nobody needed a token. */
  readonly token: () => Promise<Login["token"] | undefined>;
  readonly observations: () => Promise<readonly Observation[]>;
} {
  let login: Promise<Login> | undefined;
  return {
    accessToken: async () => {
      login ??= guardedLogin(integration, context);
      return (await login).token;
    },
    token: async () => (await login)?.token,
    observations: async () => (login === undefined ? [] : [(await login).observation as unknown as Observation]),
  };
}

/** A bug of ours in it must not cost the run. */
async function guardedLogin(integration: Integration, context: ProbeContext): Promise<Login> {
  try {
    return await logIn(integration, integration.environment, context);
  } catch {
    const { origin } = new URL(integration.auth.token?.url ?? integration.baseUrl);
    const observation = unseen(tokenRequestProbe, { origin }, "failed", notAsked("internal"), context.clock);
    return { token: err("internal"), observation: observation as unknown as Login["observation"] };
  }
}
