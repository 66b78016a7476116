import { isUnsaid } from "../../said.ts";
import type { Detector } from "../detector.ts";
import { isOfDocument } from "./documents.ts";

/** How the tax office treats somebody: class, filing status, exemption. */
export const taxStatus: Detector = {
  class: "tax_status",
  over: ["free_text"],
  inText: false,
  needsName: true,
  isNamed: ({ name }) => CUE.test(name),
  detect: ({ text, near }, surroundings) => {
    if (
      /^tax$|vehicle/.test(surroundings.above[0] ?? "") ||
      ["tax due date", "make", "registration number", "mot status", "vin"].some((name) => surroundings.beside.has(name))
    )
      return undefined;
    if (isUnsaid(text)) return undefined;
    if (text.length > 40 || !/^[\p{L}\p{N}][\p{L}\p{N} _/.-]*$/u.test(text)) return undefined;
    return isOfDocument(surroundings, near) ? { veto: "label" } : { confidence: 0.85 };
  },
};

const CUE =
  /(?:^| )(?:filing status|tax (?:filing )?status|tax filing|tax exempt(?:ion)?(?: status| reason)?|tax residency(?: status)?|steuerklasse|tax class|steuerstatus|regime fiscal|regimen fiscal|church tax|kirchensteuer(?:merkmal)?|withholding status|skattekort|skattetabel|skattetabell|loonheffingskorting|detrazione coniuge|coniuge a carico|w 4 filing status)$/;
