import { sanitise } from "../report/sanitise.ts";

/** Text from outside as it may stand in any message: nothing in it breaks a line, hides or reorders, and it is short. */
export function clean(text: string): string {
  return shortened(sanitise(text, "terminal"), MOST_CHARACTERS);
}

/** At most `most` characters, never half of one. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const characters = Array.from(text.slice(0, 2 * most));
  return characters.length <= most && text.length <= 2 * most ? text : `${characters.slice(0, most - 1).join("")}…`;
}

const MOST_CHARACTERS = 160;
