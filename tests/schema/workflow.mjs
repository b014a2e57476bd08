// A job of a GitHub workflow carried out as far as a machine without GitHub can: `run:` steps are run by bash as the runner runs them (docs.github.com, "Workflow
// syntax", jobs.<job_id>.steps[*].shell), with its environment files; `uses:` steps are only told.
// usage: node workflow.mjs FILE JOB CONTEXTS.json WORKSPACE TEMP     prints a line of JSON a step, then the job's output; exit status that of the job
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import YAML from 'yaml';

const [file, jobId, contextsFile, workspace, temp] = process.argv.slice(2);
const job = YAML.parse(readFileSync(file, 'utf8')).jobs[jobId];
const contexts = { ...JSON.parse(readFileSync(contextsFile, 'utf8')), steps: {}, runner: { temp } };
const files = Object.fromEntries(['ENV', 'OUTPUT', 'PATH', 'STEP_SUMMARY'].map(name => [`GITHUB_${name}`, path.join(temp, `github-${name.toLowerCase()}`)]));
const environment = {
  PATH: process.env.PATH, HOME: path.join(temp, 'home'), LC_ALL: 'C.UTF-8', CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: workspace, RUNNER_TEMP: temp,
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => /^(XDG_CACHE_HOME|CANDOR|ASAN_OPTIONS|UBSAN_OPTIONS|LSAN_OPTIONS|GIT_CONFIG_.*)$/.test(name))),
  ...files,
};
let failed = false;

mkdirSync(environment.HOME, { recursive: true });
for (const name of Object.values(files)) writeFileSync(name, '');

// The expressions that workflows here use are also JavaScript's: names of contexts, comparisons, functions of status. What is not there is null, and an empty
// text where it is put into one.
function evaluate(expression) {
  const status = { always: () => true, success: () => !failed, failure: () => failed, cancelled: () => false };
  const scope = { ...contexts, ...status };
  const guarded = expression.replace(/\b(github|vars|steps|runner)((?:\.[\w-]+)+)/g, (_, root, rest) => `at(${root}, ${JSON.stringify(rest.slice(1).split('.'))})`);
  const at = (value, names) => names.reduce((part, name) => part?.[name], value) ?? '';
  return Function('at', ...Object.keys(scope), `return (${guarded});`)(at, ...Object.values(scope));
}
const substitute = text => String(text).replace(/\$\{\{(.*?)\}\}/g, (_, expression) => evaluate(expression.trim()));
const substituteAll = record => Object.fromEntries(Object.entries(record ?? {}).map(([name, value]) => [name, substitute(value)]));
const isDue = step => (step.if === undefined ? !failed : Boolean(evaluate(String(step.if).replace(/^\$\{\{|\}\}$/g, ''))) );

const pairs = text => Object.fromEntries(text.split('\n').filter(Boolean).map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));

function run(step, number) {
  const script = path.join(temp, `step-${number}.sh`);
  writeFileSync(script, substitute(step.run));
  const extra = readFileSync(files.GITHUB_PATH, 'utf8').split('\n').filter(Boolean).reverse();
  const env = { ...environment, ...substituteAll(job.env), ...substituteAll(step.env), PATH: [...extra, environment.PATH].join(':') };
  writeFileSync(files.GITHUB_OUTPUT, '');
  const shell = step.shell === 'bash' ? ['--noprofile', '--norc', '-eo', 'pipefail', script] : ['-e', script];
  const { status, stdout, stderr } = spawnSync('bash', shell, { cwd: workspace, env, encoding: 'utf8', maxBuffer: 1 << 26 });
  return { status, stdout, stderr, outputs: pairs(readFileSync(files.GITHUB_OUTPUT, 'utf8')) };
}

let log = '';
for (const [number, step] of job.steps.entries()) {
  const told = { name: step.name };
  if (!isDue(step)) told.outcome = 'skipped';
  else if (step.uses) Object.assign(told, { outcome: 'success', uses: step.uses, with: substituteAll(step.with) });
  else {
    const { status, stdout, stderr, outputs } = run(step, number);
    Object.assign(told, { outcome: status === 0 ? 'success' : 'failure', status, outputs });
    log += stdout + stderr;
    failed ||= status !== 0;
  }
  if (step.id) contexts.steps[step.id] = { outputs: told.outputs ?? {}, outcome: told.outcome };
  const given = told.with?.sarif_file;
  if (given !== undefined) told.there = existsSync(given);
  console.log(JSON.stringify(told));
}
console.log(log);
process.exit(failed ? 1 : 0);
