import type { Detector } from "./detector.ts";
import { deviceId } from "./infrastructure/device-id.ts";
import { filePath } from "./infrastructure/file-path.ts";
import { geoCoordinates } from "./infrastructure/geo-coordinates.ts";
import { hostname } from "./infrastructure/hostname.ts";
import { internalHost } from "./infrastructure/internal-host.ts";
import { ipAddress } from "./infrastructure/ip-address.ts";
import { macAddress } from "./infrastructure/mac-address.ts";
import { privateIp } from "./infrastructure/private-ip.ts";
import { sqlError } from "./infrastructure/sql-error.ts";
import { stackTrace } from "./infrastructure/stack-trace.ts";
import { trackingNumber } from "./infrastructure/tracking-number.ts";
import { userAgent } from "./infrastructure/user-agent.ts";
import { wifiSsid } from "./infrastructure/wifi-ssid.ts";

/** Machines, networks and places. */
export const INFRASTRUCTURE_DETECTORS: readonly Detector[] = [
  deviceId,
  filePath,
  geoCoordinates,
  hostname,
  internalHost,
  ipAddress,
  macAddress,
  privateIp,
  sqlError,
  stackTrace,
  trackingNumber,
  userAgent,
  wifiSsid,
];
