import type { LeakKind } from "../../../../model/head-facts.ts";

/** What profilers and debuggers put into answers. A link counts where it leads to the host that answered: there its pages may be read. */
export function debugLeaks(field: string, value: string, origin: string | undefined): readonly LeakKind[] {
  if (LINK_FIELDS.test(field)) return LINKS.test(value) ? [leadsHome(value, origin) ? "debug-link" : "debug-mode"] : [];
  if (field === "server-timing") return timesDatabase(value) ? ["timing"] : [];
  const isOn = (PROFILER_FIELDS.test(field) && PROFILED.test(value)) || (SWITCH_FIELDS.test(field) && !OFF.test(value));
  return isOn ? ["debug-mode"] : [];
}

function leadsHome(link: string, origin: string | undefined): boolean {
  const base = origin ?? "https://host.invalid";
  return URL.canParse(link, base) && new URL(link, base).host === new URL(base).host;
}

/** By the metrics' names (W3C Server Timing); `cfL4`, `cdn-cache` and the like are of content networks. */
function timesDatabase(value: string): boolean {
  return value.split(",", MAX_METRICS).some((metric) => DATABASE.test(metric.split(";")[0]?.trim().toLowerCase() ?? ""));
}

const MAX_METRICS = 200;
const LINK_FIELDS = /^x-debug-(?:token-)?link$/;
const LINKS = /^(?:https?:\/\/|\/)\S+$/i;
/** A profiler's identifier, its data, or a count of what it saw. */
const PROFILER_FIELDS =
  /^(?:x-debug-(?:token|tag|duration|time|memory|queries|sql|trace|log|data)|x-chromelogger-data|x-chromephp-data|x-clockwork-(?:id|version|path)|phpdebugbar(?:-\w+)?|x-wf-[\d-]+|x-wf-protocol-\d+|x-miniprofiler-ids|x-debugkit-id|x-tracy-\w+|x-sql-[\w-]+|x-(?:db-)?query-count|x-db-queries|eo-debug-[\w-]+|x-xdebug-[\w-]+|x-firephp-[\w-]+|x-blackfire-[\w-]+|x-django-debug-\w+|x-profiler-[\w-]+|x-laravel-debug-?bar)$/;
const PROFILED = /[A-Za-z\d]/;
/** On or off. */
const SWITCH_FIELDS =
  /^x-(?!(?:cache|varnish|akamai|cdn|edge|fastly|cf)-)(?:[\w.]{1,20}-)?debug(?:-mode|-info|-enabled)?$|^debug(?:-mode)?$/;
const OFF = /^(?:0|false|off|no|none|null|disabled|-|\s*)$/i;
const DATABASE =
  /^(?:db|sql|mysql|mariadb|postgres|postgresql|pg|pgsql|mongo|mongodb|redis|mssql|oracle|query|queries|doctrine|hibernate|database)(?:$|[\W_\d])|(?:^|[\W_])(?:sql|db|database|query|queries)$/;
