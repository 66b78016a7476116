import type { Instant } from "../../../../model/instant.ts";
import { alone, bucketFirst, classic } from "./classic.ts";
import { current, policies } from "./drafts.ts";
import { type DialectReader, MAX_VALUE, type Part } from "./part.ts";
import { akamai, amazon, anthropic, azure, inMilliseconds, meta, ofVendor, resource, salesforce, shopify } from "./vendors.ts";

export type Read = { readonly part: Part; readonly malformed?: never } | { readonly malformed: string; readonly part?: never };

/** All that one field says; nothing where it is not about limits, or says that there is none. */
export function readField(field: string, value: string, base: Instant): readonly Read[] {
  if (field.length > MAX_NAME) return [];
  for (const { name, read } of FIELDS) {
    const words = name.exec(field);
    if (words === null) continue;
    if (NO_LIMIT.test(value)) return [];
    const parts = value.length > MAX_VALUE ? undefined : read(value, words.slice(1), base);
    return parts === undefined ? [{ malformed: field }] : parts.map((part) => ({ part }));
  }
  return [];
}

interface Field {
  readonly name: RegExp;
  readonly read: DialectReader;
}

/** In order: the first name that fits counts. */
const FIELDS: readonly Field[] = [
  { name: /^(?:x-)?ratelimit-policy$/, read: policies },
  { name: /^ratelimit$/, read: current },
  { name: /^(x-)?(rate-?limit)-(limit|remaining|used|reset-after|reset)(?:-([a-z0-9_-]{1,32}))?$/, read: classic },
  { name: /^x-(rate-?limit)$/, read: alone },
  { name: /^(x-)(rate-?limit)-(requests-quota|requests-left|time-window-ms|time-reset-ms)$/, read: inMilliseconds },
  { name: /^(x-)?(rate-?limit)-([a-z0-9_-]{1,32}?)-(limit|remaining|used|reset-after|reset)$/, read: bucketFirst },
  { name: /^x-ratelimit-resource$/, read: resource },
  { name: /^x-ratelimit-next$/, read: akamai },
  { name: /^anthropic-(?:priority-)?ratelimit-([a-z0-9-]{1,32})-(limit|remaining|reset)$/, read: anthropic },
  { name: /^x-shopify-shop-api-call-limit$/, read: shopify },
  { name: /^sforce-limit-info$/, read: salesforce },
  { name: /^x-ms-ratelimit-remaining-([a-z0-9-]{1,64})$/, read: azure },
  { name: /^x-(app|page|ad-account|business-use-case)-usage$/, read: meta },
  { name: /^x-amzn-ratelimit-limit$/, read: amazon },
  {
    name: /^x-([a-z0-9]{2,20})-rate-?limit(?:-(secondly|minutely|hourly|daily|weekly|monthly))?(?:-(limit|max|remaining|used|reset|interval-milliseconds))?$/,
    read: ofVendor,
  },
];
const NO_LIMIT = /^(?:|-|-1|none|null|unlimited|inf|infinity|n\/a)$/i;
const MAX_NAME = 100;
