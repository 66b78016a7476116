import type { Surroundings } from "../../fields.ts";
import { isAboutAnother } from "../../names.ts";
import type { Detector } from "../detector.ts";
import { lookHit } from "./secret-value.ts";

/** What new access tokens are given out for (RFC 6749 section 1.5): by its name. */
export const refreshToken: Detector = {
  class: "refresh_token",
  over: ["access_token", "api_key", "password", "session_token"],
  inText: false,
  needsName: true,
  isNamed,
  detect: ({ text, type }) => (type === "number" ? undefined : lookHit(text, 8, 0.97)),
};

function isNamed({ name }: Surroundings): boolean {
  return NAMES.test(name) && !isAboutAnother(name);
}

const NAMES =
  /\b(?:refresh ?token|refreshtoken|offline token|renewal token|renew token|token (?:de )?(?:actualizacion|atualizacao|rafraichissement))(?: value| secret)?$/;
