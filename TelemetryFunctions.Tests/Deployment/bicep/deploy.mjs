// node deploy.mjs INFRA_DIRECTORY NAME=VALUE…: what `azd provision` would deploy from an environment with these
// values, as JSON. Parameters are resolved as azd does it: ${NAME} and ${NAME=default} in main.parameters.json,
// text made a number or boolean where the parameter is one, and empty text left to the parameter's default.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { evaluate } from './bicep.mjs';

const [directory, ...assignments] = process.argv.slice(2);
const environment = Object.fromEntries(assignments.map(text => text.split(/=(.*)/s).slice(0, 2)));
const infra = resolve(directory);
const file = JSON.parse(readFileSync(join(infra, 'main.parameters.json'), 'utf8'));
const source = readFileSync(join(infra, 'main.bicep'), 'utf8');

const parameters = {};
for (const [name, { value }] of Object.entries(file.parameters)) {
  const text = value.replace(/\$\{(\w+)(?:=([^}]*))?\}/g, (_, key, fallback) => environment[key] ?? fallback ?? '');
  const type = source.match(new RegExp(`^param ${name} (\\w+)`, 'm'))?.[1];
  if (text !== '') parameters[name] = type === 'int' ? Number(text) : type === 'bool' ? text === 'true' : text;
}

try {
  console.log(JSON.stringify(evaluate(join(infra, 'main.bicep'), parameters)));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
