import { Document, isScalar, YAMLMap, YAMLSeq } from "yaml";
import type { DataClass } from "../model/data-class.ts";
import type { Proposal, ProposedEndpoint, ProposedField } from "../model/proposal.ts";

/**
 * The proposals as the part of an inventory that they are: YAML with a comment where something is sensitive. Secrets stand in comments alone.
 * @param why what makes a class sensitive, in a few words
 */
export function expectationText(proposals: readonly Proposal[], why: Why): string {
  const document = new Document({ integrations: [] }, { version: "1.2" });
  document.commentBefore = HEAD;
  document.set("integrations", sequence(proposals.map((proposal) => integrationNode(document, proposal, why))));
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
  const declared = fields.filter(({ secret }) => secret !== true);
  const list = sequence(declared.map((field) => fieldNode(document, field, why)));
  const secrets = fields.filter(({ secret }) => secret === true);
  if (secrets.length > 0)
    list.comment = secrets
      .map(({ path, classes: found }) => ` not proposed: ${path} holds ${found.map((one) => one.class).join(", ")}`)
      .join("\n");
  expect.set("fields", list);
  if (classes.length > 0) expect.set("classes", flow(classes));
  node.set("expect", expect);
  return node;
}

function fieldNode(document: Document, { path, classes }: ProposedField, why: Why) {
  const node = document.createNode(path);
  if (isScalar(node) && classes.length > 0) {
    node.comment = ` ${classes.map((one) => `${one.class}${one.masked ? ", masked" : ""}: ${why(one.class)}`).join("; ")}`;
  }
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

const HEAD = ` What the endpoints sent, as expect blocks for apirisk.yaml. Nobody has said yet that it is needed:
 take out what your code does not read, and look at every line with a comment twice.`;
