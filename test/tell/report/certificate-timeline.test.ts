import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import type { CertificateTimeline } from "../../../src/model/certificate-timeline.ts";
import { DAY, HOUR } from "../../../src/model/instant.ts";
import { renderCertificateTimeline } from "../../../src/tell/report/certificate-timeline.ts";
import type { Style } from "../../../src/tell/report/style.ts";
import { textWidth } from "../../../src/tell/report/width.ts";
import { certificateTimelineView } from "../../../src/tell/view/certificate-timeline-view.ts";
import { HIDDEN } from "../hidden.ts";
import { NOON, sampleTimeline, served } from "../timeline-samples.ts";

const plain: Style = { columns: 80, colour: false, unicode: true };

describe("the timeline of certificates in print", () => {
  it.each([
    [60, true],
    [80, false],
    [80, true],
    [120, true],
  ])("reads well in %d columns (Unicode: %s)", async (columns, unicode) => {
    const text = rendered(sampleTimeline(), { ...plain, columns, unicode });
    expect(text.split("\n").filter((line) => textWidth(line) > columns)).toEqual([]);
    await expect(`${text}\n`).toMatchFileSnapshot(`./goldens/certificate-timeline-${columns}${unicode ? "" : "-ascii"}.txt`);
  });

  it("is ASCII where there is nothing else, and the same without colour", () => {
    expect(rendered(sampleTimeline(), { ...plain, unicode: false })).toMatch(/^[\n\x20-\x7e]*$/);
    const coloured = rendered(sampleTimeline(), { ...plain, colour: true });
    expect(coloured).toContain("\u001b[");
    expect(stripVTControlCharacters(coloured)).toBe(rendered(sampleTimeline(), plain));
  });

  it.each([40, 60, 80, 120])("puts every bar of %d columns on the same axis", (columns) => {
    const bars = rendered(sampleTimeline(), { ...plain, columns })
      .split("\n")
      .filter((line) => line.startsWith("  │") && / \d{4}-\d\d-\d\d /.test(line));
    expect(bars).toHaveLength(11);
    expect(new Set(bars.map((line) => line.search(/\d{4}-\d\d-\d\d/))).size).toBe(1);
  });

  it("lets nothing from outside move the cursor, hide, or command a CI system", () => {
    const nasty = "Evil \u001b[2J\u202e\n::error::x ##vso[y]";
    const certificates = [
      served(nasty, 5 * DAY, 90, { origin: `https://${nasty}`, issuer: `CN=${nasty}`, keyType: nasty }),
      served("世界".repeat(40), 5 * DAY, 90),
    ];
    const without = [{ integration: nasty, reason: "never-seen" }] as const;
    const text = rendered(sampleTimeline({ certificates, without, inventory: nasty }), { ...plain, columns: 60 });
    expect(text).not.toMatch(HIDDEN);
    expect(text).not.toMatch(/::error|##vso\[/);
    expect(text.split("\n").filter((line) => textWidth(line) > 60)).toEqual([]);
    expect(text.replaceAll(/\s/g, "")).toContain("世界".repeat(40));
  });

  it("says hours where days say too little", () => {
    const axis = { from: NOON, to: NOON + 2 * DAY };
    const text = rendered(sampleTimeline({ axis, certificates: [served("hourly", 9 * HOUR, 1)] }), plain);
    expect(text).toMatch(/2026-11-30 12:00 +2026-12-01 12:00 +2026-12-02 12:00\n/);
    expect(text).toMatch(/2026-11-30 {2}in 9 h/);
  });

  it("lists who is without, where nobody has a certificate", () => {
    expect(rendered(sampleTimeline({ certificates: [], elsewhere: 0 }), plain)).toBe(
      ["No certificate is known.", "", "Without a known certificate", "  · plain: declared without https", "  · fresh: never audited"].join(
        "\n",
      ),
    );
  });
});

function rendered(document: CertificateTimeline, style: Style): string {
  return renderCertificateTimeline(certificateTimelineView(document), style);
}
