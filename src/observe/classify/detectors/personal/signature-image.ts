import type { Detector } from "../detector.ts";

/** Somebody's signature, drawn; a signature that a machine computed is none. */
export const signatureImage: Detector = {
  class: "signature_image",
  over: ["photo_url", "free_text", "secret_url"],
  inText: false,
  needsName: true,
  isNamed: ({ name, above }) => CUE.test(name) || (PART.test(name) && CUE.test(above[0] ?? "")),
  detect: ({ text, type }, { name }) => {
    if (type === "number") return undefined;
    const beginning = text.slice(0, 256);
    if (/^data:image\//i.test(beginning) || IMAGE.test(beginning)) return { confidence: 0.95, cues: ["shape"] };
    if (/^https?:\/\//i.test(beginning)) return { confidence: IMAGE_NAME.test(name) || IMAGE_LINK.test(beginning) ? 0.9 : 0.5 };
    return undefined;
  },
};

const CUE =
  /(?:^| )(?:signature|signature (?:image|photo|picture|scan|png|svg|url|image url|image uri|image base 64|data|data ur[il]|file|base 64)|signed image|unterschrift|firma digitalizada|assinatura|handtekening|podpis|firma grafometrica|underskrift|(?:signature|initials?|image) ?base ?64|image base 64|initial image(?: uri| url)?)$/;
const PART = /^(?:image|data|url|src|png|base 64|content|uri|href|file)$/;
const IMAGE_NAME = /\b(?:image|photo|picture|scan|png|svg)\b/;
const IMAGE_LINK = /\.(?:png|jpe?g|svg|gif|webp)(?:$|[?#])/i;
/** PNG, JPEG, GIF and SVG in base64, and SVG as it is. */
const IMAGE = /^(?:iVBORw0KGgo|\/9j\/|R0lGOD|PHN2Zy|<svg[\s>])/;
