// Evaluates the part of bicep that infra/ is written in, down to the resources that a deployment would send.
// What only Azure knows (an id, an endpoint) stays a Runtime value, printed as <source text>. Whatever is not
// understood is an error, never skipped.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Language, Parser } from 'web-tree-sitter';

await Parser.init();
const parser = new Parser();
parser.setLanguage(await Language.load(fileURLToPath(import.meta.resolve('tree-sitter-bicep/tree-sitter-bicep.wasm'))));

class Runtime {
  constructor(text) { this.text = text; }
  member(name) { return new Runtime(`${this.text}.${name}`); }
  toString() { return `<${this.text}>`; }
  toJSON() { return this.toString(); }
}

class Resource extends Runtime {
  constructor(symbol, name, nested) { super(symbol); Object.assign(this, { name, nested }); }
  member(name) { return name === 'name' ? this.name : super.member(name); }
}

class Module extends Runtime {
  constructor(symbol, outputs) { super(symbol); this.outputs = outputs; }
  member(name) { return name === 'outputs' ? this.outputs : super.member(name); }
}

const functions = {
  empty: value => value === '' || (typeof value === 'object' && Object.keys(value).length === 0),
  guid: (...parts) => new Runtime(`guid(${parts.join(', ')})`),
  subscription: () => new Runtime('subscription'),
  subscriptionResourceId: (type, id) => `/${type}/${id}`,
  tenant: () => new Runtime('tenant'),
  toLower: value => (value instanceof Runtime ? value : value.toLowerCase()),
  union: (...objects) => Object.assign({}, ...objects),
  uniqueString: (...parts) => createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 13),
};

const parts = node => node.namedChildren.filter(child => child.type !== 'comment');
const types = { string: 'string', int: 'number', bool: 'boolean', object: 'object', array: 'object' };

export function evaluate(path, given, root = dirname(path), resources = []) {
  const file = relative(root, path);
  const tree = parser.parse(readFileSync(path, 'utf8')).rootNode;
  const fail = (node, what) => { throw new Error(`${file}:${node.startPosition.row + 1}: ${what}`); };
  const used = new Set();
  const symbols = new Map();
  const outputs = {};
  let targetScope = 'resourceGroup';

  const define = (node, name, compute) => {
    if (symbols.has(name)) fail(node, `${name} is declared twice`);
    let state = 'new', result;
    symbols.set(name, () => {
      if (state === 'busy') fail(node, `${name} depends on itself`);
      if (state === 'new') { state = 'busy'; result = compute(); state = 'done'; }
      return result;
    });
  };

  const member = (node, object, name) => {
    if (object instanceof Runtime) return object.member(name);
    if (!Object.hasOwn(object, name)) fail(node, `${node.text}: there is no ${name}`);
    return object[name];
  };

  const value = node => {
    const inner = parts(node);
    switch (node.type) {
      case 'string': return string(node, inner);
      case 'number': return Number(node.text);
      case 'boolean': return node.text === 'true';
      case 'array': return inner.map(value);
      case 'object': return object(node);
      case 'identifier':
        used.add(node.text);
        return (symbols.get(node.text) ?? fail(node, `${node.text} is not declared`))();
      case 'member_expression': return member(node, value(inner[0]), inner[1].text);
      case 'resource_expression': return value(inner[0]).nested[inner[1].text] ?? fail(node, `no ${inner[1].text}`);
      case 'ternary_expression': return value(value(inner[0]) ? inner[1] : inner[2]);
      case 'call_expression': {
        const call = functions[inner[0].text] ?? fail(node, `${inner[0].text}() is not known here`);
        return call(...parts(inner[1]).map(value));
      }
      default: return fail(node, `${node.type} is not understood: ${node.text}`);
    }
  };

  const string = (node, inner) => inner.map(part => {
    if (part.type === 'interpolation') return String(value(parts(part)[0]));
    return part.type === 'string_content' || part.type === 'escape_sequence'
      ? part.text.replaceAll("\\'", "'") : fail(part, `${part.type} is not understood`);
  }).join('');

  const object = node => Object.fromEntries(properties(node).map(property => {
    const [key, content] = [property.namedChildren[0], property.namedChildren.at(-1)];
    return [key.type === 'string' ? value(key) : key.text, value(content)];
  }));
  const properties = node => parts(node).filter(child => parts(child)[0].type !== 'resource_declaration');
  const bodyOf = node => parts(node).find(child => child.type === 'object') ?? fail(node, 'no body');

  const resource = (node, parent = null) => {
    const [symbol, kind] = parts(node);
    const [type, apiVersion] = value(kind).split('@');
    const fullType = parent ? `${parent.type}/${type}` : type;
    const body = object(bodyOf(node));
    const nested = {};
    const existing = node.children.some(child => child.type === 'existing');
    const self = { type: fullType, apiVersion: apiVersion ?? parent?.apiVersion ?? fail(node, 'no API version') };
    if (!existing) {
      const { scope, ...sent } = body;
      const place = { parent: parent?.symbol ?? null, scope: scope ?? null };
      resources.push({ file, symbol: symbol.text, ...self, ...place, body: sent });
    }
    for (const child of parts(bodyOf(node)).map(property => parts(property)[0])) {
      if (child.type === 'resource_declaration') {
        nested[parts(child)[0].text] = resource(child, { ...self, symbol: symbol.text });
      }
    }
    return new Resource(symbol.text, body.name, nested);
  };

  const module = node => {
    const [symbol, source] = parts(node);
    const { params = {}, scope, dependsOn } = object(bodyOf(node));
    const result = evaluate(join(dirname(path), value(source)), params, root, resources);
    if (targetScope === 'subscription' && !scope) fail(node, `${symbol.text} has no scope`);
    return new Module(symbol.text, result.outputs);
  };

  const parameter = (node, decorators) => {
    const [name, type, fallback] = parts(node);
    const allowed = decorators.find(text => text.startsWith('@allowed'));
    define(node, name.text, () => {
      if (!Object.hasOwn(given, name.text) && !fallback) fail(node, `${name.text} is not given`);
      const result = Object.hasOwn(given, name.text) ? given[name.text] : value(fallback);
      if (!(result instanceof Runtime) && typeof result !== types[type.text]) {
        fail(node, `${name.text} is no ${type.text}`);
      }
      const choices = allowed && [...allowed.matchAll(/'([^']*)'|(\d+)/g)].map(match => match[1] ?? Number(match[2]));
      if (choices && !choices.includes(result)) fail(node, `${name.text} may not be '${result}'`);
      return result;
    });
  };

  const visit = (node, index, all) => {
    const inner = parts(node);
    const before = all[index - 1]?.type === 'decorators' ? parts(all[index - 1]).map(part => part.text) : [];
    switch (node.type) {
      case 'decorators': break;
      case 'target_scope_assignment': targetScope = value(inner[0]); break;
      case 'parameter_declaration': parameter(node, before); break;
      case 'variable_declaration': define(node, inner[0].text, () => value(inner[1])); break;
      case 'resource_declaration': define(node, inner[0].text, () => resource(node)); break;
      case 'module_declaration': define(node, inner[0].text, () => module(node)); break;
      case 'output_declaration': break;
      default: fail(node, `${node.type} is not understood`);
    }
  };

  const firstError = node => (node.isError || node.isMissing ? node : node.children.map(firstError).find(Boolean));
  if (tree.hasError) fail(firstError(tree), 'syntax error');
  parts(tree).forEach(visit);
  const declared = kind => parts(tree).filter(node => node.type === kind).map(node => parts(node)[0]);
  const parameters = declared('parameter_declaration').map(node => node.text);
  for (const name of Object.keys(given)) if (!parameters.includes(name)) fail(tree, `no parameter is called ${name}`);
  for (const compute of symbols.values()) compute();
  for (const node of parts(tree).filter(child => child.type === 'output_declaration')) {
    outputs[parts(node)[0].text] = value(parts(node).at(-1));
  }
  for (const node of [...declared('parameter_declaration'), ...declared('variable_declaration')]) {
    if (!used.has(node.text)) fail(node, `${node.text} is not used`);
  }
  return { targetScope, parameters, resources, outputs };
}
