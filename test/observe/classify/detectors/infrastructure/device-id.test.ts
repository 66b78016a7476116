import { describe, expect, it } from "vitest";
import { deviceId } from "../../../../../src/observe/classify/detectors/infrastructure/device-id.ts";
import { asker } from "../support.ts";

const ask = asker(deviceId);

describe("device_id", () => {
  it.each([
    ["imei", "356938035643809", "imei"],
    ["IMEI2", "35-693803-564380-9", "imei"],
    ["imsi", "262011234567890", "imsi"],
    ["sim_iccid", "8944501019830482686", "iccid"],
    ["idfa", "cdda802e-fb9c-47ad-9866-0794d394c912", "advertising"],
    ["advertisingId", "cdda802e-fb9c-47ad-9866-0794d394c912", "advertising"],
    ["androidId", "9774d56d682e549c", "android"],
    ["udid", "00008030-001A2D3C4E5F6071", "udid"],
    ["eid", "89049032000001000000012345678901", "eid"],
    ["eui64", "00158d0001a2b3c4", "lorawan"],
    ["EUI", "00-15-8d-00-01-a2-b3-c4", "lorawan"],
    ["ieeeAddr", "00158d0001a2b3c4", "lorawan"],
    ["zigbee_eui", "00:15:8d:00:01:a2:b3:c4", "lorawan"],
    ["camera_serial_number", "R58N12ABCDE", "serial"],
    ["inverterSerial", "R58N12ABCDE", "serial"],
    ["devEui", "70B3D57ED0012345", "lorawan"],
  ])("is the value of %s: %s", (key, text, note) => {
    expect(ask(text, key)).toMatchObject({ note });
  });

  it("takes a number", () => {
    expect(ask(356938035643809, "imei")).toMatchObject({ note: "imei" });
  });

  it("takes a serial number of a device, not of a certificate", () => {
    expect(ask("R58N12ABCDE", "serial_number", [], ["imei"])).toMatchObject({ note: "serial" });
    expect(ask("R58N12ABCDE", "serialNumber", ["device"])).toMatchObject({ note: "serial" });
    expect(ask("0F9A8B7C6D5E4F", "serial_number", ["device"], ["issuer"])).toBeUndefined();
    expect(ask("R58N12ABCDE", "serial_number", ["book"])).toBeUndefined();
  });

  it("takes the identifier of a device beside what the device says of itself", () => {
    const uuid = "cdda802e-fb9c-47ad-9866-0794d394c912";
    expect(ask(uuid, "device_id", [], ["os_version"])).toMatchObject({ confidence: 0.7 });
    expect(ask(uuid, "device_id", [], ["name"])).toBeUndefined();
    expect(ask("9f2c6d5b8ce1a0479f2c6d5b8ce1a047", "device_fingerprint")).toMatchObject({ confidence: 0.8 });
  });

  it.each([
    ["imei", "none"],
    ["imei", "12345"],
    ["imei_required", "356938035643809"],
    ["order_number", "356938035643809"],
    ["number", "8944501019830482686"],
    ["advertising_id", "campaign-12"],
    ["eui64", "00158d0001a2b3"],
    ["ieee_standard", "00158d0001a2b3c4"],
    ["camera_serial_number", "unknown"],
    ["novel_serial_number", "R58N12ABCDE"],
    ["serial_number", "R58N12ABCDE"],
    ["device_id", "42"],
  ])("is not the value of %s: %s", (key, text) => {
    expect(ask(text, key)).toBeUndefined();
  });

  it.each(["gateway", "access_point", "drone", "vehicle"])("takes the serial number of a %s", (above) => {
    expect(ask("R58N12ABCDE", "serial_number", [above])).toMatchObject({ note: "serial" });
    expect(ask("R58N12ABCDE", "serial_number", [above], ["not_before"])).toBeUndefined();
  });

  it("takes the serial number beside the model of a machine", () => {
    expect(ask("R58N12ABCDE", "sn", [], ["model_number"])).toMatchObject({ note: "serial" });
    expect(ask("R58N12ABCDE", "sn", [], ["title"])).toBeUndefined();
  });
});
