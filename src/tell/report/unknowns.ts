import type { UnknownGroup } from "../view/report-view.ts";
import { REASON_WORDS } from "../view/words.ts";
import { counted, firstOf, paragraph } from "./prose.ts";
import { type Detail, type Style, symbol } from "./style.ts";

/** What could not be judged, by reason: neither a pass nor a failure, so it stands by itself. */
export function renderUnknowns(groups: readonly UnknownGroup[], style: Style, detail: Detail): string {
  return groups
    .map((group) => {
      const { says, next } = REASON_WORDS[group.reason];
      const names = group.integrations.map(({ id, rules }) => `${id} (${firstOf(rules, detail === "full" ? rules.length : RULES_SHOWN)})`);
      const shown = detail === "full" ? names.length : INTEGRATIONS_SHOWN;
      return [
        paragraph(`${counted(group.count, "question")}: ${says}`, style, { indent: 2, lead: `${symbol("unknown", style)} ` }),
        paragraph(firstOf(names, shown), style, { indent: 4, tone: "faint" }),
        paragraph(next, style, { indent: 4, lead: `${symbol("arrow", style)} ` }),
      ].join("\n");
    })
    .join("\n");
}

const INTEGRATIONS_SHOWN = 3;
const RULES_SHOWN = 3;
