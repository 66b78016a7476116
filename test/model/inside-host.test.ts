import { describe, expect, it } from "vitest";
import { insideHost } from "../../src/model/host-name.ts";

/** As a client's URL parser reads them. */
const hostOf = (url: string) => new URL(url, "https://api.example").hostname;

describe("a host that only a network of its own has", () => {
  it.each([
    ...["http://127.1/", "http://0x7f.1/", "http://2130706433/", "http://017700000001/", "http://[::ffff:127.0.0.1]/", "\\\\localhost\\x"],
    ...["http://10.0.0.1", "http://172.16.0.1", "http://172.31.255.255", "http://192.168.0.1", "http://100.64.0.1", "http://100.127.0.1"],
    ...["http://169.254.169.254", "http://0.0.0.0", "http://[::]", "http://[::1]", "http://[fd00:ec2::254]", "http://[fe80::1]"],
    ...["http://255.255.255.255", "http://192.0.0.192", "http://metadata.google.internal", "http://a.svc.cluster.local", "http://backend"],
    ...["http://[::ffff:a00:1]", "//127.0.0.1", "http://printer.lan./"],
    ...["http://[::127.0.0.1]", "http://[64:ff9b::10.0.0.1]", "http://[2002:c0a8:101::1]", "http://[2002:7f00:1::]"],
  ])("is %s", (url) => {
    expect(insideHost(hostOf(url))).toBeDefined();
  });

  it.each([
    ...["https://api.example", "http://8.8.8.8", "http://172.32.0.1", "http://100.128.0.1", "http://192.169.0.1", "http://[2001:db8::1]"],
    ...["http://169.253.0.1", "http://[::ffff:808:808]", "http://internal.example.com", "http://11.0.0.1", "http://local.dev"],
    ...[
      "http://[64:ff9b::808:808]",
      "http://[2002:808:808::1]",
      "http://[::8.8.8.8]",
      "http://[64:ff9b:1::10.0.0.1]",
      "http://[1:2:3:4:5:6:7f00:1]",
    ],
  ])("is not %s", (url) => {
    expect(insideHost(hostOf(url))).toBeUndefined();
  });

  it.each([
    "http://169.254.169.254",
    "http://[fd00:ec2::254]",
    "http://100.100.100.200",
    "http://metadata.google.internal",
    "http://[fe80::1]",
    "http://[64:ff9b::169.254.169.254]",
    "http://[2002:a9fe:a9fe::]",
  ])("is one where no API lives in any network: %s", (url) => {
    expect(insideHost(hostOf(url))).toBe("special");
  });
});
