// What the page asks the server for beside its events: why a name resolves or does not, and who asks most.

import { element, fillTable, say, spell } from './elements.js';

const byId = id => document.getElementById(id);
const number = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const families = [['client', 'Clients'], ['namespace', 'Namespaces'], ['name', 'Names'], ['upstream', 'Names asked of upstreams'], ['rcode', 'Rcodes']];
const topEvery = 10000, topLength = 8;

export class Answers {
  #asking = null;
  #topAt = -Infinity;

  constructor() {
    byId('ask-form').addEventListener('submit', event => this.#explain(event));
  }

  show({ local, top }) {
    byId('ask').hidden = !local;
    byId('top').hidden = !top;
    if (top && performance.now() - this.#topAt > topEvery) {
      this.#topAt = performance.now();
      this.#showTop();
    }
  }

  async #explain(event) {
    event.preventDefault();
    this.#asking?.abort();
    const { signal } = this.#asking = new AbortController();
    const words = new URLSearchParams();
    for (const [key, value] of new FormData(event.target)) if (value.trim() !== '') words.set(key, value.trim());
    const place = byId('ask-answer');
    place.replaceChildren(element('p', { className: 'note', textContent: 'asking' }));
    try {
      const reply = await fetch(`explain?${words}`, { signal });
      if (!reply.ok) {
        place.replaceChildren(element('p', { className: 'note bad', textContent: (await reply.text()).trim() || `status ${reply.status}` }));
        return;
      }
      this.#showExplanation(place, await reply.json());
    } catch (fault) {
      if (!signal.aborted) place.replaceChildren(element('p', { className: 'note bad', textContent: fault.message }));
    }
  }

  #showExplanation(place, explanation) {
    const summary = element('p', { className: explanation.resolved ? 'verdict good' : 'verdict bad' });
    summary.textContent = explanation.resolved ? 'It resolves.' : 'It does not resolve.';
    const client = element('p', { className: 'note', textContent: `Asked as ${explanation.client}` });
    if (explanation.search.length > 0) client.textContent += `, which searches ${explanation.search.join(' ')} with ndots ${explanation.ndots}`;
    const walk = element('ol', { className: 'walk' });
    for (const name of explanation.names) {
      const isAnswer = name.answers.length > 0, item = element('li', { className: isAnswer ? 'good' : 'bad' });
      item.append(
        element('p', { className: 'name', textContent: `${name.name} ${name.status ?? 'no reply'}${name.status === 'NOERROR' && !isAnswer ? ` without ${explanation.type} record` : ''}` }),
        spell(element('p'), [name.reason, name.plugin && `(${name.plugin}${name.block ? ` in ${name.block}` : ''})`].filter(Boolean).join(' ')));
      if (isAnswer) item.append(element('p', { textContent: name.answers.join(', ') }));
      if (name.advice) item.append(spell(element('p', { className: 'note' }), name.advice));
      walk.append(item);
    }
    place.replaceChildren(summary, client, walk);
    if (explanation.advice && !explanation.names.some(name => name.advice === explanation.advice)) {
      place.append(spell(element('p'), explanation.advice));
    }
  }

  async #showTop() {
    const reply = await fetch(`top?count=${topLength}`);
    if (!reply.ok) return;
    const report = await reply.json(), place = byId('talkers');
    if (place.childElementCount === 0) {
      place.append(...families.map(([family, title]) => {
        const list = element('div', { id: `top-${family}` });
        list.append(element('h3', { textContent: title, id: `top-${family}-title` }), element('div'));
        return list;
      }));
    }
    for (const [family, title] of families) {
      const { entries, queries } = report.families[family].recent;
      say(byId(`top-${family}-title`), title);
      fillTable(byId(`top-${family}`).lastElementChild, 'Nobody yet.', [['Who or what'], ['Share', 'n']], entries.map(entry => [
        entry.pod ? `${entry.namespace}/${entry.pod} ${entry.value}` : entry.value, queries > 0 ? `${number.format(100 * entry.share)} %` : '–',
      ]), title);
    }
  }
}
