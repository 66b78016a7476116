import type { LifecycleNotice } from "../../../model/head-facts.ts";
import type { HttpAnswer } from "../../../model/net-port.ts";

export function lifecycleNotices(_headers: HttpAnswer["headers"]): readonly LifecycleNotice[] {
  return [];
}
