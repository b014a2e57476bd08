// The page of one audit.
import { accessibility, overflow, short, walk } from './browser.mjs';

export async function auditPagesLoadNothing({ audits, watch }) {
  for (const file of audits) await watch.settle(await watch.open(file));
}

export async function auditPagesAreAccessible({ audits, watch, fault }) {
  for (const file of audits) await accessibility(await watch.open(file), fault);
}

export async function auditPagesFitAPhone({ audits, watch, fault }) {
  for (const file of audits) {
    const page = await watch.open(file), over = await overflow(page);
    if (over) fault(`${short(page)}: ${over}`);
  }
}

export async function auditPagesAreDarkInTheDark({ audits, watch, fault }) {
  const brightness = page => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor.match(/\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 765);
  const light = await brightness(await watch.open(audits[0])), dark = await brightness(await watch.open(audits[0], { colorScheme: 'dark' }));
  if (!(light > 0.9 && dark < 0.2)) fault(`the paper is ${light} and ${dark}`);
}

// Everything is on the page: all criteria and dimensions, the total, places linked to the forge at the commit.
export async function auditPagesTellTheAudit({ audits, watch, fault, json }) {
  for (const file of audits) {
    const audit = json(file.replace(/html$/, 'json'));
    const page = await watch.open(file, { javaScriptEnabled: false });
    const text = (await page.evaluate(() => document.body.textContent)).replace(/\s+/g, ' ');
    const links = await page.evaluate(() => [...document.querySelectorAll('a[href^="http"]')].map(link => link.href));
    const expected = [...audit.verdicts.map(({ id }) => id), ...audit.verdicts.map(({ question }) => question), ...audit.score.dimensions.map(({ name }) => name), audit.subject.commit.slice(0, 10)];
    for (const part of expected) if (!text.includes(part)) fault(`${file}: does not say ${part}`);
    if (!new RegExp(`\\b${audit.score.total}\\b`).test(text)) fault(`${file}: does not say the total`);
    if (audit.subject.remote && !links.some(link => link.includes(`/blob/${audit.subject.commit}/`))) fault(`${file}: no place leads to the commit`);
    if (!audit.subject.remote && links.some(link => link.includes('/blob/'))) fault(`${file}: places lead to a forge that nobody named`);
  }
}

// Drawings say what they show, to those who hear them too.
export async function drawingsAreNamed({ audits, watch, fault }) {
  for (const file of audits) {
    const page = await watch.open(file);
    const drawings = await page.evaluate(() => [...document.querySelectorAll('svg:not(svg svg)')].map(svg => ({
      hidden: Boolean(svg.closest('[aria-hidden=true]')), role: svg.getAttribute('role'), title: svg.querySelector('title')?.textContent ?? '', start: svg.outerHTML.slice(0, 120) })));
    if (drawings.length === 0) fault(`${file}: no drawing`);
    for (const { hidden, role, title, start } of drawings) if (!hidden && (role !== 'img' || title === '')) fault(`${file}: a drawing without a name: ${start}`);
  }
}

// Every link and fold is reached by the tab key, in the page's order, and shows that it is.
export async function auditPagesAreUsedByKeyboard({ audits, watch, fault }) {
  const page = await watch.open(audits[0]);
  await walk(page, fault);
  const folded = await page.evaluate(() => [...document.querySelectorAll('summary')].findIndex(summary => summary.checkVisibility()));
  if (folded < 0) return;
  const summary = page.locator('summary').nth(folded);
  const before = await summary.evaluate(element => element.parentElement.open);
  await summary.focus();
  await page.keyboard.press('Enter');
  if (before === await summary.evaluate(element => element.parentElement.open)) fault('Enter neither unfolds nor folds');
}
