// Small wrong versions of a source file: one operator, one condition, one literal at a time.
import { parseSync } from "@swc/core";

/**
 * Mutants of TypeScript source: `{line, start, end, text, what}`, with byte offsets into the source.
 * Metadata of rules and texts are left alone: they are checked by test/contract and read by people.
 */
export function mutantsOf(source) {
  // Offsets of swc count from wherever its last file ended; an empty statement in front tells where this one begins.
  const tree = parseSync(`;${source}`, { syntax: "typescript", target: "es2022" });
  const origin = tree.body[0].span.start + 1;
  const bytes = Buffer.from(source);
  const mutants = [];
  const textOf = (span) => bytes.subarray(span.start - origin, span.end - origin).toString();
  const add = (span, text, what) => {
    const start = span.start - origin;
    const line = bytes.subarray(0, start).toString().split("\n").length;
    mutants.push({ line, start, end: span.end - origin, text, what });
  };
  visit(tree, (node) => MUTATORS[node.type]?.(node, { add, textOf }));
  return mutants;
}

/** The source with one mutant in it. */
export function mutated(source, { start, end, text }) {
  const bytes = Buffer.from(source);
  return Buffer.concat([bytes.subarray(0, start), Buffer.from(text), bytes.subarray(end)]).toString();
}

const MUTATORS = {
  BinaryExpression({ operator, left, right, span }, { add, textOf }) {
    for (const other of OPERATORS[operator] ?? []) {
      add(span, `(${textOf(left.span)} ${other} ${textOf(right.span)})`, `${operator} is ${other}`);
    }
  },
  UnaryExpression({ operator, argument, span }, { add, textOf }) {
    if (operator === "!") add(span, textOf(argument.span), "! is gone");
  },
  ConditionalExpression({ test }, { add, textOf }) {
    add(test.span, `!(${textOf(test.span)})`, "condition is turned round");
  },
  IfStatement({ test }, { add }) {
    add(test.span, "true", "if is always");
    add(test.span, "false", "if is never");
  },
  BooleanLiteral({ value, span }, { add }) {
    add(span, String(!value), `${value} is ${!value}`);
  },
  NumericLiteral({ value, span }, { add }) {
    add(span, String(value + 1), `${value} is ${value + 1}`);
  },
  CallExpression({ callee }, { add, textOf }) {
    if (callee.type !== "MemberExpression") return;
    const other = METHODS[textOf(callee.property.span)];
    if (other !== undefined) add(callee.property.span, other, `${textOf(callee.property.span)} is ${other}`);
  },
};

const OPERATORS = {
  "===": ["!=="],
  "!==": ["==="],
  "<": ["<=", ">="],
  "<=": ["<", ">"],
  ">": [">=", "<="],
  ">=": [">", "<"],
  "&&": ["||"],
  "||": ["&&"],
  "??": ["&&"],
  "+": ["-"],
  "-": ["+"],
  "*": ["/"],
  "/": ["*"],
};

const METHODS = {
  some: "every",
  every: "some",
  startsWith: "endsWith",
  endsWith: "startsWith",
  max: "min",
  min: "max",
  floor: "ceil",
  ceil: "floor",
};

function visit(node, see) {
  if (Array.isArray(node)) {
    for (const item of node) visit(item, see);
  } else if (node !== null && typeof node === "object") {
    if (isLeftAlone(node)) return;
    see(node);
    for (const value of Object.values(node)) visit(value, see);
  }
}

/** A rule's `meta`, its messages, and types. */
function isLeftAlone({ type, key }) {
  if (type === "KeyValueProperty" && ["meta", "message"].includes(key?.value)) return true;
  return typeof type === "string" && (/^Ts(?!As|Satisfies|NonNull|Const)/.test(type) || type === "TsTypeAnnotation");
}
