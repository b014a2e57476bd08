// A headless Chromium, and a page under watch: whatever a page must not do on its own is a fault of it. For checks.mjs.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const wide = { width: 1280, height: 900 };
export const phone = { width: 390, height: 844 };

export function launch() {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

// Opens files, and gathers what their pages do that they must not. fault (TEXT) is called for each. Pages are opened one after the other in the same tab of their kind,
// which costs a tenth of a new one; apart: in one of its own.
export class Watch {
  constructor(browser, fault) {
    this.browser = browser;
    this.fault = fault;
    this.tabs = new Map();
  }

  async tab({ viewport = wide, colorScheme = 'light', javaScriptEnabled = true, apart = false }) {
    const key = apart ? `apart ${this.tabs.size}` : JSON.stringify([colorScheme, javaScriptEnabled]);
    if (!this.tabs.has(key)) {
      const context = await this.browser.newContext({ viewport, colorScheme, javaScriptEnabled, reducedMotion: 'reduce' });
      const page = await context.newPage();
      this.tabs.set(key, page);
      const tell = text => this.fault(`${short(page)}: ${text.slice(0, 300)}`);
      page.on('console', message => (message.type() === 'error' || message.type() === 'warning' ? tell(`console: ${message.text()}`) : undefined));
      page.on('pageerror', error => tell(`exception: ${error.message}`));
      page.on('dialog', dialog => (tell(`dialog: ${dialog.message()}`), dialog.dismiss()));
      page.on('popup', () => tell('a window was opened'));
      page.on('request', request => {
        const url = request.url();
        if (!url.startsWith('data:') && !(request.isNavigationRequest() && url.startsWith('file:'))) tell(`request: ${url}`);
      });
      if (javaScriptEnabled)
        await page.addInitScript(() => {
          window.violations = [];
          document.addEventListener('securitypolicyviolation', event => window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
        });
    }
    const page = this.tabs.get(key);
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    return page;
  }

  async open(file, options = {}) {
    const page = await this.tab(options);
    page.file = file;
    await page.goto('about:blank'); // another place of the same file would not be loaded
    await page.goto(pathToFileURL(file).href + (options.hash ?? ''), { waitUntil: 'load' });
    return page;
  }

  // What a page must be at any time: under a strict policy that nothing violated, and without anything that was run.
  async settle(page) {
    const state = await page.evaluate(() => ({
      policy: document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.content ?? '',
      first: document.head.querySelector('meta[http-equiv], script, style, link')?.httpEquiv === 'Content-Security-Policy',
      violations: window.violations ?? [],
      hit: window.hit,
    }));
    for (const part of ["default-src 'none'", "base-uri 'none'", "form-action 'none'"])
      if (!state.policy.includes(part)) this.fault(`${short(page)}: the policy lacks ${part}: ${state.policy}`);
    if (/unsafe|\*|https?:/.test(state.policy)) this.fault(`${short(page)}: the policy is wide: ${state.policy}`);
    if (!state.first) this.fault(`${short(page)}: something stands before the policy`);
    for (const violation of state.violations) this.fault(`${short(page)}: violates the policy: ${violation}`);
    if (state.hit !== undefined) this.fault(`${short(page)}: text of an audit was run`);
  }

  async close() {
    for (const page of this.tabs.values()) await page.context().close();
    this.tabs.clear();
  }
}

// The page's name in messages.
export const short = page => page.file.split('/').slice(-2).join('/');

export const unfold = page => page.evaluate(() => document.querySelectorAll('details').forEach(details => (details.open = true)));

// Serious and critical findings of axe-core, everything on the page unfolded; then its contrasts in the dark.
export async function accessibility(page, fault) {
  await unfold(page);
  await page.evaluate(axe);
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    const found = await page.evaluate(only => window.axe.run(document, { preload: false, resultTypes: ['violations'], ...only }), colorScheme === 'dark' ? { runOnly: ['color-contrast'] } : {});
    if (found.passes.length === 0) fault(`${short(page)}: axe-core found nothing to check`);
    for (const violation of found.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical'))
      fault(`${short(page)}, ${colorScheme}: ${violation.impact}: ${violation.help}: ${violation.nodes.length}, such as ${violation.nodes[0].html.slice(0, 200)}`);
  }
}

// Columns by which the page, unfolded, is wider than a phone; null: none.
export async function overflow(page) {
  await page.setViewportSize(phone);
  await unfold(page);
  return page.evaluate(() => {
    const over = document.scrollingElement.scrollWidth - window.innerWidth;
    if (over <= 0) return null;
    const inScroller = element => element.closest('.scroll, [role=region][tabindex]');
    const widest = [...document.body.querySelectorAll('*')].filter(element => element.getBoundingClientRect().right > window.innerWidth + 1 && !inScroller(element))[0];
    return `${over} columns too wide: ${widest?.outerHTML.slice(0, 200)}`;
  });
}

// Tabs from the top until everything that can be used was focused: in the page's order, each showing that it is.
export async function walk(page, fault) {
  const count = await page.evaluate(() => {
    const usable = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')].filter(element => element.checkVisibility() && !element.disabled);
    window.walked = [];
    window.usable = usable;
    document.addEventListener('focusin', ({ target }) => {
      const style = getComputedStyle(target);
      window.walked.push({ found: usable.indexOf(target), shows: (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none', what: target.outerHTML.slice(0, 120) });
    });
    return usable.length;
  });
  for (let i = 0; i < count; i++) await page.keyboard.press('Tab');
  const { walked, missed } = await page.evaluate(() => ({ walked: window.walked, missed: window.usable.filter((element, i) => !window.walked.some(({ found }) => found === i)).map(element => element.outerHTML.slice(0, 120)) }));
  for (const { found, shows, what } of walked) if (found >= 0 && !shows) fault(`${short(page)}: does not show that it is focused: ${what}`);
  for (const what of missed.slice(0, 5)) fault(`${short(page)}: the tab key does not reach ${what}`);
  const order = walked.map(({ found }) => found).filter(found => found >= 0);
  if (order.some((found, i) => i > 0 && found < order[i - 1])) fault(`${short(page)}: the tab key leaves the page's order`);
}
