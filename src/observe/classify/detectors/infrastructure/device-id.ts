import type { Surroundings } from "../../fields.ts";
import { isAboutAnother } from "../../names.ts";
import { UUID } from "../../uuid.ts";
import { isDigitPattern, passesLuhn } from "../../values.ts";
import type { Detector, Hit } from "../detector.ts";

/** What one device is known by: telephones and their cards (3GPP TS 23.003, ITU-T E.118), identifiers for advertising, serial numbers of things. */
export const deviceId: Detector = {
  class: "device_id",
  over: ["payment_card", "phone", "card_last4", "bank_account", "account_last4", "health_insurance_id"],
  inText: false,
  isNamed,
  detect: ({ text }, surroundings) => {
    const kind = KINDS.find(({ name }) => name.test(surroundings.name));
    if (kind !== undefined)
      return kind.test(text.replace(kind.separators, ""))
        ? { confidence: kind.confidence, sample: isPattern(text), note: kind.note }
        : undefined;
    if (SERIALS.test(surroundings.name)) return serialHit(text, surroundings);
    return DEVICE.test(surroundings.name) ? deviceHit(text, surroundings) : undefined;
  },
};

function serialHit(text: string, { name, above, beside }: Surroundings): Hit | undefined {
  if (!/^[A-Z0-9][A-Z0-9-]{5,24}$/i.test(text) || !/\d/.test(text) || UUID.test(text)) return undefined;
  if ([...beside].some((other) => CERTIFICATE.test(other))) return undefined;
  const isDevice =
    / serial/.test(name) || above.slice(0, 2).some((parent) => DEVICES.test(parent)) || [...beside].some((other) => HARDWARE.test(other));
  return isDevice ? { confidence: 0.75, note: "serial", cues: ["beside"] } : undefined;
}

function deviceHit(text: string, { name, beside }: Surroundings): Hit | undefined {
  if (!UUID.test(text) && !/^[\da-f]{16,64}$/i.test(text) && !/^[A-Za-z0-9_-]{20,64}$/.test(text)) return undefined;
  if (isPattern(text) || !/\d/.test(text)) return undefined;
  if (/fingerprint|udid|uuid|hardware|transmitter|tracker|beacon/.test(name)) return { confidence: 0.8, note: "device", cues: ["shape"] };
  return [...beside].some((other) => HANDSET.test(other)) ? { confidence: 0.7, note: "device", cues: ["beside"] } : undefined;
}

function isNamed({ name }: Surroundings): boolean {
  return KINDS.some((kind) => kind.name.test(name)) || (/\bdevice (?:fingerprint|udid|uuid)\b/.test(name) && !isAboutAnother(name));
}

function isPattern(text: string): boolean {
  const digits = text.replace(/\W/g, "");
  return isDigitPattern(digits) || /^(?:0+|f+)$/i.test(digits);
}

interface Kind {
  readonly note: string;
  readonly name: RegExp;
  readonly separators: RegExp;
  readonly test: (text: string) => boolean;
  readonly confidence: number;
}

const NONE = /$^/;
const KINDS: readonly Kind[] = [
  {
    note: "imei",
    name: /\b(?:imei|imeisv|imei sv|imei ?\d)\b(?! (?:required|status|type|lock))/,
    separators: /[ /-]/g,
    test: (text) => /^\d{14,16}$/.test(text),
    confidence: 0.95,
  },
  { note: "imsi", name: /\bimsi\b/, separators: NONE, test: (text) => /^\d{14,15}$/.test(text), confidence: 0.95 },
  {
    note: "iccid",
    name: /\b(?:iccid|icc id|iccids|sim (?:card )?(?:number|serial|serial number|no)|sim ?id)\b/,
    separators: / /g,
    test: (text) => /^89\d{16,20}F?$/i.test(text) && (passesLuhn(text) || /^89\d{16,18}/.test(text)),
    confidence: 0.95,
  },
  { note: "eid", name: /^(?:eid|e id|euicc id|e uicc id)$/, separators: / /g, test: (text) => /^89\d{30}$/.test(text), confidence: 0.95 },
  {
    note: "meid",
    name: /\b(?:meid|esn)\b/,
    separators: NONE,
    test: (text) => /^(?:[\dA-F]{14}|\d{18}|[\dA-F]{8}|\d{11})$/i.test(text),
    confidence: 0.9,
  },
  {
    note: "advertising",
    name: /\b(?:idfa|idfv|gaid|aaid|adid|rdid|oaid|maid|ifa|advertising (?:id|identifier)|advertiser id|android ad(?:vertising)? id|google ad(?:vertising)? id|gps adid|ad id|device ifa|vendor identifier)$/,
    separators: NONE,
    test: (text) => UUID.test(text),
    confidence: 0.93,
  },
  {
    note: "android",
    name: /\b(?:android id|androidid|ssaid)$/,
    separators: NONE,
    test: (text) => /^[\da-f]{15,16}$/i.test(text),
    confidence: 0.93,
  },
  {
    note: "udid",
    name: /\budid\b/,
    separators: NONE,
    test: (text) => /^(?:[\da-f]{40}|[\dA-F]{8}-[\dA-F]{16})$/i.test(text) || UUID.test(text),
    confidence: 0.95,
  },
  {
    note: "lorawan",
    name: /^(?:dev ?eui|device eui|deveui|eui|eui ?64|ieee ?(?:address|addr)|zigbee (?:id|eui|address))$/,
    separators: /[:-]/g,
    test: (text) => /^[\da-f]{16}$/i.test(text),
    confidence: 0.9,
  },
];
const SERIALS =
  /^(?:(?:device|hardware|product|machine|equipment|meter|unit|terminal|reader|asset|vehicle|camera|gateway|module|router|switch|chassis|battery|inverter|charger|printer|laptop|phone) )?(?:serial|serial ?number|serialnumber|serial no|seriennummer|numero de serie|sn)$/;
const DEVICES =
  /\b(?:device|gateway|module|vehicle|camera|switch|access point|router|appliance|chassis|inverter|charger|drone|scanner|kiosk|phone|handset|laptop|computer|tablet|hardware|terminal|reader|meter|sensor|camera|printer|router|tracker|modem|workstation|mobile)\b/;
const HARDWARE =
  /^(?:imei|model|model number|firmware|mac|mac address|firmware|firmware version|os version|manufacturer|device model|hardware version|udid|wifi mac|iccid|meid|model identifier|battery|battery level)$/;
const CERTIFICATE = /^(?:issuer|subject|not before|not after|valid from|thumbprint|fingerprint|certificate|csr|common name|isbn)$/;
const DEVICE =
  /^(?:(?:client|mobile|user|hardware|visitor|physical|unique) )?device (?:id|identifier|uuid|udid|fingerprint)$|^(?:(?:transmitter|tracker|beacon) (?:id|identifier)|hardware (?:id|uuid)|machine id|hwid|deviceid)$/;
const HANDSET =
  /^(?:o|os|platform|os version|os name|app version|user agent|ip|ip address|model|device model|manufacturer|device type|browser|last seen ip|rooted|jailbroken|push token)$/;
