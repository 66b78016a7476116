import type { TlsVersion } from "../../model/tls.ts";

/** Versions that speak in records (RFC 6101, RFC 8446). SSL 2.0 has a format of its own. */
export type RecordVersion = Exclude<TlsVersion, "SSL 2.0">;

export function versionCode(version: RecordVersion): number {
  return CODES[version];
}

export function versionOfCode(code: number): RecordVersion | undefined {
  return (Object.keys(CODES) as RecordVersion[]).find((version) => CODES[version] === code);
}

/** Codes from TLS 1.3 down to `oldest`, the best first. */
export function versionsDownTo(oldest: RecordVersion): readonly number[] {
  return Object.values(CODES)
    .filter((code) => code >= CODES[oldest])
    .reverse();
}

const CODES: Readonly<Record<RecordVersion, number>> = {
  "SSL 3.0": 0x0300,
  "TLS 1.0": 0x0301,
  "TLS 1.1": 0x0302,
  "TLS 1.2": 0x0303,
  "TLS 1.3": 0x0304,
};
