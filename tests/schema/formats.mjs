// What other programs say of files that Candor writes for them, and of the files of examples/ci. `node formats.mjs CHECK [ARGUMENT…]`; faults on standard
// output, exit status 1.
//   sarif FILE…          against the SARIF 2.1.0 schema of the package @microsoft/jest-sarif, and rules that GitHub's code scanning adds
//   code-quality FILE…   against schemas/; likewise badge
//   annotations FILE     workflow commands of GitHub, read as its runner reads them: prints them as JSON
//   workflow FILE        a GitHub workflow, by the package @action-validator/core
//   gitlab FILE          a .gitlab-ci.yml, against the schema of the package gitlab-ci-local
//   hooks FILE           hooks of pre-commit by the keys that pre-commit.com documents; likewise hooks-config
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import Ajv2020 from 'ajv/dist/2020.js';
import YAML from 'yaml';

const here = path.dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
let faults = 0;

function fault(text) {
  console.log(text);
  faults++;
}

const readJson = file => JSON.parse(readFileSync(file, 'utf8'));
const readYaml = file => YAML.parse(readFileSync(file, 'utf8'), { maxAliasCount: 0 });

function check(validate, name, value) {
  if (validate(value)) return;
  for (const error of validate.errors.slice(0, 10))
    fault(`${name}: ${error.instancePath ?? error.dataPath} ${error.message} ${JSON.stringify(error.params)}`);
}

// The schema is of draft 04, which the package's own version of ajv still reads.
function sarifValidator() {
  const manifest = require.resolve('@microsoft/jest-sarif/package.json');
  const Ajv = createRequire(manifest)('ajv');
  const ajv = new Ajv({ schemaId: 'id', meta: false, allErrors: true, unknownFormats: 'ignore' });
  ajv.addMetaSchema(createRequire(manifest)('ajv/lib/refs/json-schema-draft-04.json'));
  return ajv.compile(readJson(path.join(path.dirname(manifest), 'lib/schemas/sarif-2.1.0-rtm.5.json')));
}

function sarif(files) {
  const validate = sarifValidator();
  for (const file of files) {
    const log = readJson(file);
    check(validate, file, log);
    for (const { tool: { driver }, results } of log.runs) {
      // docs.github.com, "SARIF support for code scanning": what is required there beyond the schema.
      for (const rule of driver.rules)
        for (const key of ['shortDescription', 'fullDescription', 'help'])
          if (!rule[key]?.text) fault(`${file}: rule ${rule.id} has no ${key}`);
      const prints = new Set();
      for (const result of results) {
        const place = result.locations?.[0]?.physicalLocation;
        if (driver.rules[result.ruleIndex]?.id !== result.ruleId) fault(`${file}: ${result.ruleId} is not rule ${result.ruleIndex}`);
        if (!place || !(place.region.startLine >= 1)) fault(`${file}: a result of ${result.ruleId} stands nowhere`);
        else if (/^[/]|^[a-z]+:|\\|^\.\//i.test(place.artifactLocation.uri)) fault(`${file}: ${place.artifactLocation.uri} is not relative`);
        const print = result.partialFingerprints['candorCheck/v1'];
        if (prints.has(print)) fault(`${file}: two results of fingerprint ${print}`);
        prints.add(print);
      }
    }
  }
}

function ours(kind, files) {
  const validate = new Ajv2020({ allErrors: true }).compile(readJson(path.join(here, '../../schemas', `${kind}.schema.json`)));
  for (const file of files) check(validate, file, readJson(file));
}

// As github.com/actions/runner reads a line (src/Runner.Common/ActionCommand.cs): properties are parted by commas, the first "=" ends a name, and escapes
// are undone in the order in which github.com/actions/toolkit (packages/core/src/command.ts) makes them, backwards.
function annotations(file) {
  const undo = (text, pairs) => pairs.reduce((all, [from, to]) => all.replaceAll(from, to), text);
  const data = [['%0D', '\r'], ['%0A', '\n'], ['%25', '%']];
  const property = [['%0D', '\r'], ['%0A', '\n'], ['%3A', ':'], ['%2C', ','], ['%25', '%']];
  const commands = [];
  for (const line of readFileSync(file, 'utf8').split('\n').slice(0, -1)) {
    const parts = /^::([a-z-]+)(?: (.*?))?::(.*)$/.exec(line);
    if (!parts) {
      fault(`no workflow command: ${line}`);
      continue;
    }
    const properties = {};
    for (const pair of (parts[2] ?? '').split(',')) {
      const at = pair.indexOf('=');
      if (at < 1) fault(`no property "${pair}": ${line}`);
      properties[pair.slice(0, at)] = undo(pair.slice(at + 1), property);
    }
    const known = ['title', 'file', 'line', 'endLine', 'col', 'endColumn'];
    for (const name of Object.keys(properties)) if (!known.includes(name)) fault(`unknown property "${name}": ${line}`);
    if (!['error', 'warning', 'notice'].includes(parts[1])) fault(`unknown command "${parts[1]}"`);
    commands.push({ command: parts[1], ...properties, message: undo(parts[3], data) });
  }
  if (faults === 0) console.log(JSON.stringify(commands));
}

async function workflow(file) {
  const { validateWorkflow } = await import('@action-validator/core');
  for (const error of validateWorkflow(readFileSync(file, 'utf8')).errors) fault(`${file}: ${JSON.stringify(error)}`);
}

async function gitlab(file) {
  const Ajv = require('ajv');
  const root = path.dirname(require.resolve('gitlab-ci-local/package.json'));
  const { schema } = await import(path.join(root, 'src/schema/schema.js'));
  const validate = new Ajv({ allErrors: true, strict: false, validateFormats: false }).compile(schema);
  check(validate, file, readYaml(file));
}

const text = { type: 'string', minLength: 1 }, texts = { type: 'array', items: text };
const stages = ['commit-msg', 'post-checkout', 'post-commit', 'post-merge', 'post-rewrite', 'pre-commit', 'pre-merge-commit', 'pre-push', 'pre-rebase',
  'prepare-commit-msg', 'manual'];
// pre-commit.com, "Creating new hooks" and "pre-commit configuration".
const hook = {
  type: 'object',
  required: ['id', 'name', 'entry', 'language'],
  additionalProperties: false,
  properties: {
    id: text, name: text, entry: text, language: { enum: ['system', 'script', 'fail', 'pygrep', 'docker_image'] }, files: text, exclude: text, types: texts,
    types_or: texts, exclude_types: texts, always_run: { type: 'boolean' }, fail_fast: { type: 'boolean' }, verbose: { type: 'boolean' },
    pass_filenames: { type: 'boolean' }, require_serial: { type: 'boolean' }, description: text, language_version: text,
    minimum_pre_commit_version: text, args: texts, stages: { type: 'array', items: { enum: stages } }, additional_dependencies: texts, log_file: text, alias: text,
  },
};
const config = {
  type: 'object',
  required: ['repos'],
  additionalProperties: false,
  properties: {
    default_install_hook_types: { type: 'array', items: { enum: stages } },
    default_stages: { type: 'array', items: { enum: stages } },
    minimum_pre_commit_version: text, files: text, exclude: text, fail_fast: { type: 'boolean' },
    repos: {
      type: 'array',
      items: {
        type: 'object',
        required: ['repo', 'hooks'],
        additionalProperties: false,
        properties: { repo: text, rev: text, hooks: { type: 'array', minItems: 1, items: { ...hook, required: ['id'] } } },
      },
    },
  },
};

function keys(schema, file) {
  check(new Ajv2020({ allErrors: true }).compile(schema), file, readYaml(file));
}

const [name, ...rest] = process.argv.slice(2);
const checks = {
  sarif: () => sarif(rest),
  'code-quality': () => ours('code-quality', rest),
  badge: () => ours('badge', rest),
  annotations: () => annotations(rest[0]),
  workflow: () => workflow(rest[0]),
  gitlab: () => gitlab(rest[0]),
  hooks: () => keys({ type: 'array', minItems: 1, items: hook }, rest[0]),
  'hooks-config': () => keys(config, rest[0]),
};
await checks[name]();
process.exit(faults > 0 ? 1 : 0);
