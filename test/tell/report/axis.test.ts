import { describe, expect, it } from "vitest";
import { drawBar, drawMarks, drawScale } from "../../../src/tell/report/axis.ts";
import type { Style } from "../../../src/tell/report/style.ts";
import type { CertificateRow } from "../../../src/tell/view/certificate-timeline-view.ts";
import { served } from "../timeline-samples.ts";

const ASCII: Style = { columns: 80, colour: false, unicode: false };

describe("a bar", () => {
  it.each([
    ["ends within", { end: 0.55 }, "|-----]"],
    ["ends in the first column", { end: 0.01 }, "|]"],
    ["ends with the axis", { end: 1 }, "|---------]"],
    ["ends after it", { end: 1.001 }, "|--------->"],
    ["ends long after it", { end: 30_000 }, "|--------->"],
    ["ended now", { end: 0 }, "|x"],
    ["ended long ago", { end: -30_000 }, "|x"],
    ["has a window", { end: 0.75, window: { from: 0.3, to: 0.55, isHabit: true } }, "|---###-]"],
    ["has a window of one moment", { end: 0.75, window: { from: 0.3, to: 0.3, isHabit: true } }, "|---#---]"],
    ["has a window up to its end", { end: 0.75, window: { from: 0.5, to: 0.75, isHabit: false } }, "|-----==]"],
    ["has a window that began before now", { end: 0.75, window: { from: -0.3, to: 0.15, isHabit: true } }, "|##-----]"],
    ["has a window before now", { end: 0.75, window: { from: -0.3, to: -0.001, isHabit: true } }, "|-------]"],
    ["has a window beyond its end", { end: 0.55, window: { from: 0.4, to: 0.8, isHabit: true } }, "|----#]###"],
    ["has a window after the axis", { end: 3, window: { from: 2, to: 2.5, isHabit: true } }, "|--------->"],
    ["has a window that the axis cuts", { end: 3, window: { from: 0.8, to: 2.5, isHabit: true } }, "|--------#>"],
  ])("%s", (_, place, expected) => {
    expect(drawBar(row(place), [], 10, ASCII)).toBe(expected);
  });

  it("lets the marks cross its line, and hides them behind window and end", () => {
    const marks = [0.05, 0.25, 0.55, 0.85].map((at) => ({ at, maxDays: 100 }));
    expect(drawBar(row({ end: 0.55, window: { from: 0.2, to: 0.3, isHabit: true } }), marks, 10, ASCII)).toBe("|+-##-]  :");
    expect(drawBar(row({ end: -1 }), marks.slice(1), 10, ASCII)).toBe("|x :  :  :");
  });

  it("that was not seen lately looks it, ended or not", () => {
    expect(drawBar(row({ end: 0.55 }, "unseen"), [], 10, ASCII)).toBe("|.....?");
    expect(drawBar(row({ end: -1 }, "unseen"), [], 10, ASCII)).toBe("|?");
    expect(drawBar(row({ end: 2 }, "unseen"), [], 10, ASCII)).toBe("|.........>");
  });
});

describe("the axis", () => {
  it("says the limit beside each mark, where there is room", () => {
    expect(drawMarks([], 20, ASCII)).toBe("|");
    expect(drawMarks([{ at: 0.5, maxDays: 100 }], 20, ASCII)).toBe("|          : 100 d");
    expect(drawMarks([{ at: 0.9, maxDays: 100 }], 20, ASCII)).toBe("|            100 d :");
    expect(
      drawMarks(
        [0.5, 0.6].map((at, index) => ({ at, maxDays: 100 - index })),
        20,
        ASCII,
      ),
    ).toBe("|    100 d : : 99 d");
    expect(drawMarks([{ at: 0.5, maxDays: 100 }], 8, ASCII)).toBe("|    :");
  });

  it("says its ends, and its middle where there is room", () => {
    expect(drawScale(["aa", "bb", "cc"], 12)).toBe("aa   bb   cc");
    expect(drawScale(["aa", "bb", "cc"], 9)).toBe("aa     cc");
    expect(drawScale(["aa", "bb", "cc"], 4)).toBe("aa");
  });
});

function row(place: Pick<CertificateRow, "end" | "window">, standing: "early" | "unseen" = "early"): CertificateRow {
  return { certificate: served("acme", 1, 90, { standing }), issuer: "R3", ...place };
}
