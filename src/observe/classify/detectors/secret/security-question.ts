import type { Surroundings } from "../../fields.ts";
import { isAboutAnother } from "../../names.ts";
import type { Detector } from "../detector.ts";
import { isUnderFields } from "./field-words.ts";
import { STATES } from "./secret-value.ts";

/** What somebody is asked who has forgotten the password, and what they answer. */
export const securityQuestion: Detector = {
  class: "security_question",
  over: ["password", "person_name", "free_text", "client_secret"],
  inText: false,
  needsName: true,
  isNamed,
  detect: ({ text, type, near }, { name, above }) => {
    if (type === "number" || text.length < 2 || text.length > MAX_LENGTH || STATES.test(text)) return undefined;
    if (near.isLabels() || isUnderFields(above)) return { veto: "label" };
    return { confidence: /\b(?:answer|antwort|respuesta|resposta|reponse|sicherheitsantwort)\b/.test(name) ? 0.93 : 0.85 };
  },
};

function isNamed({ name, above, beside }: Surroundings): boolean {
  if (isAboutAnother(name)) return false;
  if (NAMES.test(name)) return true;
  if (name === "answer" && beside.has("question") && FACTORS.test(`${above[0] ?? ""} ${above[1] ?? ""}`)) return true;
  return (
    /^(?:question|answer|frage|antwort|pregunta|respuesta|pergunta|resposta|reponse|text|value)(?: \d)?$/.test(name) &&
    ABOVE.test(above[0] ?? "")
  );
}

const MAX_LENGTH = 256;
const NAMES =
  /\b(?:(?:security|secret|recovery|kba|challenge|authentication|password recovery|password reset|password) ?(?:question|answer)|sicherheitsfrage|sicherheitsantwort|geheimfrage|geheimantwort|(?:pregunta|respuesta) (?:de )?(?:seguridad|secreta)|(?:pergunta|resposta) (?:de )?(?:seguranca|secreta)|(?:question|reponse) secrete)(?: \d| text)?$/;
/** Where an answer proves who somebody is. */
const FACTORS = /\b(?:factor|authenticator|mfa|credential|login|profile)\b/;
const ABOVE =
  /\b(?:(?:security|secret|challenge|kba|recovery) ?(?:question|answer)|recovery|password recovery|account recovery|kba|sicherheitsfrage)\b/;
