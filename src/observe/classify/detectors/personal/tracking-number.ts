import type { Surroundings } from "../../fields.ts";
import type { Detector } from "../detector.ts";

/** Of a parcel: whoever has it sees where it goes. */
export const trackingNumber: Detector = {
  class: "tracking_number",
  over: ["phone", "payment_card", "bank_account", "routing_number"],
  inText: false,
  needsName: true,
  isNamed,
  detect: ({ text }) => (NUMBER.test(text) && /\d{4}/.test(text) ? { confidence: 0.88 } : undefined),
};

function isNamed({ name, above }: Surroundings): boolean {
  return (
    CUE.test(name) ||
    (/^(?:number|code|value|id)$/.test(name) && /(?:^| )(?:tracking|tracking info|tracking detail|waybill)$/.test(above[0] ?? ""))
  );
}

const CUE =
  /(?:^| )(?:tracking ?(?:number|no|num|code|id)|trackingnumber|track(?:ing)? (?:and trace )?(?:number|code)|air ?way ?bill(?: number| no)?|awb(?: number| no| code)?|way ?bill(?: number| no)?|consignment (?:number|no|note)|parcel (?:number|no)|sendungsnummer|numero (?:de )?suivi|numero (?:de )?(?:seguimiento|rastreo|guia)|codigo (?:de )?rastreio|numer przesylki)$/;
const NUMBER = /^[A-Z0-9][A-Z0-9 -]{6,38}[A-Z0-9]$/;
