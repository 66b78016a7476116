import { Flags } from "@oclif/core";
import { withEnv, wordFlag } from "../../src/cli/flags.ts";
import { jitterFlag, nightFlags, ScheduleCommand } from "../../src/cli/schedule-command.ts";
import { kubernetesSchedule } from "../../src/tell/report/schedule/kubernetes.ts";

export default class ScheduleKubernetes extends ScheduleCommand {
  static override summary = "Print a Kubernetes CronJob and its volume that audit every night.";
  static override description = "Nothing is written or applied.";
  static override examples = ["<%= config.bin %> schedule kubernetes --image registry.example.com/apirisk@sha256:... | kubectl apply -f -"];
  static override flags = {
    ...nightFlags,
    ...jitterFlag,
    ...withEnv({
      inventory: Flags.string({
        summary: "Inventory file, for the command that makes a ConfigMap of it.",
        default: "apirisk.yaml",
        helpValue: "FILE",
      }),
      image: wordFlag(
        /^[a-z0-9][\w.:/@-]{0,511}$/i,
        "the name of an image",
      )({ summary: "Container image with apirisk on its PATH.", required: true, helpValue: "IMAGE" }),
    }),
  };

  async run() {
    const { flags } = await this.parse(ScheduleKubernetes);
    const { at, jitter, image, inventory } = flags;
    return this.deliverFiles(kubernetesSchedule({ at, jitterMs: jitter, maxTimeMs: flags["max-time"], image, inventory }));
  }
}
