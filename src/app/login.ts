import type { Observation } from "../evidence/observation.ts";
import type { Integration } from "../model/integration.ts";
import type { ProbeContext } from "../observe/probes/probe.ts";
import { type Login, logIn } from "../observe/probes/token-request.ts";

/** Logs in when the first request needs it, once in an audit; the token is kept for as long. */
export function loginOf(
  integration: Integration,
  context: ProbeContext,
): { readonly accessToken: () => Promise<Login["token"]>; readonly observations: () => Promise<readonly Observation[]> } {
  let login: Promise<Login> | undefined;
  return {
    accessToken: async () => {
      login ??= logIn(integration, integration.environment, context);
      return (await login).token;
    },
    /** None where nobody needed a token. */
    observations: async () => (login === undefined ? [] : [(await login).observation as unknown as Observation]),
  };
}
