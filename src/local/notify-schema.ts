import { z } from "zod";
import { nearest } from "../model/nearest.ts";
import { ALERT_KINDS, CHANNEL_TYPES } from "../model/notification.ts";
import { SEVERITIES } from "../model/severity.ts";

/** One sentence per thing that is wrong, without a value of the file. */
export function detailsOf(issues: readonly z.core.$ZodIssue[]): readonly string[] {
  const details = issues.flatMap((issue) => {
    const place = placeOf(issue.path);
    if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey(place, key));
    return [`${place === "" ? "the file" : place}: expected ${expectationOf(issue)}`];
  });
  const shown = [...new Set(details)].slice(0, MOST_DETAILS);
  return shown.length < details.length ? [...shown, `and ${details.length - shown.length} more`] : shown;
}

/** A key is only repeated where it is nearly one of ours: it may be a value that slipped. */
function unknownKey(place: string, key: string): string {
  const meant = nearest(key, KEYS);
  const where = place === "" ? "" : `${place}: `;
  return meant === undefined ? `${where}an unknown key` : `${where}unknown key "${key}", did you mean "${meant}"?`;
}

function placeOf(path: readonly PropertyKey[]): string {
  return path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`))
    .join("")
    .replace(/^\./, "");
}

/** zod's own messages may quote what they found. */
function expectationOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_value":
      return `one of ${issue.values.map(String).join(", ")}`;
    case "invalid_union":
      return `a channel type: one of ${CHANNEL_TYPES.join(", ")}`;
    case "invalid_type":
      return { string: "text", boolean: "true or false", array: "a list", object: "a JSON object" }[String(issue.expected)] ?? "a number";
    case "invalid_format":
    case "custom":
      return issue.message;
    default:
      return "another value";
  }
}

const reference = z
  .string()
  .regex(
    /^(env:[A-Za-z_][A-Za-z0-9_]{0,127}|file:[^\p{Cc}]{1,1024})$/u,
    "a reference such as env:NAME or file:PATH, never the secret itself",
  );
const word = z.string().regex(/^[^\p{Cc}\p{Cf}]{1,200}$/u, "1 to 200 plain characters");
const address = z
  .string()
  .regex(
    /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?$/,
    "one bare mail address such as ops@acme.example",
  );

const common = {
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "a name of a-z, 0-9 and -, at most 40"),
  mode: z.enum(["digest", "immediate"]).default("digest"),
  minSeverity: z.enum(SEVERITIES).exactOptional(),
  owner: word.exactOptional(),
  kinds: z.array(z.enum(ALERT_KINDS)).min(1).max(ALERT_KINDS.length).exactOptional(),
  allowPrivate: z.boolean().default(false),
};

const email = z.strictObject({
  ...common,
  type: z.literal("email"),
  host: z.string().regex(/^[A-Za-z0-9.:-]{1,253}$/, "a host name"),
  port: z.int().min(1).max(65_535),
  security: z.enum(["tls", "starttls", "none"]),
  user: word.exactOptional(),
  password: reference.exactOptional(),
  from: address,
  to: z.array(address).min(1).max(50),
});

const channel = z
  .discriminatedUnion("type", [
    z.strictObject({ ...common, type: z.literal("slack"), url: reference }),
    z.strictObject({ ...common, type: z.literal("teams"), url: reference }),
    email,
    z.strictObject({ ...common, type: z.literal("webhook"), url: reference, signingKeys: z.array(reference).min(1).max(2) }),
    z.strictObject({
      ...common,
      type: z.literal("pagerduty"),
      routingKey: reference,
      region: z.enum(["us", "eu"]).default("us"),
      url: reference.exactOptional(),
    }),
    z.strictObject({
      ...common,
      type: z.literal("command"),
      argv: z
        .array(z.string().regex(/^[^\0]{1,1024}$/, "text without a zero byte"))
        .min(1)
        .max(64),
    }),
  ])
  .superRefine((value, context) => {
    if (value.type !== "email") return;
    const complain = (key: string, message: string) => context.addIssue({ code: "custom", path: [key], message });
    if ((value.user === undefined) !== (value.password === undefined)) complain("password", "user and password together, or neither");
    if (value.security !== "none") return;
    if (!value.allowPrivate) complain("security", 'tls or starttls; none only with "allowPrivate": true');
    if (value.password !== undefined) complain("security", "tls or starttls where there is a password");
  });

const heartbeat = z.strictObject({ url: reference, allowPrivate: z.boolean().default(false) });

/** What `notify.json` holds. Loaded where there is such a file. */
export const notifyFile = z
  .strictObject({ version: z.literal(1), channels: z.array(channel).max(50).default([]), heartbeat: heartbeat.exactOptional() })
  .superRefine(({ channels }, context) => {
    channels.forEach(({ id }, index) => {
      if (channels.findIndex((other) => other.id === id) === index) return;
      context.addIssue({ code: "custom", path: ["channels", index, "id"], message: "a name that no other channel has" });
    });
  });

/** What delivering to it takes. */
export type Channel = Readonly<z.infer<typeof channel>>;
export type HeartbeatConfig = Readonly<z.infer<typeof heartbeat>>;

const KEYS = [
  ...new Set([
    ...channel.options.flatMap(({ shape }) => Object.keys(shape)),
    ...Object.keys(heartbeat.shape),
    "channels",
    "heartbeat",
    "version",
  ]),
];
const MOST_DETAILS = 10;
