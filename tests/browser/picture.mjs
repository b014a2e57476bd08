// One picture of a page as a reader sees it first, for README.md: `node picture.mjs PAGE.html PICTURE.png`, 1440 × 900, light.
import path from 'node:path';
import { launch, Watch } from './browser.mjs';

const [page, picture] = process.argv.slice(2).map(name => path.resolve(name));
if (!picture) {
  console.error('usage: node picture.mjs PAGE.html PICTURE.png');
  process.exit(2);
}
const browser = await launch();
try {
  const watch = new Watch(browser, text => {
    throw new Error(text);
  });
  const shown = await watch.open(page, { viewport: { width: 1440, height: 900 } });
  await shown.screenshot({ path: picture, scale: 'css' });
} finally {
  await browser.close();
}
