import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalAddress, isAllowedAddress } from "../../../src/observe/net/guard.ts";

describe("the address policy", () => {
  it.each(["1.1.1.1", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"])(
    "lets the public address %s through, without any permission",
    (address) => {
      expect(isAllowedAddress(address, false)).toBe(true);
    },
  );

  it.each([
    // loopback, in every spelling
    "127.0.0.1",
    "127.1",
    "0x7f.1",
    "0177.0.0.1",
    "2130706433",
    "0x7f000001",
    "::1",
    "[::1]",
    "::ffff:127.0.0.1",
    "::ffff:7f00:1",
    "[::ffff:127.0.0.1]",
    "::7f00:1",
    "::127.0.0.1",
    "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2001:0:1:2::80ff:fffe",
    // private networks
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "fd12:3456::1",
    "fc00::1",
    "::ffff:10.0.0.1",
    "64:ff9b::a00:1",
    // carrier-grade NAT
    "100.64.0.1",
    "100.127.255.254",
  ])("needs permission for %s", (address) => {
    expect(isAllowedAddress(address, false)).toBe(false);
    expect(isAllowedAddress(address, true)).toBe(true);
  });

  it.each([
    // metadata of clouds, and link-local around it
    "169.254.169.254",
    "169.254.0.1",
    "2852039166",
    "::ffff:169.254.169.254",
    "64:ff9b::a9fe:a9fe",
    "fd00:ec2::254",
    "fd20:ce::254",
    "100.100.100.200",
    "192.0.0.192",
    "168.63.129.16",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    // unspecified, broadcast, multicast, reserved, documentation, benchmarking
    "0.0.0.0",
    "0.1.2.3",
    "::",
    "255.255.255.255",
    "224.0.0.1",
    "ff02::1",
    "240.0.0.1",
    "192.0.2.1",
    "198.51.100.1",
    "203.0.113.1",
    "198.18.0.1",
    "192.88.99.1",
    "2001:db8::1",
    "3fff::1",
    "2001:2::1",
    "100::1",
    "4000::1",
    "64:ff9b:1::1",
    // no address at all
    "localhost",
    "1.2.3.4.5",
    "",
  ])("never lets %s through", (address) => {
    expect(isAllowedAddress(address, false)).toBe(false);
    expect(isAllowedAddress(address, true)).toBe(false);
  });

  it("gives one spelling", () => {
    expect(["0x7f.1", "2130706433", "[::ffff:127.0.0.1]", "2606:4700:0:0::1111"].map(canonicalAddress)).toEqual([
      "127.0.0.1",
      "127.0.0.1",
      "127.0.0.1",
      "2606:4700::1111",
    ]);
    expect(canonicalAddress("api.example.com")).toBeUndefined();
  });

  it("judges an IPv4 address the same however IPv6 carries it", () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.boolean(), (address, allowPrivate) => {
        const verdict = isAllowedAddress(address, allowPrivate);
        expect(isAllowedAddress(`::ffff:${address}`, allowPrivate)).toBe(verdict);
        expect(isAllowedAddress(`64:ff9b::${address}`, allowPrivate)).toBe(verdict);
      }),
    );
  });
});
