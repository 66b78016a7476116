import { Document, isScalar, YAMLMap, YAMLSeq } from "yaml";
import type { DataClass } from "../model/data-class.ts";
import type { Proposal, ProposedEndpoint, ProposedField } from "../model/proposal.ts";
import { carriesSecret } from "./literal-secret.ts";

/**
 * The proposals as the part of an inventory that they are: YAML with a comment where something is sensitive. Secrets stand in comments alone.
 * @param why what makes a class sensitive to an integration, in a few words
 */
export function expectationText(proposals: readonly Proposal[], why: (dataClass: DataClass, integration: string) => string): string {
  const document = new Document({ integrations: [] }, { version: "1.2" });
  document.commentBefore = HEAD;
  document.set(
    "integrations",
    sequence(proposals.map((proposal) => integrationNode(document, proposal, (dataClass) => why(dataClass, proposal.integration)))),
  );
  return document.toString({ lineWidth: 0 });
}

function integrationNode(document: Document, { integration, endpoints }: Proposal, why: Why): YAMLMap {
  const node = new YAMLMap();
  node.set("id", integration);
  node.set("endpoints", sequence(endpoints.map((endpoint) => endpointNode(document, endpoint, why))));
  return node;
}

function endpointNode(document: Document, { id, reason, fields, classes, maxRecords }: ProposedEndpoint, why: Why): YAMLMap {
  const node = new YAMLMap();
  node.set("id", id);
  if (reason !== undefined) {
    node.comment = ` nothing to propose: ${reason}`;
    return node;
  }
  const expect = new YAMLMap();
  if (maxRecords !== undefined) expect.set("maxRecords", maxRecords);
  const declared = fields.filter((field) => leftOut(field) === undefined);
  const list = sequence(declared.map((field) => fieldNode(document, field, why)));
  const others = fields.flatMap((field) => leftOut(field) ?? []);
  if (others.length > 0) list.comment = others.map((reason) => ` not proposed: ${reason}`).join("\n");
  expect.set("fields", list);
  if (classes.length > 0) expect.set("classes", flow(classes));
  node.set("expect", expect);
  return node;
}

/** Why it is not proposed; undefined where it is. */
function leftOut({ path, classes, secret, unwritable, coversMore }: ProposedField): string | undefined {
  if (secret === true) return `${path} holds ${classes.map((one) => one.class).join(", ")}`;
  if (coversMore === true) return `${path} stands for keys that are data, among named fields: it would cover every field that comes`;
  if (unwritable !== true) return undefined;
  if (carriesSecret(path)) return "a field whose name has the form of a secret";
  const shown = path.length > MOST_SHOWN ? `${path.slice(0, MOST_SHOWN)}...` : path;
  return `${shown} is longer than an inventory takes, or cannot be written`;
}

function fieldNode(document: Document, { path, classes, standsFor }: ProposedField, why: Why) {
  const node = document.createNode(path);
  const said = classes.map((one) => `${one.class}${one.masked ? ", masked" : ""}: ${why(one.class)}`);
  const words = standsFor === undefined ? said : [`stands for ${standsFor} fields, too many or too long for a list: narrow it`, ...said];
  if (isScalar(node) && words.length > 0) node.comment = ` ${words.join("; ")}`;
  return node;
}

function sequence(items: readonly unknown[]): YAMLSeq {
  const list = new YAMLSeq();
  for (const item of items) list.add(item);
  return list;
}

function flow(items: readonly string[]): YAMLSeq {
  const list = sequence(items);
  list.flow = true;
  return list;
}

type Why = (dataClass: DataClass) => string;

/** Characters of a path. */
const MOST_SHOWN = 80;
const HEAD = ` What the endpoints sent, as expect blocks for apirisk.yaml. Nobody has said yet that it is needed:
 take out what your code does not read, and look at every line with a comment twice.`;
