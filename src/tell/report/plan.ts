import { counted, paragraph } from "./prose.ts";
import type { Style } from "./style.ts";
import { renderTable } from "./table.ts";

/** What a dry run knows of one integration; structural, so that a report needs no use case. */
export interface PlanLine {
  readonly integration: { readonly id: string };
  readonly targets: readonly { readonly origin: string }[];
  readonly skipped?: string;
  readonly bound: {
    readonly connections: number;
    readonly requests: number;
    readonly requestsPerMonth: number;
    readonly probes: readonly { readonly probe: string; readonly times: number; readonly connections: number; readonly requests: number }[];
  };
}

/** The most that an audit would send, probe by probe. */
export function renderPlan(plans: readonly PlanLine[], style: Style): string {
  const rows = plans.flatMap(({ integration, targets, skipped, bound }) => {
    const where = targets.map(({ origin }) => origin).join(" ");
    if (bound.probes.length === 0) return [[integration.id, where, skipped === undefined ? "nothing to ask" : "left alone", "0", "0", "0"]];
    return bound.probes.map(({ probe, times, connections, requests }, index) => [
      index === 0 ? integration.id : "",
      index === 0 ? where : "",
      probe,
      String(times),
      String(connections),
      String(requests),
    ]);
  });
  const table = renderTable(
    [
      { title: "INTEGRATION" },
      { title: "WHERE", flexible: true, priority: 2 },
      { title: "PROBE" },
      { title: "TIMES", align: "right", priority: 1 },
      { title: "CONNECTIONS", align: "right" },
      { title: "REQUESTS", align: "right" },
    ],
    rows,
    style,
  );
  const sum = (count: (plan: PlanLine) => number) => plans.reduce((total, plan) => total + count(plan), 0);
  const connections = sum(({ bound }) => bound.connections);
  const requests = sum(({ bound }) => bound.requests);
  const monthly = sum(({ bound }) => bound.requestsPerMonth);
  const sentence =
    `At most ${counted(connections, "connection")} and ${counted(requests, "request")}, each probe's one repeat included. ` +
    `Audited once a day, that is about ${counted(monthly, "request")} a month. Nothing was sent.`;
  return `${table}\n\n${paragraph(sentence, style)}`;
}
