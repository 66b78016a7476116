import type { Digest } from "./digest.ts";
import { headingOf, sentencesOf } from "./text.ts";

/**
 * Body for a Teams workflow ("When a Teams webhook request is received", Power Automate): a message with one Adaptive Card.
 * Text from outside stands in text runs, which read no Markdown; a card that is too large is accepted and never shown, so lines are
 * left out until it fits.
 */
export function teamsBody(digest: Digest): string {
  const sentences = sentencesOf(digest);
  for (let shown = sentences.length; shown > 0; shown--) {
    const left = sentences.length - shown;
    const body = cardOf(headingOf(digest), left === 0 ? sentences : [...sentences.slice(0, shown), `${left} lines left out`]);
    if (Buffer.byteLength(body) <= MOST_BYTES) return body;
  }
  return cardOf(headingOf(digest), []);
}

function cardOf(heading: string, lines: readonly string[]): string {
  return JSON.stringify({
    type: "message",
    attachments: [
      {
        contentType: "application/vnd.microsoft.card.adaptive",
        contentUrl: null,
        content: {
          $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
          type: "AdaptiveCard",
          version: "1.4",
          body: [
            { type: "TextBlock", text: heading, weight: "bolder", size: "medium", wrap: true },
            ...lines.map((line) => ({ type: "RichTextBlock", inlines: [{ type: "TextRun", text: withoutFunctions(line) }] })),
          ],
        },
      },
    ],
  });
}

/** `{{DATE(...)}}` is computed by the client, `<at>` may name somebody. */
function withoutFunctions(text: string): string {
  return text
    .replaceAll("{{", "{ {")
    .replaceAll("}}", "} }")
    .replace(/<(?=\/?at\b)/gi, "< ");
}

/** Teams takes about 28 KB in all. */
const MOST_BYTES = 24 * 1024;
