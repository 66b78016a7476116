/** Characters that move the cursor, hide, reorder or break a line; newline left out, because pages have lines. */
export const HIDDEN = new RegExp(
  `[${[
    ...["\\u0000-\\u0009", "\\u000b-\\u001f", "\\u007f-\\u009f", "\\u00ad", "\\u061c", "\\u200b", "\\u200e\\u200f"],
    ...["\\u2028-\\u202e", "\\u2060-\\u2069", "\\ufeff", "\\ufff9-\\ufffb", "\\ud800-\\udfff"],
  ].join("")}]`,
  "u",
);
