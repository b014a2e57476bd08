// What pages must be in a browser. `node checks.mjs PAGES RESULTS`: every check in one browser; each leaves RESULTS/NAME with its faults, a line each, none where it passed.
// PAGES: audits/NAME.{html,json} (`candor audit`), site/ (`candor leaderboard`), hostile/ and meaningless/ (pages.c, from hostile.mjs). CANDOR_SCREENSHOTS=FOLDER keeps pictures.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { launch, Watch } from './browser.mjs';
import * as audits from './audits.mjs';
import * as hostile from './hostile-pages.mjs';
import * as site from './site.mjs';
import { pictures } from './pictures.mjs';

const [pages, results] = process.argv.slice(2).map(name => path.resolve(name));
const below = folder => readdirSync(path.join(pages, folder), { recursive: true }).map(String).filter(name => name.endsWith('.html')).sort().map(name => path.join(pages, folder, name));
const given = {
  pages,
  audits: below('audits'),
  site: below('site'),
  hostile: below('hostile'),
  meaningless: below('meaningless'),
  json: file => JSON.parse(readFileSync(file, 'utf8')),
};

const checks = { ...audits, ...site, ...hostile };
mkdirSync(results, { recursive: true });
const browser = await launch();
for (const [name, check] of Object.entries(checks)) {
  const faults = [];
  const watch = new Watch(browser, text => faults.push(text));
  const began = Date.now();
  try {
    await check({ ...given, watch, fault: text => faults.push(text) });
  } catch (error) {
    faults.push(`the check broke off: ${error.stack}`);
  }
  await watch.close();
  writeFileSync(path.join(results, name), faults.length > 0 ? `${[...new Set(faults)].slice(0, 40).join('\n')}\n` : '');
  if (process.env.CANDOR_BROWSER_TIMES) console.error(`${name}: ${Date.now() - began} ms, ${faults.length} faults`);
}
if (process.env.CANDOR_SCREENSHOTS) await pictures(browser, given, process.env.CANDOR_SCREENSHOTS);
await browser.close();
