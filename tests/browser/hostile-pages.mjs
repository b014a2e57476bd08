// Pages of hostile audits: text stays text.
import { accessibility, overflow, short, unfold } from './browser.mjs';
import { payloads } from './hostile.mjs';

// What pages may have besides text: one style, at most the table's script, links of known kinds, no handlers, nothing that is fetched.
const structure = () => {
  const faults = [];
  const known = /^(https?:|file:|data:image\/svg\+xml,)/;
  for (const element of document.querySelectorAll('*')) {
    for (const { name, value } of element.attributes) {
      if (name.startsWith('on')) faults.push(`a handler: ${element.outerHTML.slice(0, 150)}`);
      if (name === 'style') faults.push(`a style of its own: ${element.outerHTML.slice(0, 150)}`);
      if (['href', 'src', 'action', 'formaction', 'xlink:href', 'data', 'srcset', 'poster'].includes(name) && !known.test(new URL(value, document.baseURI).href)) faults.push(`leads to ${value.slice(0, 80)}`);
    }
    if (['IFRAME', 'OBJECT', 'EMBED', 'IMG', 'BASE', 'VIDEO', 'AUDIO', 'TEXTAREA'].includes(element.tagName)) faults.push(`an element: ${element.outerHTML.slice(0, 150)}`);
  }
  if (document.querySelectorAll('style').length > 1) faults.push('several styles');
  if (document.querySelectorAll('meta[http-equiv]').length > 1) faults.push('several meta elements that steer');
  for (const script of document.querySelectorAll('script')) if (!/Sorts and filters/.test(script.textContent)) faults.push(`a script: ${script.textContent.slice(0, 80)}`);
  return faults;
};

// Pages of criteria are alike: some of them.
const some = files => files.filter((file, i) => !file.includes('/criteria/') || file.endsWith('index.html') || i % 8 === 0);

// Every page once: nothing but text came of what is hostile, nothing runs when it is used, nothing turns the direction of what follows, and it is as narrow as a phone.
export async function hostileAuditsAreInert({ hostile, meaningless, watch, fault }) {
  for (const file of some([...hostile, ...meaningless])) {
    const page = await watch.open(file);
    await unfold(page);
    for (const text of await page.evaluate(structure)) fault(`${short(page)}: ${text}`);
    const found = await page.evaluate(() => document.documentElement.outerHTML.match(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/)?.[0]);
    if (found) fault(`${short(page)}: U+${found.codePointAt(0).toString(16)} stands in the page`);
    await page.mouse.move(300, 300);
    await page.keyboard.press('Tab');
    await watch.settle(page);
    const over = hostile.includes(file) ? await overflow(page) : null;
    if (over) fault(`${short(page)}: ${over}`);
  }
}

export async function hostileTextIsSeenAsText({ hostile, watch, fault }) {
  const page = await watch.open(hostile.find(file => file.endsWith('/hostile/names.html')));
  const text = await page.evaluate(() => document.body.textContent);
  for (const payload of payloads.filter(part => /^[\x20-\x7e]+$/.test(part) && part.length < 1000)) if (!text.includes(payload)) fault(`not to be read: ${payload}`);
  if (!text.includes('\\u{202E}')) fault('a mark that turns the direction is not spelt out');
}

export async function hostileAuditsAreAccessible({ hostile, watch, fault }) {
  for (const file of hostile.filter(name => name.endsWith('/hostile/names.html') || name.endsWith('/hostile/site/index.html'))) await accessibility(await watch.open(file), fault);
}

export async function hostileTablesSortAndFilter({ hostile, watch, fault }) {
  const page = await watch.open(hostile.find(file => file.endsWith('/hostile/site/index.html')), { hash: '#text=%3Cscript%3E&sort=%22%3E%3Cimg%20src%3Dx%20onerror%3Dwindow.hit%3D1%3E&label=__proto__' });
  const rows = () => page.evaluate(() => [...document.querySelectorAll('#works tbody tr')].filter(row => row.checkVisibility()).length);
  if ((await rows()) === 0) fault('a hostile address leaves no row');
  await unfold(page);
  await page.locator('#filter [name=text]').fill('<script>');
  if ((await rows()) === 0) fault('a hostile name is not found');
  for (const button of await page.locator('#works thead button').all()) await button.click();
  await watch.settle(page);
}
