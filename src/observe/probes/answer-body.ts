import type { BodyFacts } from "../../evidence/kinds.ts";
import type { CustomClass } from "../../model/custom-class.ts";
import type { HttpAnswer } from "../../model/net-port.ts";
import { customDetection } from "../classify/custom/custom-detection.ts";

/** What the body of an answer is made of. The bytes end here. The detectors are loaded when there is something to detect. */
export async function answerBody(
  answer: HttpAnswer,
  knownMaps: readonly string[],
  customClasses?: readonly CustomClass[],
): Promise<BodyFacts> {
  const { classifyBody } = await import("../classify/classify-body.ts");
  const custom = await customDetection(customClasses);
  const { bodyProblem } = answer;
  const contentType = answer.headers.find(([name]) => name === "content-type")?.[1];
  const options = { contentType, knownMaps, ...(custom !== undefined && { custom }) };
  if (bodyProblem === undefined) return classifyBody(answer.body, { ...options, truncated: false });
  const failure = { reason: bodyProblem.reason, ...(bodyProblem.code === undefined ? {} : { code: bodyProblem.code }) };
  if (bodyProblem.reason === "body_undecodable") return { state: "undecodable", failure, ...NOTHING_SEEN };
  return { ...classifyBody(answer.body, { ...options, truncated: true }), failure };
}

export const BODY_NOT_READ: BodyFacts = { state: "not-read", shape: [], classes: [], maps: [] };

const NOTHING_SEEN = { shape: [], classes: [], maps: [] } as const;
