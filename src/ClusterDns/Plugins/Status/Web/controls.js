// What an operator may do from this machine: follow queries, look into caches, save zone files, and where the Corefile
// says control, flush caches and set the log level.

import { element, fillTable, say } from './elements.js';

const mostLines = 200, header = { 'X-ClusterDns-Control': '1' };
const byId = id => document.getElementById(id);
const typed = form => {
  const words = new URLSearchParams();
  for (const [key, value] of new FormData(form)) if (value.trim() !== '') words.set(key, value.trim());
  return words;
};

export class Controls {
  #following = null;
  #lines = [];
  #isShown = false;

  constructor() {
    byId('tail-form').addEventListener('submit', event => this.#follow(event));
    byId('look-form').addEventListener('submit', event => this.#look(event));
    byId('log-switch').addEventListener('click', () => this.#setLevel());
    document.addEventListener('visibilitychange', () => document.hidden && this.#stop());
  }

  show({ local, control, state }) {
    if (this.#isShown !== local) {
      this.#isShown = local;
      for (const section of document.querySelectorAll('section.local')) section.hidden = !local;
    }
    byId('flush').hidden = byId('log-level').hidden = !control;
    this.isDebug = state.server.debug;
    say(byId('log-said'), this.isDebug ? 'Debug lines are logged.' : 'Debug lines are not logged.');
    say(byId('log-switch'), this.isDebug ? 'Log no debug lines' : 'Log debug lines');
    this.#showZones(state.clusters.flatMap(cluster => cluster.zones).filter(zone => !zone.endsWith('.arpa.')));
  }

  #showZones(zones) {
    const key = zones.join();
    if (key === this.zonesKey) return;
    this.zonesKey = key;
    byId('zones').replaceChildren(...zones.map(zone => element('a', {
      className: 'button', href: `zone?name=${encodeURIComponent(zone)}`, download: `${zone}zone`, textContent: `Save ${zone} as a zone file`,
    })));
  }

  #follow(event) {
    event.preventDefault();
    if (this.#following) {
      this.#stop();
      return;
    }
    this.#lines = [];
    this.#showLines();
    const button = byId('tail-form').querySelector('button');
    button.setAttribute('aria-pressed', 'true');
    say(button, 'Stop');
    const address = `tail?${typed(byId('tail-form'))}`;
    const source = this.#following = new EventSource(address);
    source.onmessage = message => this.#take(JSON.parse(message.data));
    source.onerror = () => {
      // Refused, for a word that makes no sense perhaps: only another request tells why.
      if (source.readyState === EventSource.CLOSED) {
        this.#stop();
        this.#askWhy(address);
      }
    };
  }

  async #askWhy(address) {
    const stop = new AbortController();
    const reply = await fetch(address, { signal: stop.signal });
    if (reply.ok) stop.abort(); else say(byId('tail-count'), (await reply.text()).trim());
  }

  #stop() {
    this.#following?.close();
    this.#following = null;
    const button = byId('tail-form').querySelector('button');
    button.setAttribute('aria-pressed', 'false');
    say(button, 'Follow');
  }

  #take({ matched, shown, queries }) {
    this.#lines = queries.reverse().concat(this.#lines).slice(0, mostLines);
    say(byId('tail-count'), `${matched} queries, ${matched - shown} of them not shown`);
    this.#showLines();
  }

  #showLines() {
    fillTable(byId('tail-lines'), '', [['Time'], ['Client'], ['Name'], ['Type'], ['Rcode'], ['By'], ['Took', 'n']], this.#lines.map(line => [
      new Date(line.time).toLocaleTimeString('en-GB'), `${line.client} ${line.protocol}`, line.name, line.type,
      [line.rcode, line.rcode === 'SERVFAIL' ? 'bad' : ''], line.upstream ? `${line.plugin} ${line.upstream}` : line.plugin, `${line.microseconds} µs`,
    ]));
  }

  async #look(event) {
    event.preventDefault();
    const isFlush = event.submitter?.value === 'flush', words = typed(byId('look-form'));
    const reply = await fetch(`${isFlush ? 'cache/flush' : 'cache'}?${words}`, isFlush ? { method: 'POST', headers: header } : {});
    if (!reply.ok) {
      say(byId('look-said'), (await reply.text()).trim() || `status ${reply.status}`);
      return;
    }
    const answer = await reply.json();
    if (isFlush) {
      say(byId('look-said'), `${answer.flushed} entries are gone.`);
      byId('look-entries').replaceChildren();
      return;
    }
    say(byId('look-said'), answer.more ? 'The first of many:' : `${answer.entries.length} entries`);
    fillTable(byId('look-entries'), '', [['Name'], ['Type'], ['Rcode'], ['TTL', 'n'], ['Memory', 'n'], ['Kept for'], ['Listener']], answer.entries.map(entry => [
      entry.name, entry.type, entry.rcode, entry.stale ? ['stale', 'warn'] : `${entry.ttl} s`, `${entry.octets} B`,
      [entry.dnssec && 'DO', entry.unchecked && 'CD'].filter(Boolean).join(' ') || 'all', entry.server,
    ]));
  }

  async #setLevel() {
    const reply = await fetch(`log?level=${this.isDebug ? 'info' : 'debug'}`, { method: 'POST', headers: header });
    if (!reply.ok) say(byId('log-said'), (await reply.text()).trim());
  }
}
