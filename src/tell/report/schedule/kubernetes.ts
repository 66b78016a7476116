import { durationText } from "../../../model/duration.ts";
import { err, ok, type Result } from "../../../model/result.ts";
import { kubernetesArgument, shellWord, yamlString } from "./quote.ts";
import { jitterWords, killAfterSeconds, type NightlyAudit, NOTHING, type Refusal, refusal, type ScheduleFile } from "./schedule.ts";

export interface KubernetesOptions extends NightlyAudit {
  readonly image: string;
  /** File on the machine of whoever applies this, for the command that makes the ConfigMap of it. */
  readonly inventory: string;
}

/** A CronJob with its volume. */
export function kubernetesSchedule(options: KubernetesOptions): Result<readonly ScheduleFile[], Refusal> {
  const refused = refusal({ "--image": options.image, "--inventory": options.inventory }, NOTHING, "");
  return refused === undefined ? ok([{ path: "apirisk.kubernetes.yaml", content: manifest(options) }]) : err(refused);
}

function manifest(options: KubernetesOptions): string {
  const { image, inventory, at, maxTimeMs } = options;
  const words = [
    ...["audit", "--cron", "--log-format", "json", "--inventory", `${CONFIGURATION}/apirisk.yaml`, "--db", `${STATE}/history.db`],
    ...["--max-time", durationText(maxTimeMs)],
    ...jitterWords(options),
  ];
  return `# apirisk every night, as a CronJob (Kubernetes 1.27 or newer, for timeZone). Before the first:
#   kubectl create configmap apirisk --from-file=${shellWord(`apirisk.yaml=${inventory}`)} --from-file=trust.json=TRUST_FILE --from-file=notify.json=NOTIFY_FILE
#   kubectl create secret generic apirisk --from-literal=NAME_OF_ENV_REFERENCE=...
# The ConfigMap holds the inventory, the bindings that \`apirisk credential trust\` wrote ({"version": 1, "bindings": [], "folders": [], "exec": false} for none)
# and where messages go ({"version": 1} for nowhere); none of them has a secret in it. How to make the image: docs/running-it-every-night.md.
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: apirisk
spec:
  # One node at a time, on block storage. Not NFS, EFS or another network file system: the history is SQLite with a write-ahead log, which
  # needs shared memory and locks that work; there they do not, and what breaks is the history.
  accessModes: [ReadWriteOnce]
  resources:
    requests:
      storage: 1Gi
---
apiVersion: batch/v1
kind: CronJob
metadata:
  name: apirisk
spec:
  schedule: ${yamlString(`${at.minute} ${at.hour} * * *`)}
  timeZone: Etc/UTC
  # A run that is still going is not joined by another. apirisk's own lock says the same, with exit code 4.
  concurrencyPolicy: Forbid
  # Without a deadline, a controller that was down for more than 100 starts never starts it again; below 10 s it may never start at all.
  startingDeadlineSeconds: 3600
  successfulJobsHistoryLimit: 3
  failedJobsHistoryLimit: 7
  jobTemplate:
    spec:
      # A failed gate (1) is a result: to do it again would ask the providers again, and say the same.
      backoffLimit: 0
      # Longer than --jitter and --max-time together, after which apirisk stops by itself and keeps what it has.
      activeDeadlineSeconds: ${killAfterSeconds(options)}
      template:
        spec:
          restartPolicy: Never
          terminationGracePeriodSeconds: 30
          automountServiceAccountToken: false
          enableServiceLinks: false
          securityContext:
            runAsNonRoot: true
            runAsUser: 10001
            runAsGroup: 10001
            fsGroup: 10001
            fsGroupChangePolicy: OnRootMismatch
            seccompProfile:
              type: RuntimeDefault
          containers:
            - name: apirisk
              # Pin it by digest (name@sha256:...): what runs every night with your credentials must not change by itself.
              image: ${yamlString(image)}
              command: [apirisk]
              args:
${words.map((word) => `                - ${kubernetesArgument(word)}`).join("\n")}
              env:
                - name: APIRISK_TRUST
                  value: ${CONFIGURATION}/trust.json
                - name: APIRISK_NOTIFY
                  value: ${CONFIGURATION}/notify.json
              # One variable for each env: reference of the inventory and of notify.json.
              envFrom:
                - secretRef:
                    name: apirisk
                    optional: true
              securityContext:
                allowPrivilegeEscalation: false
                readOnlyRootFilesystem: true
                capabilities:
                  drop: [ALL]
              resources:
                requests:
                  cpu: 100m
                  memory: 256Mi
                limits:
                  memory: 1Gi
              volumeMounts:
                - name: state
                  mountPath: ${STATE}
                - name: tmp
                  mountPath: /tmp
                # File by file: the folder of a mounted ConfigMap may be written by others, and bindings that lie in such a folder are refused.
                - name: configuration
                  mountPath: ${CONFIGURATION}/apirisk.yaml
                  subPath: apirisk.yaml
                  readOnly: true
                - name: configuration
                  mountPath: ${CONFIGURATION}/trust.json
                  subPath: trust.json
                  readOnly: true
                - name: configuration
                  mountPath: ${CONFIGURATION}/notify.json
                  subPath: notify.json
                  readOnly: true
          volumes:
            - name: state
              persistentVolumeClaim:
                claimName: apirisk
            - name: tmp
              emptyDir: {}
            - name: configuration
              configMap:
                name: apirisk
`;
}

const CONFIGURATION = "/etc/apirisk";
const STATE = "/var/lib/apirisk";
