import type { Surroundings } from "../../fields.ts";
import type { Detector } from "../detector.ts";
import { documentKindBeside } from "./document-kind.ts";

/** When a passport, a licence or an identity card was issued, or ends. */
export const idDocumentDate: Detector = {
  class: "id_document_date",
  over: ["card_expiry"],
  inText: false,
  needsName: true,
  isNamed: ({ name }) => OWN.test(name) || DATE_NAME.test(name),
  detect: ({ text, near }, surroundings) => {
    if (!DATE.test(text)) return undefined;
    if (OWN.test(surroundings.name)) return { confidence: 0.92 };
    return isOnDocument(surroundings) || isIdentity(documentKindBeside(surroundings, near))
      ? { confidence: 0.85, cues: ["record"] }
      : undefined;
  },
};

function isOnDocument({ above, beside }: Surroundings): boolean {
  return (
    IDENTITY.test(above[0] ?? "") ||
    (beside.has("document number") && beside.has("document type")) ||
    [...beside].some((name) => OWN_NUMBER.test(name))
  );
}

function isIdentity(kind: ReturnType<typeof documentKindBeside>): boolean {
  return kind === "passport" || kind === "driver_license" || kind === "national_id";
}

const OWN =
  /(?:^| )(?:passport|licen[cs]e|id card|identity card|national id|visa|travel document|id document|identity document|driver license|ausweis) (?:expir(?:y|ation|e)(?: date| on| at)?|expires(?: on| at)?|issue(?:d)?(?: date| on)?|valid (?:until|to|from)|date of (?:issue|expiry))$/;
const DATE_NAME =
  /^(?:expir(?:y|ation)(?: ?date)?|expires(?: on| at)?|expire(?: on| at| date)?|expiration|valid (?:until|to|from|thru)|issued?(?: on| at| date)?|issue date|issuance date|date of (?:issue|expiry|expiration)|date issued|gultig bis|ausgestellt am|fecha (?:de )?(?:expedicion|vencimiento|caducidad)|date (?:de )?(?:delivrance|expiration)|data (?:de )?(?:emissao|validade))$/;
const IDENTITY =
  /(?:^| )(?:passport|driver ?licen[cs]e|driving ?licen[cs]e|id card|identity card|identity document|id document|travel document|national id|identification|government id|ausweis|personalausweis|reisepass|visa|licen[cs]e)$/;
const OWN_NUMBER = /^(?:passport number|passport no|driver license number|driving licence number|travel document number|id card number)$/;
const DATE = /^\d{4}-\d\d(?:-\d\d(?:T.*)?)?$|^\d\d?[./-]\d\d?[./-]\d{2,4}$|^\d{8}$|^\d\d? \p{L}{3,9} \d{4}$/u;
