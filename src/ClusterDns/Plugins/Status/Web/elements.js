// The few ways in which this page changes itself: text and class names, never markup.

/** A new element with properties such as textContent and className. */
export const element = (name, properties = {}) => Object.assign(document.createElement(name), properties);

/** Sets a text, if it is another one: whoever selects it or listens to it is not disturbed for nothing. */
export function say(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

/** Puts a text into `target`, what stands between backticks as code. */
export function spell(target, text) {
  target.replaceChildren(...text.split('`').map((part, i) => i % 2 === 1 ? element('code', { textContent: part }) : document.createTextNode(part)));
  return target;
}

/**
 * Keeps a table in `place`. Columns are [title, class]; cells are a text or [text, class]. Cells stay what they are where
 * nothing changed.
 */
export function fillTable(place, ifEmpty, columns, rows, name) {
  const isEmpty = rows.length === 0;
  let scroll = place.querySelector('.scroll');
  if (isEmpty || !scroll) {
    if (isEmpty && place.querySelector('.empty')) return;
    place.replaceChildren();
    if (isEmpty) {
      place.append(element('p', { className: 'empty', textContent: ifEmpty }));
      return;
    }
    scroll = element('div', { className: 'scroll', tabIndex: 0 });
    scroll.setAttribute('role', 'region');
    scroll.setAttribute('aria-label', name ?? place.closest('section').querySelector('h2').textContent);
    const table = element('table'), head = element('thead'), titles = element('tr');
    for (const [title, className = ''] of columns) {
      const cell = element('th', { className, scope: 'col', textContent: title });
      titles.append(cell);
    }
    head.append(titles);
    table.append(head, element('tbody'));
    scroll.append(table);
    place.append(scroll);
  }
  const body = scroll.querySelector('tbody');
  while (body.rows.length > rows.length) body.deleteRow(-1);
  rows.forEach((cells, i) => {
    const row = body.rows[i] ?? body.insertRow();
    columns.forEach(([, alignment = ''], j) => {
      const [text, tone = ''] = Array.isArray(cells[j]) ? cells[j] : [cells[j]];
      const cell = row.cells[j] ?? row.insertCell();
      say(cell, String(text));
      const className = `${alignment} ${tone}`.trim();
      if (cell.className !== className) cell.className = className;
    });
  });
}
