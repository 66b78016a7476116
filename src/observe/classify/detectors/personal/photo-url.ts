import type { Surroundings } from "../../fields.ts";
import type { Detector } from "../detector.ts";
import { personScore } from "./subject.ts";

/** A link to the picture of a person, or the picture itself. */
export const photoUrl: Detector = {
  class: "photo_url",
  over: ["free_text"],
  inText: false,
  needsName: true,
  isNamed: (surroundings) => isOwnPhoto(surroundings) || PICTURE.test(surroundings.name) || isSize(surroundings),
  detect: ({ text, type, near }, surroundings) => {
    if (type === "number" || !LINK.test(text.slice(0, MAX_LOOKED_AT))) return undefined;
    // The sizes of an avatar are those of whom it is of.
    const score = personScore(
      isSize(surroundings) && OWN.test(surroundings.above[0] ?? "")
        ? { ...surroundings, above: surroundings.above.slice(1) }
        : surroundings,
      near,
    );
    if (isOwnPhoto(surroundings)) return score < 0 ? { veto: "not-a-person" } : { confidence: score >= 2 ? 0.93 : 0.8 };
    return score >= (PHOTO.test(surroundings.name) || isSize(surroundings) ? 2 : 3) ? { confidence: 0.8, cues: ["beside"] } : undefined;
  },
};

function isOwnPhoto({ name }: Surroundings): boolean {
  return OWN.test(name);
}

/** `image_48`, and `48x48` below the avatars. */
function isSize({ name, above }: Surroundings): boolean {
  return (
    /^image (?:\d+|original)$/.test(name) || (/^(?:\d+ x \d+|small|medium|large|url|value|link)$/.test(name) && OWN.test(above[0] ?? ""))
  );
}

const MAX_LOOKED_AT = 64;
const OWN =
  /(?:^| )(?:avatar(?: url| urls| link| image| uri)?|profile (?:image|picture|photo|pic)(?: url| link| uri)?|(?:user|contact|employee|patient|member|author|owner) (?:image|picture|photo)(?: url)?|headshot(?: url)?|photo url|profile image url https|portrait(?: url)?|gravatar(?: url)?|selfie(?: url)?)$/;
const PICTURE = /^(?:photo|picture|image|picture url|image url|photo link|thumbnail|thumbnail url|foto|bild|photo uri)$/;
const PHOTO = /^(?:photo|picture|foto)(?: url| link| uri)?$/;
const LINK = /^(?:https?:)?\/\/\S|^data:image\//i;
