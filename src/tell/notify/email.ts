import type { Digest } from "./digest.ts";
import { headingOf, sentencesOf } from "./text.ts";

/** Text of a mail. The subject holds counts only, so that nothing from outside gets into a header field. */
export function mailText(digest: Digest): { readonly subject: string; readonly text: string } {
  const subject = headingOf(digest);
  return {
    subject,
    text: `${subject}\n\n${sentencesOf(digest)
      .map((sentence) => `- ${sentence}\n`)
      .join("")}`,
  };
}
