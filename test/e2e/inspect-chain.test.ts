import { describe, expect, it } from "vitest";
import { intermediate, type Made, rootAuthority, serverLeaf } from "../lab/support/certificate-factory.ts";
import { runCli } from "../lab/support/run-cli.ts";
import { temporaryFolder } from "../lab/support/temporary-folder.ts";

const ROOT = rootAuthority({ subject: "Acme root" });
const AUTHORITY = intermediate(ROOT, { subject: "Acme issuing" });
const LEAF = serverLeaf(AUTHORITY, { dns: ["api.acme.example", "xn--bcher-kva.example"] });
const HOSTILE = "a\u0000b\u202e\u001b[31mred";

async function inspect(content: string | Uint8Array, args: readonly string[] = []) {
  const { path: home, write } = await temporaryFolder();
  const ca = await write("root.pem", ROOT.pem);
  const file = await write("chain.pem", typeof content === "string" ? content : Buffer.from(content).toString("latin1"));
  return runCli(["inspect", file, "--as", "chain", "--ca", ca, ...args], { home });
}

function pems(...chain: readonly Made[]): string {
  return chain.map(({ pem }) => pem).join("");
}

async function facts(content: string, args: readonly string[]) {
  const { stdout, code } = await inspect(content, [...args, "--json"]);
  const [file] = JSON.parse(stdout).files;
  return { code, chain: file.entries[0].facts.chain, certificates: file.entries[0].facts.certificates, findings: file.entries[0].findings };
}

describe("inspect --as chain, as a user starts it", () => {
  it("shows the path, and is silent where nothing is wrong", async () => {
    const { stdout, code } = await inspect(pems(LEAF, AUTHORITY), ["--host", "bücher.example", "--fail-on", "open"]);
    expect(code).toBe(0);
    expect(stdout).toContain("2 certificates");
    expect(stdout).toContain("    CN=Acme root [trusted root]");
    expect(stdout).toContain("Trusted.\nNo findings.");
  });

  it("answers for a moment, and for a host", async () => {
    const { chain } = await facts(pems(LEAF, AUTHORITY), ["--host", "api.acme.example.", "--as-of", "2031-01-01T00:00:00Z"]);
    expect(chain).toMatchObject({ trusted: false, reason: "expired", anchored: true });
    expect((await facts(pems(LEAF), ["--host", "api.acme.example"])).chain.reason).toBe("incomplete");
    expect((await facts(pems(LEAF, AUTHORITY), ["--host", "192.0.2.1"])).chain.reason).toBe("name-mismatch");
    // Nobody said whom it has to be for.
    expect((await facts(pems(AUTHORITY), [])).findings.map(({ rule }: { readonly rule: string }) => rule)).not.toContain(
      "certificate/untrusted",
    );
  });

  it.each([
    ["a damaged leaf", LEAF.pem.replace(/\nMII.{4}/, "\nMIIAAAA") + AUTHORITY.pem],
    ["base64 that is none", LEAF.pem.replace(/\n./, "\n!")],
  ])("says of %s that it cannot be read, and fails where findings do", async (_name, content) => {
    const { stdout, code } = await inspect(content, ["--fail-on", "open"]);
    expect(code).toBe(1);
    expect(stdout).toContain("Certificate 1 (line 1) cannot be read.");
    expect(stdout).not.toContain("No findings");
  });

  it("asks for certificates where there are none", async () => {
    const { stderr, code } = await inspect("nothing of the kind");
    expect(code).toBe(2);
    expect(stderr).toContain("expected certificates in PEM");
  });

  it("prints no control character of a name, and loses no name of ten thousand", async () => {
    const hostile = serverLeaf(AUTHORITY, { dns: ["api.acme.example"], subject: [{ type: "O", value: HOSTILE }] });
    for (const args of [[], ["--json"]]) {
      const { stdout } = await inspect(pems(hostile, AUTHORITY), args);
      expect(stdout).toContain("ab[31mred");
      expect(stdout.replaceAll("\n", "")).not.toMatch(/\p{Cc}|\u202e/u);
    }
    const many = serverLeaf(AUTHORITY, { dns: Array.from({ length: 10_000 }, (_, at) => `host${at}.acme.example`) });
    const { chain, certificates } = await facts(pems(many, AUTHORITY), ["--host", "host9999.acme.example"]);
    expect([chain.trusted, certificates[0].nameCount]).toEqual([true, 10_000]);
  });
});
