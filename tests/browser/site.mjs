// The leaderboard's site: every page, and the table with and without JavaScript.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { accessibility, overflow, phone, short, unfold, walk } from './browser.mjs';

const index = given => given.site.find(file => file.endsWith('/site/index.html'));
const data = given => given.json(path.join(given.pages, 'site/data/leaderboard.json'));

// One page of each kind: the first in each folder, and those on top.
function kinds(files) {
  const seen = new Set();
  return files.filter(file => {
    const parts = file.split('/site/')[1].split('/');
    const kind = parts.length > 1 ? `${parts[0]}/${parts[1] === 'index.html'}` : parts[0];
    return !seen.has(kind) && seen.add(kind);
  });
}

// Every page once: it asks for nothing, fits a phone, and its links within the site lead to a file that is there and to a place on it.
export async function sitePagesAreSound({ site, watch, fault }) {
  const pages = new Map();
  for (const file of site) {
    const page = await watch.open(file);
    await watch.settle(page);
    pages.set(file, await page.evaluate(() => ({ ids: [...document.querySelectorAll('[id]')].map(({ id }) => id), links: [...document.querySelectorAll('a[href], link[href]')].map(({ href }) => href) })));
    const over = await overflow(page);
    if (over) fault(`${short(page)}: ${over}`);
  }
  for (const [file, { links }] of pages)
    for (const link of new Set(links.filter(href => href.startsWith('file:')))) {
      const target = fileURLToPath(link.split('#')[0]), place = decodeURIComponent(link.split('#')[1] ?? '');
      if (!existsSync(target)) fault(`${file}: leads to ${target}, which is not there`);
      else if (place && pages.has(target) && !pages.get(target).ids.includes(place)) fault(`${file}: leads to ${target}#${place}, which is not on it`);
    }
}

// Pages of works are like those of audits, which are checked by themselves.
export async function sitePagesAreAccessible({ site, watch, fault }) {
  for (const file of kinds(site).filter(name => !name.includes('/works/'))) await accessibility(await watch.open(file), fault);
}

export async function sitePagesAreWalkedByKeyboard({ site, watch, fault }) {
  for (const file of kinds(site).filter(name => !name.includes('/works/'))) await walk(await watch.open(file), fault);
}

// The table as a reader sees it: names of works from top to bottom, of rows that are shown.
const shown = page => page.evaluate(() => [...document.querySelectorAll('#works tbody tr')].filter(row => row.checkVisibility()).map(row => (row.querySelector('th a') ?? row.querySelector('th').firstChild).textContent.trim()));
const cells = (page, selector) => page.evaluate(of => [...document.querySelectorAll('#works tbody tr')].filter(row => row.checkVisibility()).map(row => row.querySelector(of)?.innerText.trim() ?? ''), selector);

const heading = (page, label) => page.locator('#works thead button', { hasText: new RegExp(`^${label}$`) });

async function expectRows(page, expected, what, fault) {
  const got = await shown(page);
  if (JSON.stringify(got) !== JSON.stringify(expected)) fault(`${what}: ${got.join(', ')} instead of ${expected.join(', ')}`);
}

const audited = given => data(given).works.filter(({ score }) => score);
const names = works => works.map(({ name }) => name);
const failed = given => names(data(given).works.filter(({ score }) => !score));

export async function withoutJavaScriptEverythingIsThere(given) {
  const { watch, fault } = given;
  const page = await watch.open(index(given), { javaScriptEnabled: false });
  await expectRows(page, [...names(audited(given).sort((a, b) => a.rank - b.rank)), ...failed(given)], 'without JavaScript', fault);
  const idle = await page.evaluate(() => [...document.querySelectorAll('button, input, select')].filter(control => control.checkVisibility()).length);
  if (idle > 0) fault(`${idle} controls are shown that do nothing without JavaScript`);
  const links = await page.evaluate(() => [...document.querySelectorAll('#works tbody a')].length);
  if (links < audited(given).length) fault('works without a link to their page');
  await page.locator('#works tbody th a').first().click();
  if (!page.url().includes('/works/')) fault(`a work leads to ${page.url()}`);
}

// Each heading sorts both ways; rows without an audit stay last; numbers are in order as numbers.
export async function headingsSort(given) {
  const { watch, fault } = given;
  const page = await watch.open(index(given));
  const buttons = page.locator('#works thead button');
  if (await buttons.count() < 8) fault('fewer than eight headings sort');
  const last = failed(given);
  for (let i = 0; i < (await buttons.count()); i++) {
    const button = buttons.nth(i), name = await button.textContent(), orders = [];
    for (let click = 0; click < 2; click++) {
      await button.click();
      orders.push(await shown(page));
      const sorts = await page.evaluate(() => [...document.querySelectorAll('#works thead th[aria-sort]')].map(head => [head.getAttribute('aria-sort'), head.innerText]));
      if (sorts.length !== 1 || !sorts[0][1].includes(name)) fault(`${name}: aria-sort stands on ${JSON.stringify(sorts)}`);
    }
    for (const order of orders) {
      if (name !== 'Work' && JSON.stringify(order.slice(-last.length)) !== JSON.stringify(last) && last.length > 0) fault(`${name}: works without an audit are not last: ${order.join(', ')}`);
      if (order.length !== data(given).works.length) fault(`${name}: ${order.length} rows`);
    }
  }
  const by = async (label, key) => {
    await heading(page, label).click();
    const got = (await shown(page)).slice(0, audited(given).length).map(name => key(audited(given).find(work => work.name === name)));
    if (got.some((value, i) => i > 0 && value > got[i - 1]) && got.some((value, i) => i > 0 && value < got[i - 1])) fault(`${label}: ${got.join(', ')} is no order`);
    if (new Set(got).size < 2) fault(`${label}: nothing to sort`);
  };
  await by('Score', work => work.score.total);
  await by('Likely range', work => work.score.likely[0]);
  await by('Data', work => work.score.dimensions[0].points);
  await by('Work', work => work.name.toLowerCase());
}

// Filters leave the rows that fit and say how many; a view has an address; "Show all" gives them back.
export async function filtersLeaveWhatFits(given) {
  const { watch, fault } = given;
  const page = await watch.open(index(given));
  const all = await shown(page);
  await unfold(page);
  const form = page.locator('#filter');
  const word = audited(given)[0].name.split(' ')[0];
  await form.locator('[name=text]').fill(word);
  const found = await shown(page);
  if (!found.includes(audited(given)[0].name) || found.length >= all.length) fault(`"${word}" finds ${found.join(', ')}`);
  const status = await page.locator('#shown').innerText();
  if (!status.startsWith(`${found.length} of ${all.length}`)) fault(`the status says ${status}`);
  const again = await watch.open(index(given), { apart: true, hash: new URL(page.url()).hash });
  if (JSON.stringify(await shown(again)) !== JSON.stringify(found)) fault('the address of a view shows another');
  await form.locator('[name=text]').fill('no work is called this');
  if ((await shown(page)).length > 0) fault('rows that lack the words stay');
  await form.locator('button[type=reset]').click();
  if (JSON.stringify(await shown(page)) !== JSON.stringify(all)) fault('"Show all" does not');
  for (const label of new Set(audited(given).map(work => work.distillation.label))) {
    await form.locator('[name=label]').selectOption(label);
    await expectRows(page, all.filter(name => audited(given).some(work => work.name === name && work.distillation.label === label)), `label ${label}`, fault);
  }
  await form.locator('[name=label]').selectOption('');
  const least = Math.max(...audited(given).map(work => work.score.dimensions[1].points));
  await form.locator('[name=d1]').fill(String(least));
  await expectRows(page, all.filter(name => audited(given).some(work => work.name === name && work.score.dimensions[1].points >= least)), `at least ${least} points`, fault);
  await watch.settle(page);
}

// The table begins in the first half of a usual screen, fits its width, and has its heads in two lines; what sorts and filters is folded until an address asks for it.
export async function theTableIsOnTheFirstScreen(given) {
  const { watch, fault } = given;
  const page = await watch.open(index(given), { apart: true, viewport: { width: 1440, height: 900 } });
  const seen = await page.evaluate(() => {
    const table = document.getElementById('works'), region = table.closest('.scroll'), head = table.tHead.getBoundingClientRect();
    const lines = element => element.getClientRects().length;
    return { top: table.tBodies[0].getBoundingClientRect().top, over: region.scrollWidth - region.clientWidth, head: head.height, open: document.getElementById('filters').open, wrapped: [...table.querySelectorAll('td.dimensions .aside')].filter(figures => figures.getBoundingClientRect().height > 24 || lines(figures) > 1).length };
  });
  if (seen.top > 450) fault(`the first work stands ${seen.top} pixels down`);
  if (seen.over > 0) fault(`the table is ${seen.over} columns too wide`);
  if (seen.head > 56) fault(`the heads are ${seen.head} pixels high`);
  if (seen.wrapped > 0) fault(`the points of ${seen.wrapped} works wrap`);
  if (seen.open) fault('the filters are not folded');
  for (const width of [600, 1000, 1125, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    const over = await page.evaluate(() => { const region = document.getElementById('works').closest('.scroll'); return region.scrollWidth - region.clientWidth; });
    if (over > 0) fault(`in a window of ${width} pixels the table is ${over} too wide`);
  }
  const view = await watch.open(index(given), { apart: true, hash: '#openness=open' });
  if (!(await view.evaluate(() => document.getElementById('filters').open))) fault('a view with a filter does not show it');
}

// Without a mouse: past the navigation, sort by a heading both ways, type into a filter, choose from a list, give all back.
export async function theTableIsUsedByKeyboard(given) {
  const { watch, fault } = given;
  const page = await watch.open(index(given));
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  if (!(await page.evaluate(() => location.hash.length > 1 && document.querySelector(location.hash) !== null))) fault('the first link does not skip to the content');
  const all = await shown(page);
  const button = heading(page, 'Score');
  await button.focus();
  await page.keyboard.press('Enter');
  const falling = await shown(page);
  await page.keyboard.press('Space');
  const rising = await shown(page);
  const count = audited(given).length;
  if (JSON.stringify(falling.slice(0, count)) !== JSON.stringify(rising.slice(0, count).reverse())) fault(`Enter and Space on a heading: ${falling.join(', ')} and ${rising.join(', ')}`);
  if (!(await button.evaluate(element => element === document.activeElement))) fault('sorting takes the focus away');
  await unfold(page);
  await page.locator('#filter [name=text]').focus();
  await page.keyboard.type('no work is called this');
  if ((await shown(page)).length > 0) fault('typing does not filter');
  await page.locator('#filter button[type=reset]').focus();
  await page.keyboard.press('Enter');
  if ((await shown(page)).length !== all.length) fault('Enter on "Show all" does not');
  await page.locator('#filter [name=openness]').focus();
  await page.keyboard.press('ArrowDown');
  const chosen = await page.locator('#filter [name=openness]').inputValue();
  if (chosen === '' || (await shown(page)).length >= all.length) fault('a list does not filter by keyboard');
  if ((await cells(page, '.openness')).some(cell => cell !== chosen)) fault(`openness ${chosen} leaves others`);
  const narrow = await watch.open(index(given), { apart: true, viewport: phone });
  const region = narrow.locator('[role=region][tabindex="0"]').first();
  const room = await region.evaluate(element => element.scrollWidth - element.clientWidth);
  await region.focus();
  for (let i = 0; i < 5; i++) await narrow.keyboard.press('ArrowRight');
  await narrow.waitForTimeout(200);
  if (room > 0 && (await region.evaluate(element => element.scrollLeft)) === 0) fault('the arrow keys do not scroll the table on a phone');
}
