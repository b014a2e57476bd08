// A real audit made hostile: `node hostile.mjs names|all AUDIT.json`, JSON on standard output. names: what a repository can choose (models, paths, reasons …); all: every
// string that the form of the file does not fix, words with a meaning included.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const payloads = [
  '<script>window.hit=1;alert(1)</script>',
  '"><img src=x onerror="window.hit=1">',
  "'><svg onload='window.hit=1'>",
  'javascript:window.hit=1',
  '</style></title></textarea></script><script>window.hit=1</script>',
  '\u202Eevil \u2066turned\u2069 \u200F',
  'line\u2028window.hit=1\u2029paragraph',
  '--><script>window.hit=1</script><!--',
  ']]><script>window.hit=1</script>',
  '&lt;script&gt;window.hit=1&lt;/script&gt; &#60;b&#62;',
  'data:text/html,<script>window.hit=1</script>',
  '\u0001\u001b[31m\u0085 control',
  '<a href="javascript:window.hit=1" style="position:fixed;inset:0">cover</a>',
  'e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301 Z\u0351\u0353\u0359',
  '<base href="https://example.org/"><meta http-equiv="refresh" content="0;url=https://example.org/">',
  `wide ${'W'.repeat(10240)}`,
];

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const fixed = new Set(['schema', 'commit', 'blob', 'sha256', 'knowledge_sha256', 'date']);
const meaning = new Set(['version', 'id', 'says', 'questions', 'gained', 'lost', 'dimension', 'unit', 'metric', 'approach', 'code']);

function words() {
  const found = new Set();
  JSON.parse(readFileSync(path.join(root, 'schemas/audit.schema.json'), 'utf8'), (key, value) => {
    if (key === 'enum') for (const word of value) found.add(word);
    return value;
  });
  return found;
}

export function hostile(audit, all) {
  const known = words();
  let count = 0;
  const change = (key, value) => {
    if (Array.isArray(value)) return value.map(item => change(key, item));
    if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, change(name, item)]));
    if (typeof value !== 'string' || fixed.has(key) || (!all && (meaning.has(key) || known.has(value)))) return value;
    const payload = payloads[count++ % payloads.length];
    return all && payload.startsWith('wide') ? payload.slice(0, 300) : `${payload} ${value}`;
  };
  const made = change('', audit);
  if (!all) made.score.dimensions = audit.score.dimensions; // a rubric's, whose names no repository chooses
  made.subject.remote = all ? 'javascript:window.hit=1' : 'https://github.com/o/n"onmouseover="window.hit=1';
  return made;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  process.stdout.write(JSON.stringify(hostile(JSON.parse(readFileSync(process.argv[3], 'utf8')), process.argv[2] === 'all')));
