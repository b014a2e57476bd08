// What the schemas say against what the program and the files do. `node check.mjs CHECK [ARGUMENT…]`; faults on standard output, exit status 1.
//   audit FILE…                 reports of `candor audit --format json`; likewise reproduction, comparison, agreement, difference, gate, leaderboard
//   rules                       every rule file of rubrics/ against the schema of its kind; no file without one
//   manifest FILE…              manifests; likewise assessment, policy, works
//   assessment-refused FILE…    files that assessment.schema.json refuses; likewise policy-refused, works-refused
//   manifest-agrees CANDOR DIR  the schema accepts exactly what `candor validate` accepts, key by key and value by value (DIR: scratch)
import { execFile } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import Ajv from 'ajv';
import Ajv2020 from 'ajv/dist/2020.js';
import YAML from 'yaml';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const run = promisify(execFile);
let faults = 0;

function fault(text) {
  console.log(text);
  faults++;
}

function schema(name) {
  return JSON.parse(readFileSync(path.join(root, 'schemas', `${name}.schema.json`), 'utf8'));
}

function validator(name) {
  const read = schema(name);
  const Kind = read.$schema.includes('draft-07') ? Ajv : Ajv2020;
  const kind = new Kind({ allErrors: true, allowUnionTypes: true });
  if (name === 'reproduction') kind.addSchema(schema('audit')); // whose parts it has
  return kind.compile(read);
}

function check(validate, name, value) {
  if (validate(value)) return;
  for (const error of validate.errors.slice(0, 10))
    fault(`${name}: ${error.instancePath || '/'} ${error.message} ${JSON.stringify(error.params)}`);
}

const readYaml = file => YAML.parse(readFileSync(file, 'utf8'), { maxAliasCount: 0 });

function reports(kind, files) {
  const validate = validator(kind);
  for (const file of files) check(validate, path.basename(file), JSON.parse(readFileSync(file, 'utf8')));
}

// The first pattern that fits a path below rubrics/ names its schema.
const kinds = [
  [/^[^/]+\.certainty\.yaml$/, 'certainty'],
  [/^[^/]+\.yaml$/, 'rubric'],
  [/^policies\/[^/]+\.yaml$/, 'policy'],
  [/^probes\/.*\.yaml$/, 'probes'],
  [/^signals\/.*\.yaml$/, 'signals'],
  [/^knowledge\/upstream\/upstream\.yaml$/, 'upstream'],
  [/^(?:knowledge|lineage)\/([^/]+)\.yaml$/, null], // the schema of the same name
];

function rules() {
  const validators = new Map();
  const below = path.join(root, 'rubrics');
  for (const file of readdirSync(below, { recursive: true }).map(String).sort()) {
    if (!file.endsWith('.yaml') || file.startsWith('fit/')) continue;
    const kind = kinds.find(([pattern]) => pattern.test(file));
    const name = kind && (kind[1] ?? kind[0].exec(file)[1]);
    try {
      if (!validators.has(name)) validators.set(name, validator(name));
      check(validators.get(name), `rubrics/${file}`, readYaml(path.join(below, file)));
    } catch (error) {
      fault(`rubrics/${file}: ${error.message}`);
    }
  }
}

function written(kind, files) {
  const validate = validator(kind);
  for (const file of files) check(validate, file, readYaml(file));
}

function refused(kind, files) {
  const validate = validator(kind);
  for (const file of files) if (validate(readYaml(file))) fault(`${file}: the schema accepts it`);
}

// A value that a schema accepts, with all keys or only the required ones.
function sample(of, all) {
  if (of.const !== undefined) return of.const;
  if (of.enum) return of.enum[0];
  const type = [].concat(of.type)[0];
  if (type === 'array') return [sample(of.items, all)];
  if (type === 'object') {
    if (!of.properties) return { key: 'value' };
    const names = all ? Object.keys(of.properties) : of.required ?? [];
    return Object.fromEntries(names.map(name => [name, sample(of.properties[name], all)]));
  }
  return { string: 'text', integer: 3, number: 2.5, boolean: true }[type];
}

// Every place of the schema: how to put a value there, within a manifest that is otherwise valid.
function* places(of, put, at) {
  const type = [].concat(of.type)[0];
  yield { of, put, at };
  if (type === 'array') yield* places(of.items, value => put([value]), `${at}[]`);
  if (type !== 'object' || !of.properties) return;
  const base = sample(of, false);
  for (const [name, property] of Object.entries(of.properties)) {
    const place = `${at}.${name}`;
    yield { missing: true, put: () => put(Object.fromEntries(Object.entries({ ...base, [name]: sample(property, false) }).filter(([key]) => key !== name))), at: `${place} missing` };
    yield* places(property, value => put({ ...base, [name]: value }), place);
  }
}

const wrong = [null, '', 'bogus', '7', 7, -7, 2.5, true, [], ['bogus'], [[]], {}, { bogus: 1 }, { bogus: [] }, { bogus: {} }];

function* cases(top) {
  const keys = new Set();
  JSON.stringify(top, (key, value) => {
    for (const name of Object.keys(value?.properties ?? {})) keys.add(name);
    return value;
  });
  yield ['every key', sample(top, true)];
  yield ['required keys', sample(top, false)];
  for (const { of, put, at, missing } of places(top, value => value, '')) {
    if (missing) {
      yield [at, put()];
      continue;
    }
    for (const value of wrong) yield [`${at} = ${JSON.stringify(value)}`, put(value)];
    for (const value of of.enum ?? []) yield [`${at} = ${value}`, put(value)];
    if (!of.properties) continue;
    yield [`${at} with every key`, put(sample(of, true))];
    // Foreign keys, each of which must be named as unknown: those that other records have, and those that none has.
    const foreign = [...keys, 'bogus', 'Title', 'title '].filter(key => !(key in of.properties));
    yield [`${at} with foreign keys`, put({ ...sample(of, false), ...Object.fromEntries(foreign.map(key => [key, 'text'])) }), foreign];
  }
}

// Rules that JSON Schema cannot state: a dataset's generators are among the declared teachers.
function consistent(manifest) {
  const known = new Set([].concat(manifest?.teachers ?? []).map(teacher => String(teacher?.model)));
  return [].concat(manifest?.datasets ?? []).every(dataset => [].concat(dataset?.generated_by ?? []).every(name => known.has(String(name))));
}

async function manifestAgrees(candor, scratch) {
  const top = schema('manifest');
  const validate = validator('manifest');
  const work = [...cases(top)].entries();
  let checked = 0;
  async function worker(number) {
    const file = path.join(scratch, `manifest-${number}.yaml`);
    for (const [, [at, manifest, foreign = []]] of work) {
      writeFileSync(file, YAML.stringify(manifest));
      const { code, stdout } = await run(candor, ['validate', file]).then(() => ({ code: 0 }), error => error);
      for (const key of foreign)
        if (!stdout?.includes(`unknown key "${key}"`)) fault(`${at}: candor validate does not refuse "${key}"`);
      const accepts = validate(manifest) && consistent(manifest);
      checked++;
      if (code !== (accepts ? 0 : 2)) fault(`${at}: the schema ${accepts ? 'accepts' : 'refuses'} it, candor validate exits ${code}`);
    }
  }
  await Promise.all([0, 1, 2].map(worker));
  if (checked < 500) fault(`only ${checked} manifests were made`);
}

const [name, ...rest] = process.argv.slice(2);
const checks = {
  ...Object.fromEntries(['audit', 'reproduction', 'comparison', 'agreement', 'difference', 'gate', 'leaderboard'].map(kind => [kind, () => reports(kind, rest)])),
  rules,
  manifest: () => written('manifest', rest),
  assessment: () => written('assessment', rest),
  policy: () => written('policy', rest),
  'assessment-refused': () => refused('assessment', rest),
  'policy-refused': () => refused('policy', rest),
  works: () => written('works', rest),
  'works-refused': () => refused('works', rest),
  'manifest-agrees': () => manifestAgrees(...rest),
};
await checks[name]();
process.exit(faults > 0 ? 1 : 0);
