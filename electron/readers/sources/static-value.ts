import type { Expression, ObjectExpression, Program, Property, SpreadElement } from 'acorn';

/** A value that stands in a script as it is. What would have to be computed is `undefined` and counted. */
export type StaticValue =
  | string
  | number
  | readonly StaticValue[]
  | { readonly [key: string]: StaticValue }
  | undefined;

const MAX_DEPTH = 40;
type Node = Expression | SpreadElement | Program | { type: string };

/** Reads literals out of a parsed script. Nothing of it runs: calls, imports and everything else that computes are left out. */
export class StaticReader {
  /** How many values were left out. */
  skipped = 0;
  readonly #constants = new Map<string, Expression>();

  constructor(program: Program) {
    for (const statement of program.body) {
      const declared =
        statement.type === 'ExportNamedDeclaration' && statement.declaration ? statement.declaration : statement;
      if (declared.type !== 'VariableDeclaration' || declared.kind !== 'const') continue;
      for (const { id, init } of declared.declarations)
        if (id.type === 'Identifier' && init) this.#constants.set(id.name, init);
    }
  }

  /** The object behind names, `defineConfig(...)` and the like; null when there is none. */
  findObject(node: Node, depth = 0): ObjectExpression | null {
    if (depth > MAX_DEPTH) return null;
    if (node.type === 'ObjectExpression') return node as ObjectExpression;
    const expression = node as Expression;
    if (expression.type === 'Identifier') {
      const constant = this.#constants.get(expression.name);
      return constant ? this.findObject(constant, depth + 1) : null;
    }
    if (expression.type === 'CallExpression') {
      for (const argument of expression.arguments) {
        const found = this.findObject(argument, depth + 1);
        if (found) return found;
      }
    }
    return null;
  }

  read(node: Node, depth = 0): StaticValue {
    const expression = node as Expression;
    if (depth > MAX_DEPTH) return this.#skip();
    switch (expression.type) {
      case 'Literal':
        return typeof expression.value === 'string' || typeof expression.value === 'number'
          ? expression.value
          : this.#skip();
      case 'TemplateLiteral':
        return expression.expressions.length === 0 ? (expression.quasis[0]?.value.cooked ?? '') : this.#skip();
      case 'ArrayExpression':
        return expression.elements.map((element) => (element === null ? undefined : this.read(element, depth + 1)));
      case 'Identifier': {
        const constant = this.#constants.get(expression.name);
        return constant ? this.read(constant, depth + 1) : this.#skip();
      }
      case 'ObjectExpression':
        return this.#readObject(expression, depth);
      default:
        return this.#skip();
    }
  }

  #readObject({ properties }: ObjectExpression, depth: number): StaticValue {
    // Without a prototype, so that a key called __proto__ is a key like any other.
    const result = Object.create(null) as Record<string, StaticValue>;
    for (const property of properties) {
      if (property.type === 'SpreadElement') {
        const spread = this.read(property.argument, depth + 1);
        if (typeof spread === 'object' && !Array.isArray(spread)) Object.assign(result, spread);
        continue;
      }
      const key = readKey(property);
      if (key === null) this.#skip();
      else result[key] = this.read(property.value, depth + 1);
    }
    return result;
  }

  #skip(): undefined {
    this.skipped += 1;
    return undefined;
  }
}

function readKey({ key, computed }: Property): string | null {
  if (!computed && key.type === 'Identifier') return key.name;
  return key.type === 'Literal' && (typeof key.value === 'string' || typeof key.value === 'number')
    ? String(key.value)
    : null;
}
