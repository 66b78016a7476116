import { defineRule } from "../rule.ts";

export const noOwner = defineRule({
  meta: {
    id: "inventory/no-owner",
    revision: 1,
    title: "The integration has an owner",
    failureTitle: "The integration has no owner",
    rationale:
      "A finding that belongs to nobody is read by nobody; on the day of a breach at the provider, somebody has to know what we send there.",
    remediation: {
      verb: "declare",
      alone: true,
      effort: "low",
      text: "Name the team that answers for this integration under `owner`, or once for all under `defaults.owner`.",
    },
    severity: "low",
    likelihood: 2,
    citations: [
      { id: "ISO/IEC 27001:2022 A.5.9", url: "https://www.iso.org/standard/27001" },
      { id: "OWASP API9:2023", url: "https://owasp.org/API-Security/editions/2023/en/0xa9-improper-inventory-management/" },
    ],
    cwe: [],
    owasp: ["API9:2023"],
    controls: ["PCI-DSS 12.8.1", "ISO27001 A.5.9", "ISO27001 A.5.19", "NIST-CSF ID.AM-02"],
    confirm: 1,
  },
  needs: [],
  outcomes: {
    owned: { verdict: "pass", message: () => "The integration has an owner." },
    "nobody-named": { verdict: "fail", message: () => "Nobody is named as the owner of this integration." },
    "ad-hoc": { verdict: "not-applicable", message: () => "The target is not in an inventory." },
  },
  applies: ({ integration }) => (integration.adHoc ? "ad-hoc" : undefined),
  evaluate: ({ integration }) => [{ outcome: (integration.owner ?? "").trim() === "" ? "nobody-named" : "owned", subject: "" }],
});
