import { describe, expect, it } from "vitest";
import { createApiDescriptions } from "../../src/app/api-descriptions.ts";
import { noticesOfDescriptions } from "../../src/app/description-notices.ts";
import type { LockFilePort } from "../../src/model/lock-file-port.ts";
import { err, ok } from "../../src/model/result.ts";
import { describedAs } from "../judge/builders.ts";

const DOCUMENT = JSON.stringify({ openapi: "3.1.0" });

function files() {
  const asked: string[] = [];
  const lockFiles: LockFilePort = {
    read: async (path) => {
      asked.push(path);
      if (path.startsWith("gone")) return err({ kind: "not-found", detail: "is not there" });
      if (path.startsWith("shut")) return err({ kind: "not-readable", detail: "permission denied" });
      return ok({ name: path, text: path.startsWith("odd") ? "[]" : DOCUMENT });
    },
  };
  return { asked, lockFiles };
}

describe("descriptions of a run", () => {
  it("are read once, whoever names them, and at the same time", async () => {
    const { asked, lockFiles } = files();
    const descriptions = createApiDescriptions(lockFiles);
    const [first, second] = await Promise.all([descriptions.read("a.json"), descriptions.read("a.json")]);
    expect(await descriptions.read("a.json")).toBe(first);
    expect([second === first, first.ok, asked]).toEqual([true, true, ["a.json"]]);
  });

  it("are kept as far as there is room, the newest whatever its length", async () => {
    const { asked, lockFiles } = files();
    const descriptions = createApiDescriptions(lockFiles, DOCUMENT.length * 2);
    for (const path of ["a.json", "b.json", "b.json", "a.json", "c.json", "b.json", "a.json"]) await descriptions.read(path);
    expect(asked).toEqual(["a.json", "b.json", "c.json", "a.json"]);
    const none = createApiDescriptions(lockFiles, 1);
    await none.read("d.json");
    await none.read("d.json");
    expect(asked.slice(4)).toEqual(["d.json"]);
  });

  it.each([
    ["gone.json", "expected a file there, found none"],
    ["shut.json", "expected a file that may be read, found: permission denied"],
    ["odd.json", "expected an OpenAPI 3.x or Swagger 2.0 document in JSON or YAML, found no mapping"],
  ])("say what is wrong with %s, once read", async (path, words) => {
    const { asked, lockFiles } = files();
    const descriptions = createApiDescriptions(lockFiles);
    expect([await descriptions.read(path), await descriptions.read(path)]).toEqual([err(words), err(words)]);
    expect(asked).toEqual([path]);
  });
});

describe("notices of descriptions", () => {
  const BROKEN = [describedAs([], { state: "unavailable", problem: "expected this, found that" })];
  const named = (id: string, openapi: string, observations = BROKEN) => ({
    integration: { id, openapi, source: { file: "/somewhere/apirisk.yaml", line: 7, pointer: "" } },
    observations,
  });

  it("say what, where and what to do, once for a file", () => {
    const audits = ["one", "two", "three", "four"].map((id) => named(id, "acme.json"));
    const [notice, ...others] = noticesOfDescriptions(audits);
    expect(others).toEqual([]);
    expect(notice).toBe(
      "openapi acme.json of one (inventory line 7), openapi acme.json of two (inventory line 7), openapi acme.json of three (inventory line 7) and 1 more: expected this, found that. Put it right, or take `openapi` out; until then data/undocumented-field says nothing.",
    );
  });

  it("tell of places that were not read", () => {
    const observations = [describedAs(["$.id"], { unread: ["$.owner.*"] })];
    expect(noticesOfDescriptions([named("one", "acme.json", observations)])).toEqual([
      expect.stringContaining("what endpoint list answers at $.owner.* stands in another document"),
    ]);
  });

  it("are few, however many files are broken, and none where all is well", () => {
    const many = Array.from({ length: 30 }, (_, at) => named("one", `${at}.json`));
    expect(noticesOfDescriptions(many)).toHaveLength(11);
    expect(noticesOfDescriptions(many).at(-1)).toContain("20 more descriptions");
    expect(noticesOfDescriptions([named("one", "acme.json", [describedAs(["$.id"])])])).toEqual([]);
  });
});
