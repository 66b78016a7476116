import type { HeaderLeak } from "../../../model/head-facts.ts";
import type { HttpAnswer } from "../../../model/net-port.ts";

export function headerLeaks(_headers: HttpAnswer["headers"]): readonly HeaderLeak[] {
  return [];
}
