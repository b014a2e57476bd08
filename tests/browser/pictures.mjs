// Pictures of the pages, for people to look at: wide and on a phone, light and dark.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { phone, Watch } from './browser.mjs';

export async function pictures(browser, { pages, audits, site, hostile }, folder) {
  const files = [...audits, ...site.filter(file => /\/site\/([^/]+\.html|(works|criteria|teachers)\/index\.html)$/.test(file)), ...hostile.filter(file => /\/hostile\/(names\.html|site\/index\.html)$/.test(file))];
  for (const kind of ['works', 'criteria', 'teachers']) files.push(...site.filter(file => file.includes(`/site/${kind}/`) && !file.endsWith('index.html')).slice(0, 1));
  mkdirSync(folder, { recursive: true });
  const watch = new Watch(browser, () => undefined);
  for (const file of files)
    for (const viewport of [undefined, phone])
      for (const colorScheme of ['light', 'dark']) {
        const page = await watch.open(file, { viewport, colorScheme });
        const name = path.relative(pages, file).replaceAll('/', '-').replace(/\.html$/, '');
        await page.screenshot({ path: path.join(folder, `${name}-${viewport ? 'phone' : 'wide'}-${colorScheme}.png`), fullPage: true });
        await watch.close();
      }
}
