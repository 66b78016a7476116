import type { Severity } from "../../model/severity.ts";
import { paragraph } from "./prose.ts";
import { sanitise } from "./sanitise.ts";
import { type Style, severityMark } from "./style.ts";
import { renderTable } from "./table.ts";

/** What `inspect` found in one file; structural, so that a report needs no use case. */
export interface InspectedFileLines {
  readonly file: string;
  readonly entries: readonly {
    readonly format: string | null;
    readonly records: number | null;
    readonly fields: readonly {
      readonly path: string;
      readonly class: string;
      readonly confidence: number;
      readonly count: number;
      readonly masked: boolean;
      readonly sample: boolean;
    }[];
    readonly findings: readonly { readonly rule: string; readonly severity?: Severity; readonly message?: string }[];
  }[];
}

/** Fields and findings of each file; never a value. */
export function renderInspection(files: readonly InspectedFileLines[], style: Style): string {
  const blocks = files.flatMap(({ file, entries }) =>
    entries.map(({ format, records, fields, findings }) => {
      const about = [format ?? "not understood", ...(records === null ? [] : [`${records} records`])].join(", ");
      const table = renderTable(
        [
          { title: "PATH", flexible: true },
          { title: "CLASS" },
          { title: "CONFIDENCE", align: "right", priority: 1 },
          { title: "COUNT", align: "right", priority: 2 },
          { title: "NOTE", priority: 3 },
        ],
        fields.map((field) => [
          field.path,
          field.class,
          field.confidence.toFixed(2),
          String(field.count),
          [field.masked ? "masked" : "", field.sample ? "sample" : ""].filter((word) => word !== "").join(" "),
        ]),
        style,
      );
      const said = findings.map(({ rule, severity, message }) =>
        paragraph(`${rule}: ${message ?? ""}`, style, severity === undefined ? {} : { lead: `${severityMark(severity, style)} ` }),
      );
      const head = `${sanitise(file, "terminal")}: ${about}`;
      return [
        head,
        ...(fields.length > 0 ? [table] : []),
        ...(said.length > 0 ? said : [format === null ? "Nothing was judged." : "No findings."]),
      ].join("\n");
    }),
  );
  return blocks.join("\n\n");
}
