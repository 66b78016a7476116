import { describe, expect, it } from "vitest";
import { userFolders } from "../../src/app/folders.ts";

const PID = 4711;
const SYSTEMD = { SYSTEMD_EXEC_PID: "4711", STATE_DIRECTORY: "/var/lib/apirisk", CONFIGURATION_DIRECTORY: "/etc/apirisk" };
const folders = (env: Readonly<Record<string, string>>, home: string | undefined = "/home/kim", windows = false) =>
  userFolders({ env, pid: PID, home, windows });

describe("where a user's files are", () => {
  it("is below HOME", () => {
    expect(folders({})).toEqual({
      config: { variable: "HOME", path: "/home/kim/.config/apirisk" },
      data: { variable: "HOME", path: "/home/kim/.local/share/apirisk" },
    });
  });

  it("is in the XDG folders", () => {
    expect(folders({ XDG_CONFIG_HOME: "/xdg/c", XDG_DATA_HOME: "/xdg/d" }, undefined)).toEqual({
      config: { variable: "XDG_CONFIG_HOME", path: "/xdg/c/apirisk" },
      data: { variable: "XDG_DATA_HOME", path: "/xdg/d/apirisk" },
    });
  });

  it("is what systemd made, for the process that systemd started", () => {
    expect(folders({ ...SYSTEMD, XDG_DATA_HOME: "/xdg/d" })).toEqual({
      config: { variable: "CONFIGURATION_DIRECTORY", path: "/etc/apirisk" },
      data: { variable: "STATE_DIRECTORY", path: "/var/lib/apirisk" },
    });
  });

  it.each(["4712", "", " 4711", "04711", undefined])("is not what systemd made for another process (SYSTEMD_EXEC_PID=%j)", (pid) => {
    const { SYSTEMD_EXEC_PID: _, ...inherited } = SYSTEMD;
    expect(folders({ ...inherited, ...(pid === undefined ? {} : { SYSTEMD_EXEC_PID: pid }) }).data.variable).toBe("HOME");
  });

  it("is the first of several folders of systemd", () => {
    expect(folders({ ...SYSTEMD, STATE_DIRECTORY: "/var/lib/one:/var/lib/two" }).data.path).toBe("/var/lib/one");
  });

  it("is what our own variables say, before everything else", () => {
    expect(folders({ ...SYSTEMD, APIRISK_DATA_DIR: "/data", APIRISK_CONFIG_DIR: "/config" })).toEqual({
      config: { variable: "APIRISK_CONFIG_DIR", path: "/config" },
      data: { variable: "APIRISK_DATA_DIR", path: "/data" },
    });
  });

  it("is never below the folder that the process was started in", () => {
    const relative = { ...SYSTEMD, STATE_DIRECTORY: "state", XDG_DATA_HOME: "xdg", APIRISK_DATA_DIR: "." };
    expect(folders(relative, ".").data).toEqual({ variable: "HOME", path: undefined });
    expect(folders({ STATE_DIRECTORY: "", SYSTEMD_EXEC_PID: "4711", XDG_DATA_HOME: "" }).data.path).toBe("/home/kim/.local/share/apirisk");
  });

  it("is nowhere without a home folder", () => {
    const nowhere = { variable: "HOME", path: undefined };
    expect(userFolders({ env: {}, pid: PID, home: undefined, windows: false })).toEqual({ config: nowhere, data: nowhere });
  });

  it("is LOCALAPPDATA on Windows, and only there", () => {
    expect(folders({ LOCALAPPDATA: "/appdata" }, undefined, true).data).toEqual({ variable: "LOCALAPPDATA", path: "/appdata/apirisk" });
    expect(folders({ LOCALAPPDATA: "/appdata" }).data.variable).toBe("HOME");
  });
});
