import type { LookupFunction } from "node:net";
import { describe, expect, it } from "vitest";
import { targetOf } from "../../../src/model/target.ts";
import { resolveHost } from "../../../src/observe/net/resolve.ts";
import { session } from "./support/peers.ts";

const answering = (...addresses: string[]): LookupFunction => {
  return (_host, _options, callback) =>
    callback(null, addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })) as never);
};
const failing = (code: string, errno?: number): LookupFunction => {
  return (_host, _options, callback) => callback(Object.assign(new Error("x"), { code, errno }), []);
};
const api = targetOf("x", "test", "https://api.example.com");
const resolve = (lookup: LookupFunction, allowPrivate = false) => session({ lookup }, { allowPrivate }).resolve(api);

describe("resolve", () => {
  it("keeps the allowed addresses of a mix", async () => {
    const lookup = answering("10.0.0.1", "1.1.1.1", "::ffff:127.0.0.1", "2606:4700::1111", "169.254.169.254");
    expect(await resolve(lookup)).toEqual({
      ok: true,
      value: { addresses: ["1.1.1.1", "2606:4700::1111"], vantage: "local" },
    });
    expect(await resolve(lookup, true)).toEqual({
      ok: true,
      value: { addresses: ["10.0.0.1", "1.1.1.1", "127.0.0.1", "2606:4700::1111"], vantage: "local" },
    });
  });

  it("stops at 8 addresses and counts none twice", async () => {
    const result = await resolve(answering("1.1.1.1", "1.1.1.1", ...Array.from({ length: 60 }, (_, index) => `1.1.2.${index}`)));
    expect(result).toMatchObject({ ok: true });
    expect(result.ok && result.value.addresses).toEqual(["1.1.1.1", ...Array.from({ length: 7 }, (_, index) => `1.1.2.${index}`)]);
  });

  it.each([
    ["ENOTFOUND", -3008, "dns_not_found"],
    ["ENOTFOUND", -3007, "dns_no_address"],
    ["EAI_AGAIN", -3001, "dns_failed"],
  ])("says what %s (%i) means: %s", async (code, errno, reason) => {
    expect(await resolve(failing(code, errno))).toMatchObject({ ok: false, error: { reason, phase: "resolve" } });
  });

  it("says that a name without an answer has no address", async () => {
    expect(await resolve(answering())).toMatchObject({ ok: false, error: { reason: "dns_no_address" } });
  });

  it("refuses a host that has nothing but refused addresses", async () => {
    expect(await resolve(answering("192.168.0.1"))).toMatchObject({ ok: false, error: { reason: "address_not_allowed" } });
  });

  it.each(["https://0x7f.1", "https://2130706433", "https://127.1", "https://[::ffff:127.0.0.1]", "https://[::1]"])(
    "vets %s without a look-up",
    async (url) => {
      const never: LookupFunction = () => expect.unreachable("an address was looked up");
      const target = targetOf("x", "test", url);
      expect(await session({ lookup: never }, { allowPrivate: false }).resolve(target)).toMatchObject({
        ok: false,
        error: { reason: "address_not_allowed" },
      });
      expect(await session({ lookup: never }).resolve(target)).toMatchObject({
        ok: true,
        value: { addresses: [url.endsWith("[::1]") ? "::1" : "127.0.0.1"] },
      });
    },
  );

  it("looks a host up once per scope, failures included", async () => {
    let lookups = 0;
    const net = session({
      lookup: (host, options, callback) => {
        lookups++;
        failing("EAI_AGAIN")(host, options, callback);
      },
    });
    await Promise.all([net.resolve(api), net.resolve(api)]);
    await net.resolve(api);
    expect(lookups).toBe(1);
  });

  it("waits for a look-up no longer than its deadline", async () => {
    let answer: () => void = () => expect.unreachable("it was never asked");
    const hanging: LookupFunction = (_host, _options, callback) => {
      answer = () => callback(null, []);
    };
    const options = { allowPrivate: false, timeoutMs: 30, life: new AbortController().signal, lookup: hanging };
    await expect(resolveHost("api.example.com", options)).rejects.toMatchObject({
      failure: { reason: "dns_failed", code: "deadline", retriable: true },
    });
    answer();
  });

  it("has at most two look-ups under way in the whole process", async () => {
    let running = 0;
    let most = 0;
    const waiting: (() => void)[] = [];
    const lookup: LookupFunction = (host, options, callback) => {
      most = Math.max(most, ++running);
      waiting.push(() => {
        running--;
        answering("1.1.1.1")(host, options, callback);
      });
      setImmediate(() => waiting.shift()?.());
    };
    const hosts = Array.from({ length: 12 }, (_, index) => targetOf("x", "test", `https://h${index}.example.com`));
    const results = await Promise.all(hosts.map((host) => session({ lookup }, { allowPrivate: false }).resolve(host)));
    expect(results.every((result) => result.ok)).toBe(true);
    expect(most).toBe(2);
  });
});
