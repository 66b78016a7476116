import type { Surroundings } from "../../fields.ts";
import type { Detector } from "../detector.ts";
import { isOfDocument } from "./documents.ts";
import { personScore } from "./subject.ts";

/** What people write into a field for it: anything may stand there, so somebody has to look. */
export const freeText: Detector = {
  class: "free_text",
  over: [],
  inText: false,
  needsName: true,
  isNamed: ({ name }) => CUE.test(name) || MESSAGE.test(name),
  detect: ({ text, type, near }, surroundings) => {
    if (type === "number" || !isProse(text.slice(0, MAX_LOOKED_AT))) return undefined;
    if (isOfDocument(surroundings, near)) return { veto: "label" };
    if (CUE.test(surroundings.name)) return personScore(surroundings, near) < 0 ? { veto: "not-a-person" } : { confidence: 0.75 };
    return isWritten(surroundings) ? { confidence: 0.7, cues: ["beside"] } : undefined;
  },
};

/** At least three words, none of them markup or code. */
function isProse(text: string): boolean {
  return text.length >= 12 && (text.match(/\p{L}{2,}/gu)?.length ?? 0) >= 3 && /\s/.test(text) && !/^[[{<]|^https?:\/\/\S+$/.test(text);
}

/** Somebody wrote it to somebody. */
function isWritten({ beside }: Surroundings): boolean {
  return [...beside].some((name) => WRITER.test(name));
}

const MAX_LOOKED_AT = 400;
const CUE =
  /^(?:(?:customer |private |internal |delivery |public |clinical |agent |order |staff |patient |guest |buyer |seller |employee |personal |gift |additional |special )?(?:note|comment|remark|message to seller)|(?:delivery|special|shipping|order) instruction|bio|biography|about me|cover letter|special request|case note|note text|notiz|bemerkung|kommentar|commentaire|comentario|observacione|observacoe|anotacione|opmerking)$/;
const MESSAGE =
  /^(?:body|text|message|content|body text|plain text|text body|message body|message text|transcript|utterance|body plain|plain body|comment body|snippet|caption)$/;
const WRITER =
  /^(?:from|sender|author id|sender id|from id|participant sid|speaker|to|recipient|commenter|conversation id|conversation sid|channel id|thread id|thread t|message id|reply to|in reply to|chat)$/;
