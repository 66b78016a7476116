import type { Detector } from "./detector.ts";
import { claimNumber } from "./health/claim-number.ts";
import { deaNumber } from "./health/dea-number.ts";
import { healthInsuranceId } from "./health/health-insurance-id.ts";
import { healthRecord } from "./health/health-record.ts";
import { medicalRecordNumber } from "./health/medical-record-number.ts";
import { npi } from "./health/npi.ts";

/** Patients, what they have, and who treats and insures them. */
export const HEALTH_DETECTORS: readonly Detector[] = [claimNumber, deaNumber, healthInsuranceId, healthRecord, medicalRecordNumber, npi];
