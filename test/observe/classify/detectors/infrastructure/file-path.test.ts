import { describe, expect, it } from "vitest";
import { filePath } from "../../../../../src/observe/classify/detectors/infrastructure/file-path.ts";
import { asker } from "../support.ts";

const ask = asker(filePath);

describe("file_path", () => {
  it.each([
    ["cwd", "/home/gitrunner/builds/ledger"],
    ["anything", "/home/kim/.ssh/id_rsa"],
    ["anything", "C:\\Users\\kim\\Desktop\\a.txt"],
    ["anything", "\\\\fileserver\\share\\a"],
    ["file", "/var/www/html/index.php"],
    ["path", "/Users/kim/Library/x.plist"],
    ["anything", "file:///etc/passwd"],
    ["config", "/etc/app/app.conf"],
  ])("is the value of %s: %s", (key, text) => {
    expect(ask(text, key)?.confidence).toBeGreaterThanOrEqual(0.9);
  });

  it("takes the file of a frame, and a path in a message", () => {
    expect(ask("/app/src/orders.py", "filename", [], ["lineno"])).toMatchObject({ confidence: 0.85 });
    expect(ask("fopen(/var/www/html/a.php): failed to open stream", "message")).toMatchObject({ confidence: 0.75, own: true });
  });

  it.each([
    ["path", "/home/news"],
    ["url", "/home/news/latest"],
    ["path", "/users/12/files"],
    ["path", "/api/v1/opt/in"],
    ["href", "/var/products"],
    ["path", "src/index.ts"],
    ["path", "acme/shop"],
    ["file", "report.pdf"],
    ["mountPath", "/etc/config/app"],
    ["path", "/Documents/report.pdf"],
    ["key", "s3://bucket/var/lib/x"],
    ["text", "and/or"],
  ])("is not the value of %s: %s", (key, text) => {
    expect(ask(text, key)?.confidence ?? 0).toBeLessThan(0.6);
  });
});
