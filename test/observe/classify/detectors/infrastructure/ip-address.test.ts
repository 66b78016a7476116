import { describe, expect, it } from "vitest";
import { ipAddress } from "../../../../../src/observe/classify/detectors/infrastructure/ip-address.ts";
import { privateIp } from "../../../../../src/observe/classify/detectors/infrastructure/private-ip.ts";
import { asker } from "../support.ts";

const ask = asker(ipAddress);
const askPrivate = asker(privateIp);

describe("ip_address", () => {
  it.each([
    ["client_ip", "185.60.216.35", 0.96],
    ["remoteAddr", "2a02:8109:9a40:1c00:d1f:5c3:9b2:77aa", 0.96],
    ["x-forwarded-for", "185.60.216.35, 89.160.20.112", 0.96],
    ["ip", "185.60.216.35:51712", 0.96],
    ["ip", "[2a02:8109:9a40::1]:443", 0.96],
    ["ip", "185.60.216.35/24", 0.96],
    ["ip", "185.60.216.35/32", 0.96],
    ["ip", "185.60.216.0/32", 0.96],
    ["client_ip", "2a02:8109:9a40::1/64", 0.96],
    ["client_ip", "2a02:8109:9a40::1/128", 0.96],
    ["host", "185.60.216.35", 0.85],
    ["allowlist", "81.2.69.160", 0.85],
    ["anything", "185.60.216.35", 0.7],
  ])("is the value of %s: %s", (key, text, confidence) => {
    expect(ask(text, key)).toMatchObject({ confidence, sample: false });
  });

  it("marks ranges of documentation", () => {
    expect(ask("203.0.113.7", "ip")).toMatchObject({ sample: true });
    expect(ask("2001:db8::7", "ip")).toMatchObject({ sample: true });
  });

  it.each(["login from 185.60.216.35 refused", "client 185.60.216.35:51712 closed", "GET http://185.60.216.35/a"])(
    "is found in %s",
    (text) => {
      expect(ask(text, "message")).toMatchObject({ confidence: 0.75, own: true });
    },
  );

  it.each([
    ["version", "1.2.3.4"],
    ["netmask", "255.255.255.0"],
    ["ip", "127.0.0.1"],
    ["ip", "0.0.0.0"],
    ["cidr", "185.60.216.0/24"],
    ["ip_range", "185.60.216.35"],
    ["ip", "185.60.216.0/24"],
    ["ip", "185.60.0.0/16"],
    ["ip", "0.0.0.0/0"],
    ["ip", "185.60.216.35/33"],
    ["ip", "185.60.216.35/24/8"],
    ["ip", "2a02:8109:9a40::/48"],
    ["ip", "2a02:8109:9a40::1/129"],
    ["ip", "/24"],
    ["anything", "185.60.216.35/24"],
    ["oid", "1.3.6.1"],
    ["ip", "300.1.1.1"],
    ["ip", "1.2.3"],
    ["user_agent", "Chrome/120.0.6099.1"],
    ["notes", "fixed in 12.0.4.1, see the list"],
    ["time", "10:20:30"],
    ["ip", "10.0.0.4"],
    ["ip", "::1"],
  ])("is not the value of %s: %s", (key, text) => {
    expect(ask(text, key)).toBeUndefined();
  });

  it("is not sure of what may be a version", () => {
    expect(ask("1.2.3.4", "current")?.confidence).toBeLessThan(0.6);
    expect(ask("12.0.4.1", "from")?.confidence).toBeLessThan(0.6);
  });
});

describe("private_ip", () => {
  it.each(["10.0.3.17", "172.20.1.9", "192.168.1.5", "100.64.3.2", "169.254.1.1", "fd12:3456:789a::1", "fe80::1%eth0"])("is %s", (text) => {
    expect(askPrivate(text, "ip")).toMatchObject({ confidence: 0.95 });
  });

  it("is found in a message", () => {
    expect(askPrivate("connect ECONNREFUSED 10.4.1.9:5432", "message")).toMatchObject({ confidence: 0.75 });
  });

  it.each(["185.60.216.35", "172.32.0.1", "127.0.0.1", "10.0.0.0/8", "10.2", "fd12"])("is not %s", (text) => {
    expect(askPrivate(text, "ip")).toBeUndefined();
  });
});
