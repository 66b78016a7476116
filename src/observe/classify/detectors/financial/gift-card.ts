import { hasAbove, isAboutFields } from "../../around.ts";
import type { Surroundings } from "../../fields.ts";
import { isStandIn } from "../../said.ts";
import { UUID } from "../../uuid.ts";
import type { Detector } from "../detector.ts";

/** Whoever has the code has the money. Codes of a campaign are for everybody. */
export const giftCard: Detector = {
  class: "gift_card",
  over: ["payment_card", "phone", "api_key", "free_text", "card_bin", "pin"],
  inText: false,
  needsName: true,
  isNamed,
  detect: ({ text }) => {
    if (!CODE.test(text) || !/\d/.test(text) || UUID.test(text)) return undefined;
    return { confidence: 0.92, sample: isStandIn(text) };
  },
};

function isNamed(surroundings: Surroundings): boolean {
  if (isAboutFields(surroundings) || NOT_THE_CODE.test(surroundings.name)) return false;
  return STRONG.test(surroundings.name) || (VAGUE.test(surroundings.name) && hasAbove(surroundings, GIFT_CARDS, 2));
}

const CODE = /^[A-Z0-9](?:[A-Z0-9 -]{4,38})[A-Z0-9]$/i;
const STRONG =
  /\b(?:gift ?(?:card|certificate|voucher) ?(?:code|number|no|pin|pan|gan)|giftcard(?:code|number)|gan|store credit code|stored value (?:card )?number|geschenkkarten(?:nummer|code)|gutscheinnummer|geschenkgutschein(?:code|nummer)?|(?:codigo|numero) (?:de )?(?:la )?tarjeta (?:de )?regalo|code (?:de )?carte cadeau|codigo (?:do )?(?:vale|cartao) presente|codice carta regalo|voucher (?:code|pin|number)|numero (?:de )?(?:la )?carte cadeau|cadeaukaart(?:nummer|code)?|presentkort(?:snummer|skod)?|gavekort(?:nummer|kode)?)$|^gift ?card$/;
const VAGUE =
  /^(?:code|codigo|codice|number|numero|nummer|card number|card code|redemption code|claim code|pin|serial|serial number|card no)$/;
const GIFT_CARDS = /\b(?:gift ?card|gift certificate|store credit|geschenkkarte|tarjeta regalo|carte cadeau|stored value card|giftcard)$/;
const NOT_THE_CODE = /\b(?:last|masked|currency|status|count|error|discount)\b/;
