import { issuerChanged } from "../../../../src/judge/rules/certificate/issuer-changed.ts";
import { intermediate, serverLeaf } from "../../../lab/support/certificate-factory.ts";
import { NOW } from "../../builders.ts";
import { leaf, ROOT } from "../../chain-builders.ts";
import { renewalCases } from "../../renewal-cases.ts";
import { describeRule } from "../../rule-cases.ts";

const at = new Date(NOW);
const named = (CN: string, O?: string) =>
  intermediate(ROOT, {
    at,
    subject:
      O === undefined
        ? CN
        : [
            { type: "O", value: O },
            { type: "CN", value: CN },
          ],
  });
const from = (authority: ReturnType<typeof named>) => serverLeaf(authority, { at });

describeRule(
  issuerChanged,
  renewalCases(
    [
      { name: "the same issuer", before: leaf(), now: leaf(), expect: ["same"] },
      {
        name: "taking turns",
        before: from(named("E7", "Let's Encrypt")),
        now: from(named("E8", "let's encrypt")),
        expect: ["another-certificate-of-it"],
      },
    ],
    [
      { name: "another organisation", before: from(named("R1", "One")), now: from(named("R1", "Other")), expect: ["changed", "info"] },
      { name: "no organisations to compare", before: from(named("A")), now: from(named("B")), expect: ["changed", "info"] },
    ],
  ),
);
