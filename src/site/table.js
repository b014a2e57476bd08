// Sorts and filters the table of works. What rows have to say stands in their data- attributes; the state stands in the address behind "#", so that a view
// can be linked to. Rows without an audit stay last and are found by their text alone.
(() => {
  'use strict';
  const table = document.getElementById('works');
  const form = document.getElementById('filter');
  const shown = document.getElementById('shown');
  const filters = document.getElementById('filters');
  if (!table || !form || !shown || !filters) return;
  const body = table.tBodies[0];
  const heads = new Map();
  const rows = [...body.rows].map((row, place) => ({
    row,
    place,
    failed: row.classList.contains('failed'),
    text: row.textContent.toLowerCase(),
    name: row.querySelector('th').textContent.toLowerCase(),
    points: (row.dataset.dimensions || '').split(' ').map(Number),
    approach: (row.dataset.approach || '').split(' '),
  }));
  const kinds = {};
  const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
  const rising = new Set(['rank', 'name', 'label', 'openness', 'approach']); // what one wants to see first of these is the least
  const dimension = key => (/^d\d+$/.test(key) ? Number(key.slice(1)) : -1);

  function valueOf(item, key) {
    if (key === 'name') return item.name;
    if (dimension(key) >= 0) return item.points[dimension(key)];
    const value = item.row.dataset[key];
    if (value === undefined || value === '') return undefined;
    return kinds[key] === 'number' ? Number(value) : value;
  }

  function compare(a, b, key, way) {
    if (a.failed !== b.failed) return a.failed ? 1 : -1;
    const x = a.failed && key !== 'name' ? undefined : valueOf(a, key);
    const y = b.failed && key !== 'name' ? undefined : valueOf(b, key);
    if (x === undefined || y === undefined) return (x === undefined) - (y === undefined) || a.place - b.place;
    const order = typeof x === 'number' ? x - y : collator.compare(x, y);
    return way * order || a.place - b.place;
  }

  function holds(item, wanted) {
    if (!wanted.words.every(word => item.text.includes(word))) return false;
    if (wanted.label && item.row.dataset.label !== wanted.label) return false;
    if (wanted.openness && item.row.dataset.openness !== wanted.openness) return false;
    if (wanted.approach && !item.approach.includes(wanted.approach)) return false;
    return wanted.least.every(([index, least]) => !item.failed && item.points[index] >= least);
  }

  function read() {
    const value = name => (form.elements[name] ? form.elements[name].value : '');
    const least = [...form.elements]
      .filter(field => dimension(field.name) >= 0 && field.value !== '')
      .map(field => [dimension(field.name), Number(field.value)]);
    return {
      words: value('text').toLowerCase().split(/\s+/).filter(Boolean),
      label: value('label'),
      openness: value('openness'),
      approach: value('approach'),
      least,
      key: value('sort') || 'rank',
      way: value('order') === 'descending' ? -1 : 1,
    };
  }

  function show() {
    const wanted = read();
    const order = rows.slice().sort((a, b) => compare(a, b, wanted.key, wanted.way));
    let count = 0;
    for (const item of order) {
      const visible = holds(item, wanted);
      item.row.hidden = !visible;
      count += visible;
    }
    body.append(...order.map(item => item.row));
    for (const head of table.tHead.rows[0].cells) head.removeAttribute('aria-sort');
    for (const [key, button] of heads) {
      const sorted = key === wanted.key;
      if (sorted) button.closest('th').setAttribute('aria-sort', wanted.way < 0 ? 'descending' : 'ascending');
      button.classList.toggle('sorted', sorted);
      button.dataset.way = sorted ? (wanted.way < 0 ? '↓' : '↑') : '';
    }
    const by = form.elements.sort.selectedOptions[0];
    shown.textContent = `${count} of ${rows.length} works, by ${by ? by.textContent.toLowerCase() : 'rank'}, ${wanted.way < 0 ? 'falling' : 'rising'}.`;
  }

  // Only what differs from the beginning stands in the address.
  function remember() {
    const state = new URLSearchParams();
    for (const field of form.elements)
      if (field.name && field.value !== '' && !(field.name === 'sort' && field.value === 'rank') && !(field.name === 'order' && field.value === 'ascending'))
        state.set(field.name, field.value);
    const hash = state.toString();
    history.replaceState(null, '', hash ? `#${hash}` : location.pathname + location.search);
  }

  const isPlace = () => location.hash !== '' && !location.hash.includes('='); // of the page, to scroll to

  // Folded until an address asks for something: headings sort without it.
  function recall() {
    if (location.hash !== '' && !isPlace()) filters.open = true;
    const state = new URLSearchParams(isPlace() ? '' : location.hash.slice(1));
    for (const field of form.elements) {
      if (!field.name) continue;
      const value = state.get(field.name) ?? (field.name === 'sort' ? 'rank' : field.name === 'order' ? 'ascending' : '');
      const known = field.tagName === 'SELECT' ? [...field.options].some(option => option.value === value) : field.type !== 'number' || /^\d*$/.test(value);
      field.value = known ? value : field.tagName === 'SELECT' ? field.options[0].value : '';
    }
    show();
  }

  function sortBy(key) {
    const same = form.elements.sort.value === key;
    const falling = same ? form.elements.order.value === 'ascending' : !rising.has(key);
    form.elements.sort.value = key;
    form.elements.order.value = falling ? 'descending' : 'ascending';
    remember();
    show();
  }

  for (const words of table.tHead.querySelectorAll('[data-key]')) {
    const button = document.createElement('button');
    const key = words.dataset.key;
    kinds[key] = words.dataset.kind;
    button.type = 'button';
    button.textContent = words.textContent;
    button.addEventListener('click', () => sortBy(key));
    words.classList.add('printed'); // a head that a printer repeats has no buttons
    words.after(button);
    heads.set(key, button);
  }
  form.addEventListener('submit', event => event.preventDefault());
  form.addEventListener('input', event => {
    if (event.target.name === 'sort') form.elements.order.value = rising.has(event.target.value) ? 'ascending' : 'descending';
    remember();
    show();
  });
  form.addEventListener('reset', event => {
    event.preventDefault();
    history.replaceState(null, '', location.pathname + location.search);
    recall();
  });
  window.addEventListener('hashchange', () => isPlace() || recall());
  filters.hidden = false;
  recall();
})();
