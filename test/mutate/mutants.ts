import { parse } from '@babel/parser';
import type { Node } from '@babel/types';

/** One change of a source that some test ought to notice. */
export interface Mutant {
  /** 1 is the first. */
  readonly line: number;
  readonly before: string;
  readonly after: string;
  /** The whole text with the change in it. */
  readonly source: string;
}

const SWAPS: Readonly<Record<string, string>> = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '===': '!==',
  '!==': '===',
  '&&': '||',
  '||': '&&',
  '??': '&&',
  '+': '-',
  '-': '+',
  '*': '/',
  '+=': '-=',
  '|=': '&=',
};

/** Types are gone when the code runs, so nothing in them is a mutant; nor are the lines that import. */
const LEFT_OUT = /^(TS|Import|ExportAll)/;
/** What wraps an expression and goes at run time. */
const ERASED = new Set(['TSAsExpression', 'TSNonNullExpression', 'TSSatisfiesExpression']);

/**
 * Every mutant of a TypeScript source, in the order of its text: operators swapped, conditions fixed, numbers moved by
 * one, booleans turned, texts emptied, `throw` and lone calls left out.
 */
export function mutantsOf(source: string): readonly Mutant[] {
  const { program } = parse(source, { sourceType: 'module', plugins: ['typescript'] });
  const found: Mutant[] = [];
  const add = (start: number, end: number, after: string) => {
    const before = source.slice(start, end);
    const line = source.slice(0, start).split('\n').length;
    found.push({ line, before, after, source: source.slice(0, start) + after + source.slice(end) });
  };
  visit(program, (node) => mutate(node, source, add));
  return found.sort((one, other) => one.line - other.line);
}

function mutate(
  node: Node,
  source: string,
  add: (start: number, end: number, after: string) => void,
): void {
  const [start, end] = [node.start ?? 0, node.end ?? 0];
  switch (node.type) {
    case 'BinaryExpression':
    case 'LogicalExpression':
    case 'AssignmentExpression': {
      const swapped = SWAPS[node.operator];
      if (swapped === undefined) return;
      const from = node.left.end ?? 0;
      const place = from + source.slice(from, node.right.start ?? 0).indexOf(node.operator);
      return add(place, place + node.operator.length, swapped);
    }
    case 'IfStatement':
    case 'ConditionalExpression':
      for (const fixed of ['true', 'false']) add(node.test.start ?? 0, node.test.end ?? 0, fixed);
      return;
    case 'BooleanLiteral':
      return add(start, end, String(!node.value));
    case 'NumericLiteral':
      return add(start, end, String(node.value + 1));
    case 'StringLiteral':
      return node.value === '' ? undefined : add(start, end, "''");
    case 'UnaryExpression':
      return node.operator === '!' ? add(start, node.argument.start ?? 0, '') : undefined;
    case 'ThrowStatement':
      return add(start, end, ';');
    case 'ExpressionStatement':
      return node.expression.type === 'CallExpression' ? add(start, end, ';') : undefined;
    default:
  }
}

function visit(node: Node, onNode: (node: Node) => void): void {
  if (LEFT_OUT.test(node.type) && !ERASED.has(node.type)) return;
  onNode(node);
  for (const [key, value] of Object.entries(node)) {
    // The type beside an expression, and what hangs on the node without being part of it.
    if (key === 'typeAnnotation' || key.endsWith('Comments') || key === 'loc') continue;
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) visit(child, onNode);
    }
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}
