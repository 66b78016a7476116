import type { Hook } from "@oclif/core/hooks";
import { nearest } from "../model/nearest.ts";
import { UserError } from "./errors.ts";

/** oclif's hook: says which command was probably meant. oclif finds it by the default export. */
const commandNotFound: Hook.CommandNotFound = async ({ id, argv = [], config }) => {
  const words = [...id.split(":"), ...argv.filter((argument) => !argument.startsWith("-"))];
  const commands = config.commands.filter((command) => command.hidden !== true).map((command) => command.id.replaceAll(":", " "));
  const meant = [words.slice(0, 2).join(" "), words[0] ?? ""].map((typed) =>
    nearest(typed, [...commands, ...config.topics.map(({ name }) => name)]),
  );
  const suggestion = meant.find((command) => command !== undefined);
  throw new UserError("UNKNOWN_COMMAND", "There is no such command.", {
    suggestions: [...(suggestion === undefined ? [] : [`${config.bin} ${suggestion}`]), `${config.bin} --help`],
  });
};

export default commandNotFound;
