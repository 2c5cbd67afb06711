// Bundles the page into dist/: hashed files, each also compressed with brotli and gzip, and manifest.json,
// which names them. The .NET build embeds what is here; see Web.targets.
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const dist = new URL('dist/', import.meta.url);
const source = (path) => new URL(`src/${path}`, import.meta.url);

const bundle = async (entry, format = 'esm') => {
  const result = await build({
    entryPoints: [fileURLToPath(source(entry))],
    bundle: true,
    minify: true,
    write: false,
    format,
    target: ['es2023', 'chrome123', 'firefox121', 'safari17.5'],
    legalComments: 'none',
    logLevel: 'warning',
  });
  return Buffer.from(result.outputFiles[0].contents);
};

const notice = async (name) => (await readFile(new URL(`node_modules/${name}/LICENSE.md`, import.meta.url), 'utf8')).trim();
const [script, operations] = [await bundle('main.ts'), await bundle('operations/main.ts')];
const license = `/*! Chart.js and @kurkle/color\n${await notice('chart.js')}\n\n${await notice('@kurkle/color')}\n*/\n`;

const assets = [
  { name: 'app.js', type: 'text/javascript; charset=utf-8', bytes: Buffer.concat([Buffer.from(license), script]) },
  { name: 'operations.js', type: 'text/javascript; charset=utf-8', bytes: Buffer.concat([Buffer.from(license), operations]) },
  { name: 'pages.js', type: 'text/javascript; charset=utf-8', bytes: await bundle('pages.ts') },
  { name: 'early.js', type: 'text/javascript; charset=utf-8', bytes: await bundle('early.ts', 'iife') },
  { name: 'app.css', type: 'text/css; charset=utf-8', bytes: await bundle('app.css') },
  { name: 'packages.css', type: 'text/css; charset=utf-8', bytes: await bundle('packages.css') },
  { name: 'relay.css', type: 'text/css; charset=utf-8', bytes: await bundle('relay.css') },
  { name: 'icon.svg', type: 'image/svg+xml', bytes: await readFile(source('icon.svg')) },
];

const brotli = (bytes) =>
  brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });

await mkdir(dist, { recursive: true });
const manifest = {};
const written = new Set(['manifest.json']);
const write = async (name, bytes) => {
  written.add(name);
  await writeFile(new URL(name, dist), bytes);
};

for (const { name, type, bytes } of assets) {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
  const file = name.replace('.', `-${hash}.`);
  const compressed = brotli(bytes);
  await write(file, bytes);
  await write(`${file}.br`, compressed);
  await write(`${file}.gz`, gzipSync(bytes, { level: 9 }));
  manifest[name] = { file, type };
  console.log(`${file}  ${bytes.length} B, ${compressed.length} B with brotli`);
}

// Files of earlier builds go before the manifest is written, because its time says that the build is complete.
for (const name of await readdir(dist)) {
  if (!written.has(name)) await rm(new URL(name, dist), { recursive: true });
}
await write('manifest.json', `${JSON.stringify(manifest, null, 2)}\n`);
