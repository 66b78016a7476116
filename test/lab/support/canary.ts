/** Where `bytes` hold one of the canaries, in plain or in a form that secrets travel in. Empty: nowhere. */
export function canariesIn(bytes: Uint8Array | string, canaries: readonly string[]): readonly CanarySighting[] {
  const text = Buffer.from(bytes).toString("latin1");
  return canaries.flatMap((canary) =>
    formsOf(canary)
      .filter(({ written }) => text.includes(written))
      .map(({ form }) => ({ canary, form })),
  );
}

export interface CanarySighting {
  readonly canary: string;
  readonly form: string;
}

interface Form {
  readonly form: string;
  readonly written: string;
}

function formsOf(canary: string): readonly Form[] {
  const bytes = Buffer.from(canary, "utf8");
  const hex = bytes.toString("hex");
  const forms: readonly Form[] = [
    { form: "plain", written: bytes.toString("latin1") },
    { form: "URL", written: encodeURIComponent(canary) },
    { form: "hex", written: hex },
    { form: "upper-case hex", written: hex.toUpperCase() },
    ...base64Forms(bytes),
  ];
  // Where two forms are the same text, the first names it.
  return forms.filter(({ written }, index) => forms.findIndex((other) => other.written === written) === index);
}

/**
 * Base64 of a text inside another depends on where it begins, modulo 3. What is left after cutting the characters that
 * its neighbours share is in every encoding of a text that holds it (`user:secret` of Basic, for example).
 */
function base64Forms(bytes: Buffer): readonly Form[] {
  return [0, 1, 2].flatMap((offset) => {
    const padded = Buffer.concat([Buffer.alloc(offset), bytes]);
    const whole = padded.subarray(0, padded.length - (padded.length % 3));
    const core = whole.toString("base64").slice(offset === 0 ? 0 : 4);
    const urlCore = whole.toString("base64url").slice(offset === 0 ? 0 : 4);
    return [
      { form: "base64", written: core },
      { form: "base64url", written: urlCore },
    ].filter(({ written }) => written.length >= FEWEST_TELLING_CHARACTERS);
  });
}

/** Shorter pieces turn up by chance. */
const FEWEST_TELLING_CHARACTERS = 8;
