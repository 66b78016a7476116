import type { ApiDescription } from "../../model/api-description.ts";
import { ok, type Result } from "../../model/result.ts";
import type { Target } from "../../model/target.ts";
import { observation } from "./outcome.ts";
import type { Probe } from "./probe.ts";

export interface DescriptionQuestion {
  readonly target: Target;
  readonly endpoint: { readonly id: string };
  /** Name of the file, without its folder. */
  readonly file: string;
  /** What it says of the endpoint, or what is wrong with it, in words of ours. */
  readonly said: Result<ApiDescription, string>;
}

/** What an endpoint is described to answer, by a file of ours: nobody is asked, and nothing is sent. */
export const apiDescriptionProbe: Probe<"api-description", DescriptionQuestion> = {
  id: "api-description",
  kind: "api-description",
  bound: () => ({ connections: 0, requests: 0 }),
  observe: ({ target: { origin }, endpoint: { id }, file, said }, context) =>
    observation(apiDescriptionProbe, { origin, endpoint: id }, context, async () =>
      ok({ endpoint: id, file, ...(said.ok ? said.value : { state: "unavailable", paths: [], unread: [], problem: said.error }) }),
    ),
};
