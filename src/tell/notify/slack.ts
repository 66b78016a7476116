import type { Digest } from "./digest.ts";
import { headingOf, sentencesOf } from "./text.ts";

/**
 * Body for a Slack incoming webhook. Text from outside stands in `plain_text` only, where neither links nor markup are read, with `& < >`
 * escaped, because Slack reads mentions and links between `<` and `>` (docs.slack.dev, "Formatting message text").
 */
export function slackBody(digest: Digest): string {
  const heading = escaped(headingOf(digest));
  return JSON.stringify({
    text: heading,
    mrkdwn: false,
    unfurl_links: false,
    unfurl_media: false,
    blocks: [
      { type: "header", text: plain(heading) },
      ...sections(sentencesOf(digest).map((sentence) => `• ${escaped(sentence)}`)).map((text) => ({ type: "section", text: plain(text) })),
    ],
  });
}

function plain(text: string) {
  return { type: "plain_text", text, emoji: false };
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/@(?=channel|here|everyone|group)/gi, "@ ");
}

/** A section holds at most 3,000 characters. */
function sections(lines: readonly string[]): readonly string[] {
  const texts: string[] = [];
  for (const line of lines) {
    const last = texts.at(-1);
    if (last === undefined || last.length + 1 + line.length > LONGEST_SECTION) texts.push(line);
    else texts[texts.length - 1] = `${last}\n${line}`;
  }
  return texts;
}

const LONGEST_SECTION = 3000;
