import type { Detector } from "./detector.ts";
import { age } from "./personal/age.ts";
import { dateOfBirth } from "./personal/date-of-birth.ts";
import { driverLicense } from "./personal/driver-license.ts";
import { email } from "./personal/email.ts";
import { freeText } from "./personal/free-text.ts";
import { gender } from "./personal/gender.ts";
import { idDocumentDate } from "./personal/id-document-date.ts";
import { licensePlate } from "./personal/license-plate.ts";
import { locationCoarse } from "./personal/location-coarse.ts";
import { maritalStatus } from "./personal/marital-status.ts";
import { nationalId } from "./personal/national-id.ts";
import { nationality } from "./personal/nationality.ts";
import { passport } from "./personal/passport.ts";
import { personName } from "./personal/person-name.ts";
import { phone } from "./personal/phone.ts";
import { photoUrl } from "./personal/photo-url.ts";
import { postalAddress } from "./personal/postal-address.ts";
import { postalCode } from "./personal/postal-code.ts";
import { signatureImage } from "./personal/signature-image.ts";
import { taxId } from "./personal/tax-id.ts";
import { taxStatus } from "./personal/tax-status.ts";
import { username } from "./personal/username.ts";
import { vehicleVin } from "./personal/vehicle-vin.ts";

/** Who somebody is, and how to reach them. */
export const PERSONAL_DETECTORS: readonly Detector[] = [
  age,
  dateOfBirth,
  driverLicense,
  email,
  freeText,
  gender,
  idDocumentDate,
  licensePlate,
  locationCoarse,
  maritalStatus,
  nationalId,
  nationality,
  passport,
  personName,
  phone,
  photoUrl,
  postalAddress,
  postalCode,
  signatureImage,
  taxId,
  taxStatus,
  username,
  vehicleVin,
];
