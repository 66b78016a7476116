import { Flags } from "@oclif/core";
import { certificateTimeline } from "../../src/app/certificate-timeline.ts";
import { AppCommand } from "../../src/cli/app-command.ts";
import { placeFlags } from "../../src/cli/audit-flags.ts";
import { UserError } from "../../src/cli/errors.ts";
import { countFlag, dayFlag, withEnv } from "../../src/cli/flags.ts";
import { DAY, type Instant } from "../../src/model/instant.ts";
import { CRITICALITIES } from "../../src/model/integration.ts";
import { renderCertificateTimeline } from "../../src/tell/report/certificate-timeline.ts";
import { certificateTimelineView } from "../../src/tell/view/certificate-timeline-view.ts";

export default class CertificateTimeline extends AppCommand {
  static override summary =
    "Show all certificates on one axis, those of providers and our own: their ends, when they are usually renewed, and what may come next.";
  static override description =
    "Reads history alone, and sends nothing. With an inventory (a file that is named, or apirisk.yaml here or above) its integrations, " +
    "those without a known certificate too; without one all that history knows. Decides no exit code.";
  static override examples = [
    "<%= config.bin %> certificate timeline",
    "<%= config.bin %> certificate timeline --days 30 --owner payments-team",
    "<%= config.bin %> certificate timeline --until 2029-12-31 --json",
  ];
  static override flags = {
    ...placeFlags,
    ...withEnv({
      until: dayFlag({ summary: "Last day of the axis (UTC). Default: the last end, 90 days at least.", helpValue: "DATE" }),
      days: countFlag(1, 36_600)({ summary: "Length of the axis in days.", exclusive: ["until"] }),
      owner: Flags.string({ summary: "Only integrations of this owner.", helpGroup: "FILTER" }),
      criticality: Flags.option({ options: CRITICALITIES })({ summary: "Only integrations of this criticality.", helpGroup: "FILTER" }),
    }),
  };

  async run() {
    const { flags } = await this.parse(CertificateTimeline);
    const { until, days, owner, criticality } = flags;
    const now = this.machine().clock.now();
    const end = endOfAxis(now, until, days);
    const inventory = await this.inventoryIfAny(flags.inventory);
    const document = await this.withMemoryToRead(flags.db, (history) =>
      certificateTimeline(history, {
        now,
        ...(end === undefined ? {} : { until: end }),
        ...(inventory === undefined ? {} : { inventory }),
        ...(owner === undefined ? {} : { owner }),
        ...(criticality === undefined ? {} : { criticality }),
      }),
    );
    const isEmpty = document.certificates.length === 0 && document.without.length === 0 && document.elsewhere === 0;
    if (isEmpty && (owner ?? criticality) !== undefined) throw new UserError("NOTHING_SELECTED", "No integration matches these filters.");
    if (isEmpty) this.present("No certificate is known yet. Make some history with: apirisk audit");
    else this.present(renderCertificateTimeline(certificateTimelineView(document), this.terminal.stdout.style));
    return document;
  }
}

/** The axis ends with the last day that was asked for; undefined where none was. */
function endOfAxis(now: Instant, lastDay: Instant | undefined, days: number | undefined): Instant | undefined {
  if (lastDay === undefined) return days === undefined ? undefined : now + days * DAY;
  if (lastDay + DAY > now) return lastDay + DAY;
  throw new UserError("INVALID_VALUE", "--until: expected today or a later day, in UTC");
}
