import { describe, expect, it } from "vitest";
import { hostname } from "../../../../../src/observe/classify/detectors/infrastructure/hostname.ts";
import { asker } from "../support.ts";

const ask = asker(hostname);

describe("hostname", () => {
  it.each(["hostname", "fqdn", "rdns", "PublicDnsName", "dns_ptr"])("is known by the name %s", (key) => {
    expect(ask("mail.example.co.uk", key)).toMatchObject({ confidence: 0.75 });
  });

  it.each([
    ["hostname", "example.com"],
    ["hostname", "web01"],
    ["domain", "mail.example.com"],
    ["hostname", "https://mail.example.com"],
    ["hostname", "mail.example.zzzz"],
    ["hostname", "1.2.3.4"],
  ])("is not the value of %s: %s", (key, text) => {
    expect(ask(text, key)).toBeUndefined();
  });
});
