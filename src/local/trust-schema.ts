import { z } from "zod";

const httpsOrigin = z.string().refine((text) => URL.canParse(text) && text.startsWith("https://") && new URL(text).origin === text);
/** What `trust.json` holds. Loaded where there is such a file. */
export const trustFile = z.strictObject({
  version: z.literal(1),
  bindings: z
    .array(z.strictObject({ reference: z.string().min(1).max(1024), origin: httpsOrigin, trustedAt: z.iso.datetime() }))
    .max(100_000),
  folders: z.array(z.string().regex(/^(?:\/|[A-Za-z]:[\\/])/)).max(1000),
  exec: z.boolean(),
});
