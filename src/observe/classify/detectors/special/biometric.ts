import { hasAbove, isAboutFields } from "../../around.ts";
import type { Surroundings } from "../../fields.ts";
import { isStandIn } from "../../said.ts";
import type { Detector, Value } from "../detector.ts";

/** A machine's picture of a body: a long text, or a list of numbers, for a finger, a face, an eye or a voice. No fingerprint of a key. */
export const biometric: Detector = {
  class: "biometric",
  over: ["api_key", "secret_blob", "access_token", "public_key", "free_text"],
  inText: false,
  isNamed: ({ name, above }) => BODY_TEMPLATE.test(name) || (TEMPLATE.test(name) && BODY.test(above[0] ?? "")),
  detect: (value, surroundings) => {
    if (isAboutFields(surroundings) || !isMeasured(value, surroundings)) return undefined;
    if (BODY_TEMPLATE.test(surroundings.name)) return { confidence: 0.95, sample: isStandIn(value.text.slice(0, MAX_START)) };
    if (!TEMPLATE.test(surroundings.name)) return undefined;
    if (hasAbove(surroundings, BODY, 2)) return { confidence: 0.93, cues: ["above"] };
    const said = KINDS.map((kind) => value.near.beside(kind)).find((text) => text !== undefined && BODY.test(text));
    return said === undefined ? undefined : { confidence: 0.92, own: true, cues: ["beside"] };
  },
};

/** A text of 64 characters without a space, or one of at least eight numbers. */
function isMeasured({ text, type, near }: Value, { name }: Surroundings): boolean {
  if (type === "number") return near.below(name).length >= MIN_NUMBERS && near.beside(name) === undefined;
  if (type !== "string" || text.length < (BODY_TEMPLATE.test(name) || /^minutiae?$/.test(name) ? MIN_NAMED : MIN_LENGTH)) return false;
  if (DATA_URL.test(text)) return true;
  if (/^[a-z]{2,8}:\/\//i.test(text)) return false;
  const start = text.slice(0, MAX_START);
  return /^(?:[A-Z]{2,4}\d?:)?[A-Za-z0-9+/=_-]+$/.test(start) ? /\d/.test(start) : NUMBERS.test(start);
}

const MIN_LENGTH = 64;
/** Documentation shortens them. */
const MIN_NAMED = 20;
const MIN_NUMBERS = 8;
const MAX_START = 256;
const DATA_URL = /^data:(?:image|application|audio)\/[\w.+-]{1,40};base64,/;
const NUMBERS = /^\[?-?\d+\.\d+(?:[ ,]+-?\d+\.\d+(?:e-?\d+)?){4,}/;
const BODY =
  /\b(?:biometric|biometry|biometrie|biometria|face|facial|finger|fingerprint|thumb|thumbprint|iris|retina|palm|palmprint|vein|voice|speaker|hand|minutia|minutiae|fingerabdruck|gesicht|huella|huella dactilar|impressao digital|empreinte|visage|rosto|rostro)\b/;
const TEMPLATE =
  /^(?:template|embedding|encoding|descriptor|vector|feature vector|feature|minutia|minutiae|data|template data|value|sample|image|payload|record|print|model|blob|signature)$/;
const BODY_TEMPLATE =
  /\b(?:faceprint|voiceprint|fingerprint (?:template|data|image|minutia|minutiae|feature|vector|embedding)|(?:face|facial|finger|thumb|iris|retina|palm|vein|voice|speaker|hand|biometric|huella|empreinte)(?: (?:left|right|id|image|picture|photo|recognition|verification|enrol?lment|biometric))? (?:template|embedding|encoding|descriptor|vector|print|feature|feature vector|scan|data|code|geometry|minutia|minutiae|signature|sample|blob)|biometric|bio ?photo|(?:iris|retina) code(?: left| right)?|fp ?tmp|face ?tmp|fingerabdruck ?template|gesichtstemplate|voice ?print|minutia data|fingerabdruck(?:daten)?|plantilla biometrica|gabarit biometrique|template biometrico)$/;
const KINDS = ["modality", "type", "biometric type", "kind", "factor", "subtype", "finger", "body part"];
