import { describe, expect, test } from "vitest";
import type { SdkEcosystem } from "../../../../src/model/sdk.ts";
import { ecosystemOfLockFile } from "../../../../src/model/sdk.ts";
import { type InstalledVersions, installedVersions, readLockFile } from "../../../../src/observe/classify/lock-files/installed-versions.ts";
import * as files from "./lock-file-samples.ts";

/** What a sample says of a package; undefined where it is no lock file. */
function installed(file: string, text: string, name: string): InstalledVersions | undefined {
  const read = readLockFile(file, text);
  const ecosystem = ecosystemOfLockFile(file) as SdkEcosystem;
  return read === undefined ? undefined : installedVersions(read, ecosystem, name);
}

const at = (...versions: readonly string[]): InstalledVersions => ({ versions, unversioned: 0 });
const elsewhere = (places: number, ...versions: readonly string[]): InstalledVersions => ({ versions, unversioned: places });

describe("what a lock file says is installed", () => {
  test.each<readonly [title: string, file: string, text: string, name: string, expected: InstalledVersions]>([
    ["npm 5: nested", "package-lock.json", files.PACKAGE_LOCK_1, "acme-node", at("3.9.0", "4.1.0")],
    ["npm 5: an alias", "package-lock.json", files.PACKAGE_LOCK_1, "@acme/core", at("1.2.3")],
    ["npm 5: from git", "package-lock.json", files.PACKAGE_LOCK_1, "acme-git", elsewhere(1)],
    ["npm 5: a folder", "package-lock.json", files.PACKAGE_LOCK_1, "acme-local", elsewhere(1)],
    ["npm 7: nested", "package-lock.json", files.PACKAGE_LOCK_2, "acme-node", at("3.9.0", "4.1.0")],
    ["npm 7: without its twin of version 1", "npm-shrinkwrap.json", files.PACKAGE_LOCK_3, "acme-node", at("3.9.0", "4.1.0")],
    ["npm 9: a scope and an alias", "package-lock.json", files.PACKAGE_LOCK_3, "@acme/core", at("1.2.3", "1.3.0")],
    ["npm 9: the alias is no name", "package-lock.json", files.PACKAGE_LOCK_3, "core-one", at()],
    ["npm 9: from git", "package-lock.json", files.PACKAGE_LOCK_3, "acme-git", elsewhere(1)],
    ["npm 9: a workspace", "package-lock.json", files.PACKAGE_LOCK_3, "acme-local", elsewhere(1)],
    ["npm 9: nothing", "package-lock.json", '{ "name": "x", "lockfileVersion": 3 }', "acme-node", at()],
    ["Yarn 1: several", "yarn.lock", files.YARN_1, "acme-node", at("3.9.0", "4.1.0")],
    ["Yarn 1: a scope and an alias", "yarn.lock", files.YARN_1, "@acme/core", at("1.2.3", "1.3.0")],
    ["Yarn 1: from git", "yarn.lock", files.YARN_1, "acme-git", elsewhere(1)],
    ["Yarn 1: a folder", "yarn.lock", files.YARN_1, "acme-local", elsewhere(1)],
    ["Yarn 1: a dependency of another is no entry", "yarn.lock", files.YARN_1, "left-pad", at()],
    ["Yarn 4: several", "yarn.lock", files.YARN_4, "acme-node", at("3.9.0", "4.1.0")],
    ["Yarn 4: a scope and an alias", "yarn.lock", files.YARN_4, "@acme/core", at("1.2.3")],
    ["Yarn 4: patched", "yarn.lock", files.YARN_4, "acme-patched", elsewhere(1, "2.0.0")],
    ["Yarn 4: wanted by many", "yarn.lock", files.YARN_4, "acme-wanted", at("1.9.0")],
    ["Yarn 4: a workspace", "yarn.lock", files.YARN_4, "acme-local", elsewhere(1)],
    ["Yarn 4: from git", "yarn.lock", files.YARN_4, "acme-git", elsewhere(1)],
    ["pnpm 6: several, with peers", "pnpm-lock.yaml", files.PNPM_5, "acme-node", at("3.9.0", "4.1.0")],
    ["pnpm 6: a scope", "pnpm-lock.yaml", files.PNPM_5, "@acme/core", at("1.2.3")],
    ["pnpm 4: with peers", "pnpm-lock.yaml", files.PNPM_5, "acme-first", at("1.0.0")],
    ["pnpm 6: from git", "pnpm-lock.yaml", files.PNPM_5, "acme-git", elsewhere(1)],
    ["pnpm 6: a workspace", "pnpm-lock.yaml", files.PNPM_5, "acme-local", elsewhere(1)],
    ["pnpm 8: several, with peers", "pnpm-lock.yaml", files.PNPM_6, "acme-node", at("3.9.0", "4.1.0")],
    ["pnpm 8: a scope", "pnpm-lock.yaml", files.PNPM_6, "@acme/core", at("1.2.3")],
    ["pnpm 8: from git", "pnpm-lock.yaml", files.PNPM_6, "acme-git", elsewhere(1)],
    ["pnpm 9: several, with peers", "pnpm-lock.yaml", files.PNPM_9, "acme-node", at("3.9.0", "4.1.0")],
    ["pnpm 9: a scope and an alias", "pnpm-lock.yaml", files.PNPM_9, "@acme/core", at("1.2.3")],
    ["pnpm 9: from git", "pnpm-lock.yaml", files.PNPM_9, "acme-git", elsewhere(1)],
    ["pnpm 9: a workspace", "pnpm-lock.yaml", files.PNPM_9, "acme-local", elsewhere(1)],
    ["Poetry", "poetry.lock", files.POETRY, "Acme.SDK", at("4.1.0")],
    ["Poetry: an index of one's own", "poetry.lock", files.POETRY, "acme-own", at("1.0")],
    ["Poetry: from git", "poetry.lock", files.POETRY, "acme-git", elsewhere(1)],
    ["Poetry: a dependency is no entry", "poetry.lock", files.POETRY, "requests", at()],
    ["uv", "uv.lock", files.UV, "acme_sdk", at("3.9.0", "4.1.0")],
    ["uv: the project itself", "uv.lock", files.UV, "acme-local", elsewhere(1)],
    ["uv: from git", "uv.lock", files.UV, "acme-git", elsewhere(1)],
    ["Pipenv", "Pipfile.lock", files.PIPFILE, "acme-sdk", at("4.1.0")],
    ["Pipenv: for development", "Pipfile.lock", files.PIPFILE, "acme-dev", at("1.0")],
    ["Pipenv: from git", "Pipfile.lock", files.PIPFILE, "acme-git", elsewhere(1)],
    ["pip", "requirements.txt", files.REQUIREMENTS, "acme-sdk", at("4.1.0")],
    ["pip: extras and a marker", "requirements.txt", files.REQUIREMENTS, "acme-extra", at("1.0", "2.0")],
    ["pip: a range is no version", "requirements.txt", files.REQUIREMENTS, "acme-range", elsewhere(1)],
    ["pip: a prefix is no version", "requirements.txt", files.REQUIREMENTS, "acme-prefix", elsewhere(1)],
    ["pip: from git", "requirements.txt", files.REQUIREMENTS, "acme-git", elsewhere(1)],
    ["pip: an egg", "requirements.txt", files.REQUIREMENTS, "acme-egg", elsewhere(1)],
    ["pip: a comment is no requirement", "requirements.txt", files.REQUIREMENTS, "acme-old", at()],
    ["pip: with another file", "requirements-prod.txt", "-r base.txt\nacme==1.0\n", "acme-sdk", { ...at(), isPart: true }],
    ["Composer", "composer.lock", files.COMPOSER, "Acme/acme-php", at("v4.1.0")],
    ["Composer: a branch", "composer.lock", files.COMPOSER, "acme/branch", elsewhere(1)],
    ["Composer: a folder", "composer.lock", files.COMPOSER, "acme/local", elsewhere(1)],
    ["Composer: for development", "composer.lock", files.COMPOSER, "acme/dev-tools", at("1.0.0")],
    ["Bundler: once for each platform", "Gemfile.lock", files.GEMFILE, "acme", at("4.1.0")],
    ["Bundler: from git", "Gemfile.lock", files.GEMFILE, "acme-git", elsewhere(1)],
    ["Bundler: a folder", "Gemfile.lock", files.GEMFILE, "acme-local", elsewhere(1)],
    ["Bundler: a dependency is no entry", "Gemfile.lock", files.GEMFILE, "json", at()],
    ["Go", "go.mod", files.GO_MOD, "github.com/acme/acme-go/v4", at("v4.1.0")],
    ["Go: in one line", "go.mod", files.GO_MOD, "github.com/acme/one", at("v1.0.0")],
    ["Go: replaced", "go.mod", files.GO_MOD, "github.com/acme/replaced", elsewhere(1)],
    ["Go: excluded", "go.mod", files.GO_MOD, "github.com/acme/excluded", at()],
    ["Go: hashes", "go.sum", files.GO_SUM, "github.com/acme/acme-go/v4", at("v4.1.0")],
    ["Go: hashes of several", "go.sum", files.GO_SUM, "github.com/acme/two", elsewhere(1)],
    ["Go: only looked at", "go.sum", files.GO_SUM, "github.com/acme/looked", at()],
  ])("%s", (_title, file, text, name, expected) => {
    expect(installed(file, text, name)).toEqual(expected);
    expect(installed(file, text.replaceAll("\n", "\r\n"), name)).toEqual(expected);
  });

  const FILES = [
    "package-lock.json",
    "yarn.lock",
    "pnpm-lock.yaml",
    "poetry.lock",
    "Pipfile.lock",
    "composer.lock",
    "Gemfile.lock",
    "go.mod",
  ];

  test.each(FILES)("%s: what is none says nothing", (file) => {
    for (const text of ["", "<html></html>", "[1]", "{", "null", '{ "acme": 1 }', "\u0000", "acme-node 4.1.0"]) {
      expect(installed(file, text, "acme-node")).toBeUndefined();
    }
  });

  test("a name that is no lock file's is not read", () => {
    for (const name of ["package.json", "__proto__", "constructor", "", "requirements.in"])
      expect(readLockFile(name, "{}")).toBeUndefined();
  });

  test("versions are kept where they are versions, and twenty at the most", () => {
    const entries = (versions: readonly string[]) =>
      Object.fromEntries(versions.map((version, at) => [`node_modules/${"a/node_modules/".repeat(at)}acme-node`, { version }]));
    const lock = (versions: readonly string[]) => JSON.stringify({ lockfileVersion: 3, packages: entries(versions) });
    const hostile = ["\u001b[31m4.1.0", "4.1.0 canary", "x".repeat(65), "", "../../etc/passwd", "4.1.0\n"];
    expect(installed("package-lock.json", lock(hostile), "acme-node")).toEqual(elsewhere(hostile.length));
    const many = Array.from({ length: 30 }, (_, at) => `4.${at}.0`);
    expect(installed("package-lock.json", lock(many), "acme-node")).toMatchObject({ unversioned: 10 });
  });

  test("depth and length are no way to stop it", () => {
    const deep = `{"lockfileVersion":1,"dependencies":${'{"acme-node":{"version":"1.0.0","dependencies":'.repeat(5000)}{}${"}}".repeat(5000)}}`;
    expect(installed("package-lock.json", deep, "acme-node") ?? elsewhere(5000)).toMatchObject({ unversioned: expect.any(Number) });
    const long = "a".repeat(1_000_000);
    for (const file of FILES) expect(() => installed(file, `${long}\n${'"'.repeat(100_000)}`, "acme-node")).not.toThrow();
    expect(installed("yarn.lock", `# yarn lockfile v1\n\n${long}@^1:\n  version "1.0.0"\n`, "acme-node")).toEqual(at());
    for (const file of [...FILES, "requirements.txt", "go.sum"]) expect(readLockFile(file, "\n".repeat(1_000_001))).toBeUndefined();
    expect(() => installed("requirements.txt", `acme==1.0${" ".repeat(200_000)}x`, "acme")).not.toThrow();
  });
});
