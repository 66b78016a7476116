import { describe, expect, it } from "vitest";
import { milestonesOf } from "../../src/app/milestones.ts";
import { createAuthority } from "../../src/demo/certificates.ts";
import { sha256Hex } from "../../src/model/digest.ts";
import { DAY } from "../../src/model/instant.ts";
import { aCertificate, hellos, NOW, ORIGIN, response, session, unseen } from "../judge/builders.ts";
import { failing } from "../remember/samples.ts";

describe("milestones of an audit", () => {
  it("a session: the leaf with its key, the address, and what was negotiated", () => {
    const issued = createAuthority().issue({ notBefore: new Date(NOW), notAfter: new Date(NOW + 90 * DAY) });
    const der = Buffer.from(issued.certificatePem.replace(/-----[^-]+-----|\s/g, ""), "base64");
    const leaf = aCertificate({ der: der.toString("base64"), sha256: sha256Hex(der) });
    const found = milestonesOf([session({ chain: [leaf] })], []);
    const certificate = found.find(({ kind }) => kind === "certificate");
    expect(certificate).toMatchObject({ place: ORIGIN, mark: leaf.sha256 });
    expect(JSON.parse(certificate?.detail ?? "")).toMatchObject({
      issuer: leaf.issuer,
      keyType: "ec",
      keySha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      notAfter: leaf.notAfter,
      trusted: true,
    });
    expect(found.map(({ kind }) => kind)).toEqual(["certificate", "address", "tls"]);
  });

  it("a certificate that ended is still the provider's; one that nobody vouches for is a stranger's; an unreadable key has no hash", () => {
    const trust = (trustError: string) =>
      JSON.parse(milestonesOf([session({ trusted: false, trustError, chain: [aCertificate({ der: "AAAA" })] })], [])[0]?.detail ?? "");
    expect(trust("CERT_HAS_EXPIRED")).toMatchObject({ trusted: true, keyType: "unknown" });
    expect(trust("DEPTH_ZERO_SELF_SIGNED_CERT")).toMatchObject({ trusted: false });
    expect(trust("CERT_HAS_EXPIRED")).not.toHaveProperty("keySha256");
  });

  it("versions that were answered for, and none that is unknown", () => {
    const marks = milestonesOf([hellos({ "TLS 1.0": { support: "accepted" }, "TLS 1.1": { support: "unknown" } })], []).map(
      ({ mark }) => mark,
    );
    expect(marks).toContain("TLS 1.0 accepted");
    expect(marks.filter((mark) => mark.startsWith("TLS 1.1"))).toEqual([]);
  });

  it("an answer: headers, paths, classes and announced ends", () => {
    const found = milestonesOf(
      [
        response({
          headers: { server: "nginx/1.18.0", sunset: "Sun, 30 May 2027 00:00:00 GMT" },
          body: {
            state: "classified",
            records: 1,
            shape: [{ path: "$.user.email", types: ["string"] }],
            classes: [{ path: "$.user.email", class: "email", confidence: 0.9, count: 1, masked: false, sample: false }],
          },
        }),
      ],
      [],
    );
    expect(found.map(({ kind, mark }) => [kind, mark])).toEqual([
      ["answer", expect.any(String)],
      ["header", "server: nginx/1.18.0"],
      ["end", "sunset 2027-05-30T00:00:00Z"],
      ["class", "email $.user.email"],
      ["path", "$.user.email"],
    ]);
  });

  it("nothing of an answer that was not seen, not whole, not the API's, or of the last time", () => {
    const cut = response({ body: { state: "truncated", shape: [{ path: "$.id", types: ["string"] }] } });
    expect(milestonesOf([cut], []).map(({ kind }) => kind)).not.toContain("path");
    expect(milestonesOf([response({ interference: "blocked", headers: { server: "waf" } })], [])).toEqual([]);
    expect(milestonesOf([session({}, { carried: true })], [])).toEqual([]);
    expect(milestonesOf([unseen("tls-session", "connect_timeout")], [])).toEqual([]);
  });

  it("an endless body fills no disk", () => {
    const shape = Array.from({ length: 5000 }, (_, index) => ({ path: `$.k${index}`, types: ["string"] }));
    const found = milestonesOf([response({ body: { state: "classified", records: 1, shape } })], []);
    expect(found.filter(({ kind }) => kind === "path")).toHaveLength(200);
  });

  it("a finding that names the day of an end, apart from the one that reads the headers", () => {
    const dated = { ...failing("high", { rule: "lifecycle/version-ends", subject: "list" }), data: { on: "2027-01-01" } };
    const read = { ...failing("high", { rule: "lifecycle/sunset-near", subject: "list" }), data: { on: "2027-01-01" } };
    const undated = { ...failing(), data: { on: "soon" } };
    expect(milestonesOf([], [dated, read, undated])).toEqual([
      {
        kind: "end",
        place: "list",
        mark: "lifecycle/version-ends 2027-01-01T00:00:00Z",
        detail: `{"date":${Date.UTC(2027, 0, 1)},"signal":"lifecycle/version-ends"}`,
      },
    ]);
  });
});
