import { durationText } from "../../../model/duration.ts";
import { MINUTE, SECOND } from "../../../model/instant.ts";
import { err, ok, type Result } from "../../../model/result.ts";
import { yamlString } from "./quote.ts";
import { killAfterSeconds, type NightlyAudit, type Refusal, refusal, type ScheduleFile } from "./schedule.ts";

export interface GithubActionsOptions extends NightlyAudit {
  /** Relative to the repository's root. */
  readonly inventory: string;
  /** Of apirisk, exact. */
  readonly version: string;
}

/** A workflow. Its history is in the cache of the repository, which is the weak point of it and says so. */
export function githubActionsSchedule(options: GithubActionsOptions): Result<readonly ScheduleFile[], Refusal> {
  const { inventory } = options;
  const refused =
    refusal({ "--inventory": inventory }, /\$\{\{/, "has ${{, which Actions takes for an expression wherever it stands") ??
    refusal({ "--inventory": inventory }, /^\/|^[A-Za-z]:|\\|(?:^|\/)\.\.(?:\/|$)/, "is not a path inside the repository");
  return refused === undefined ? ok([{ path: ".github/workflows/apirisk.yml", content: workflow(options) }]) : err(refused);
}

function workflow(options: GithubActionsOptions): string {
  const { inventory, at, maxTimeMs, version } = options;
  const minutes = Math.ceil((killAfterSeconds({ ...options, jitterMs: 0 }) * SECOND + INSTALLING_MS) / MINUTE);
  return `# apirisk every night, on GitHub's own machines. Save as .github/workflows/apirisk.yml on the default branch: no other one is scheduled.
#
# The history is what this tool is about, and here it lives in a cache: GitHub deletes caches that nobody read for a week, and the oldest ones
# of a repository that has too many; a job that dies before it saves loses its night. A lost history must not look like a quiet one, so the
# job stops when it is gone. Start it by hand with "first" for a new one. Better: a machine of your own with a disk, by cron or systemd.
# Whoever may run workflows here, on a branch or from a fork, can read that cache: use a private repository.
name: apirisk
on:
  schedule:
    # UTC, whatever the season. Best effort: later under load, most of all at full hours, or not at all.
    # In a public repository it is switched off after 60 days without activity, and nothing says so: the heartbeat below is the alarm.
    - cron: ${yamlString(`${at.minute} ${at.hour} * * *`)}
  workflow_dispatch:
    inputs:
      first:
        description: There is no history yet, or it was lost
        type: boolean
        default: false
permissions:
  contents: read
# One run at a time; a second one waits. A run that is going is never cancelled.
concurrency:
  group: apirisk
  cancel-in-progress: false
jobs:
  audit:
    runs-on: ubuntu-latest
    # Longer than --max-time, after which apirisk stops by itself and keeps what it has.
    timeout-minutes: ${minutes}
    env:
      APIRISK_INVENTORY: ${yamlString(inventory)}
      APIRISK_DB: \${{ github.workspace }}/.apirisk-history/history.db
      # One variable for each env: reference of the inventory, and the bindings that \`apirisk credential trust\` wrote, as a secret
      # that is a file's whole text: who may change the repository must not be able to bind a credential to another host.
      # ACME_TOKEN: \${{ secrets.ACME_TOKEN }}
    steps:
      # Pin these actions to commits.
      - uses: actions/checkout@v4
        with:
          persist-credentials: false
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      # apirisk is in no public registry: whoever took the bare name there would run here, with your tokens. Make version ${version} with
      # \`npm pack\` in its checkout, keep it where only you can write, and name it in the secret: a URL, which may hold its token, or a path here.
      - name: Install apirisk ${version}
        env:
          PACKAGE: \${{ secrets.APIRISK_PACKAGE }}
        run: |
          case "$PACKAGE" in
            *.tgz|https://*) npm install --global "$PACKAGE" ;;
            *) echo "Set the secret APIRISK_PACKAGE to a tarball of apirisk: a path that ends in .tgz, or an https URL."; exit 2 ;;
          esac
      # Contents of trust.json and notify.json. Neither has a secret in it; secrets keep them from people who may only read.
      - name: Bindings of credentials and channels, outside of the checkout
        env:
          TRUST: \${{ secrets.APIRISK_TRUST_FILE }}
          NOTIFY: \${{ secrets.APIRISK_NOTIFY_FILE }}
        run: |
          umask 077
          if [ -n "$TRUST" ]; then printf '%s' "$TRUST" > "$RUNNER_TEMP/trust.json"; fi
          echo "APIRISK_TRUST=$RUNNER_TEMP/trust.json" >> "$GITHUB_ENV"
          if [ -n "$NOTIFY" ]; then
            printf '%s' "$NOTIFY" > "$RUNNER_TEMP/notify.json"
            echo "APIRISK_NOTIFY=$RUNNER_TEMP/notify.json" >> "$GITHUB_ENV"
          fi
      - uses: actions/cache/restore@v4
        with:
          path: .apirisk-history
          key: apirisk-history-\${{ github.run_id }}-\${{ github.run_attempt }}
          restore-keys: apirisk-history-
      - name: The history is there
        if: \${{ !inputs.first }}
        run: apirisk run show latest > /dev/null
      - name: Audit
        id: audit
        run: |
          code=0
          apirisk audit --cron --log-format text --max-time ${durationText(maxTimeMs)} || code=$?
          echo "code=$code" >> "$GITHUB_OUTPUT"
          exit "$code"
      # A cache cannot be changed, only added: a key for each attempt, and the newest is found by its beginning.
      - uses: actions/cache/save@v4
        if: always() && steps.audit.outputs.code != ''
        with:
          path: .apirisk-history
          key: apirisk-history-\${{ github.run_id }}-\${{ github.run_attempt }}
      # A dead man's switch outside of GitHub: a URL that expects a ping every night and calls you when none came, whatever the reason.
      - name: Heartbeat
        if: always() && steps.audit.outputs.code != ''
        env:
          URL: \${{ secrets.APIRISK_HEARTBEAT_URL }}
          CODE: \${{ steps.audit.outputs.code }}
        run: |
          if [ -n "$URL" ]; then
            curl --fail --silent --max-time 10 --retry 3 --output /dev/null "$URL/$CODE" || echo "The heartbeat was not delivered."
          fi
`;
}

/** Checkout, Node and apirisk, with a compiler's time for better-sqlite3. */
const INSTALLING_MS = 10 * MINUTE;
