import { describe, expect, it } from "vitest";
import { FINANCIAL_DETECTORS } from "../../../../src/observe/classify/detectors/financial.ts";
import { HEALTH_DETECTORS } from "../../../../src/observe/classify/detectors/health.ts";
import { SPECIAL_DETECTORS } from "../../../../src/observe/classify/detectors/special.ts";
import { asker } from "./support.ts";

const LENGTH = 200_000;
/** Repeated pieces of what the shapes of these classes are made of. */
const PIECES = ["1", "1 ", "1-", "1.", "1/", "A", "A1", "a b ", "0x", "1,", "rs1", "c.1", "NM_1:c.", "E11.", "No ", "-1.5,", "é", "\ud800"];
const NAMES = (
  "ethnicity race religion politicalParty unionMember sexualOrientation offense fingerprintTemplate gene rsid diagnosis icd10 ndc value comment " +
  "heartRate mrn memberId npi dea claimNumber accountNumber routingNumber bic last4 cvv expiry bin fingerprint salary balance creditScore " +
  "walletAddress giftCardCode iban pan"
).split(" ");

describe("detectors of special, health and financial data", () => {
  it.each([...SPECIAL_DETECTORS, ...HEALTH_DETECTORS, ...FINANCIAL_DETECTORS])(
    "$class stands long hostile values under the names it knows",
    (detector) => {
      const ask = asker(detector);
      for (const piece of PIECES) {
        const text = piece.repeat(Math.ceil(LENGTH / piece.length));
        for (const name of NAMES) {
          const confidence = ask(
            text,
            name,
            ["card", "bankAccount", "patient", "coverage"],
            ["last4", "iban", "loinc", "payer"],
          )?.confidence;
          expect(confidence ?? 0).toBeLessThanOrEqual(1);
        }
      }
    },
  );

  it.each([...SPECIAL_DETECTORS, ...HEALTH_DETECTORS, ...FINANCIAL_DETECTORS])(
    "$class stands a name without end and ten thousand neighbours",
    (detector) => {
      const ask = asker(detector);
      const beside = Array.from({ length: 10_000 }, (_, index) => `field_${index}_name`);
      for (const name of ["a_".repeat(50_000), "union ".repeat(20_000), "account number ".repeat(10_000), "gross net ".repeat(10_000)]) {
        expect(ask("12345678", name, [name, name, name], beside)?.confidence ?? 0).toBeLessThanOrEqual(1);
      }
    },
  );
});
