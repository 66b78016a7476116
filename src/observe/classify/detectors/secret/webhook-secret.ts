import type { Surroundings } from "../../fields.ts";
import { isAboutAnother } from "../../names.ts";
import { isPlaceholder } from "../../values.ts";
import type { Detector } from "../detector.ts";
import { bareSecretClass } from "./bare-secret.ts";
import { lookHit } from "./secret-value.ts";

/** What messages to a webhook are signed with: by its name, by a prefix that several senders share, or a `secret` beside events and a URL. */
export const webhookSecret: Detector = {
  class: "webhook_secret",
  over: ["client_secret", "api_key", "access_token", "password"],
  inText: true,
  isNamed,
  detect: ({ text, type }, surroundings) => {
    if (type === "number") return undefined;
    if (PREFIXED.test(text)) return { confidence: 0.98, sample: isPlaceholder(text), cues: ["prefix"] };
    return isNamed(surroundings) ? lookHit(text, 8, 0.95) : undefined;
  },
};

function isNamed(surroundings: Surroundings): boolean {
  if (bareSecretClass(surroundings) === "webhook_secret") return true;
  const { name } = surroundings;
  return NAMES.test(name) && !isAboutAnother(name) && !/\b(?:public|name|algorithm|header)\b/.test(name);
}

const PREFIXED = /^whsec_[\w+/=-]{16,200}$/;
const NAMES =
  /\b(?:(?:web ?)?hook (?:[a-z]+ )?(?:secret|token|key)|webhooksecret|(?:web ?hook )?signing (?:secret|key)|signature (?:secret|key)|hmac (?:secret|key)|event secret|callback secret|notification secret|secret token)(?: value)?$/;
