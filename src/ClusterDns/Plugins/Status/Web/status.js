// The page: takes an event a second from the server and shows what is in it. What a cluster's tenants or clients have
// chosen (names, addresses, labels) only ever becomes the text of a text node.

import { Plot, decades, linear } from './plots.js';
import { Answers } from './answers.js';
import { Controls } from './controls.js';
import { element, fillTable, say } from './elements.js';

const kept = 900, perPoint = 5, reconnectAfter = 5000, forgottenAfter = 5000, feedLength = 200;
const number = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const byId = id => document.getElementById(id);

let samples = [], last = null, before = null, source = null, heardAt = 0;
const controls = new Controls(), answers = new Answers();

const microseconds = value => value === 0 ? '0'
  : value < 1000 ? `${whole.format(value)} µs`
  : value < 1e6 ? `${number.format(value / 1000)} ms`
  : `${number.format(value / 1e6)} s`;
const percent = share => `${number.format(100 * share)} %`;
const bytes = value => value < 1024 ? `${value} B` : value < 1048576 ? `${number.format(value / 1024)} KiB` : `${number.format(value / 1048576)} MiB`;
const short = value => value >= 1e6 ? `${number.format(value / 1e6)} M` : value >= 1e4 ? `${number.format(value / 1e3)} k` : number.format(value);

function ago(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  return seconds < 90 ? `${seconds} s` : seconds < 5400 ? `${Math.round(seconds / 60)} min`
    : seconds < 172800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86400)} days`;
}

const codes = [['noerror', 'NOERROR'], ['nxdomain', 'NXDOMAIN'], ['servfail', 'SERVFAIL'], ['refused', 'REFUSED'], ['other', 'other']];
const plots = [
  new Plot(byId('rate'), {
    title: 'Queries per second',
    series: [{ name: 'noerror', label: 'queries', of: point => point.rate }],
    scale: points => linear(Math.max(...points.map(point => point.rate), 1)),
    show: short,
  }),
  new Plot(byId('latency'), {
    title: 'Latency',
    series: [
      { name: 'slowest', label: '99 of 100 within', of: point => point.slowest },
      { name: 'median', label: 'half within', of: point => point.median },
    ],
    scale: points => decades(100, Math.max(...points.map(point => point.slowest), 1)),
    show: microseconds,
  }),
  new Plot(byId('codes'), {
    title: 'Share of rcodes',
    series: codes.map(([name, label]) => ({ name, label, isStacked: true, of: point => point[name] })),
    scale: () => ({ at: value => Math.min(1, value), ticks: [0, .5, 1] }),
    show: percent,
  }),
];

// Five samples are a point: what lasted a second is still seen, as the largest of them where it is latency.
function toPoints() {
  const points = [];
  for (let end = samples.length; end > 0; end -= perPoint) {
    const group = samples.slice(Math.max(0, end - perPoint), end);
    const sum = i => group.reduce((total, sample) => total + sample[i], 0);
    const counts = [4, 5, 6, 7, 8].map(sum), all = counts.reduce((a, b) => a + b, 0);
    const point = { time: group.at(-1)[0], rate: all * 1000 / Math.max(1, sum(1)), median: 0, slowest: 0 };
    for (const sample of group) {
      point.median = Math.max(point.median, sample[2]);
      point.slowest = Math.max(point.slowest, sample[3]);
    }
    codes.forEach(([name], i) => point[name] = all === 0 ? 0 : counts[i] / all);
    points.unshift(point);
  }
  return points;
}

function showFigures(points) {
  const now = points.at(-1);
  if (!now) return;
  say(byId('figure-rate'), short(now.rate));
  say(byId('figure-median'), now.rate > 0 ? microseconds(now.median) : '–');
  say(byId('figure-slowest'), now.rate > 0 ? microseconds(now.slowest) : '–');
  say(byId('figure-failed'), now.rate > 0 ? percent(now.servfail) : '–');
  byId('figure-failed').className = now.servfail > .05 ? 'bad' : now.servfail > 0 ? 'warn' : '';
  const sum = (state, key) => state.caches.reduce((total, cache) => total + cache[key], 0);
  const requests = before ? sum(last, 'requests') - sum(before, 'requests') : 0;
  if (requests > 0) say(byId('figure-hits'), percent(Math.max(0, sum(last, 'hits') - sum(before, 'hits')) / requests));
}

function showServer({ server }) {
  say(byId('about'), `${server.version} · up ${ago(server.now - server.started)} · ${bytes(server.resident)}`);
  document.title = `${byId('figure-rate').textContent}/s · ClusterDns`;
}

function showClusters({ clusters, server }) {
  const health = cluster => cluster.synced ? ['synced', 'good'] : cluster.stale ? ['from a snapshot', 'warn'] : ['not read yet', 'bad'];
  fillTable(byId('clusters'), 'No block has kubernetes.', [
    ['Cluster'], ['State'], ['Names changed', 'n'], ['Namespaces', 'n'], ['Services', 'n'], ['Endpoints', 'n'], ['Pods', 'n'],
  ], clusters.map(cluster => [
    cluster.zones.join(' '), health(cluster), cluster.serial === 0 ? 'never' : `${ago(server.now - cluster.serial * 1000)} ago`,
    whole.format(cluster.namespaces), whole.format(cluster.services), whole.format(cluster.endpoints), whole.format(cluster.pods),
  ]));
}

function showWatches({ watches, clusters }) {
  byId('watches').hidden = watches.length === 0;
  if (watches.length === 0) return;
  // Objects are counted by cluster: whose watch it is is plain where there is one.
  const only = clusters.length === 1 ? clusters[0] : {};
  const counts = { namespaces: only.namespaces, services: only.services, endpointslices: only.endpoints, endpoints: only.endpoints, pods: only.pods };
  fillTable(byId('watches'), '', [['Watch'], ['State'], ['Last heard', 'n'], ['resourceVersion', 'n'], ['Objects', 'n'], ['API server']],
    watches.map(watch => [
      watch.kind, watch.established ? ['open', 'good'] : ['not open', 'bad'], `${ago(watch.silence)} ago`, watch.version ?? '–',
      counts[watch.kind] === undefined ? '–' : `${whole.format(counts[watch.kind])}${watch.kind.startsWith('endpoint') ? ' ready' : ''}`, watch.host,
    ]));
}

function showUpstreams({ upstreams }) {
  const tone = { healthy: 'good', doubtful: 'warn' };
  fillTable(byId('upstreams'), 'No block has forward.', [['Server'], ['For'], ['Health'], ['Mean', 'n'], ['Late after', 'n']],
    upstreams.map(upstream => [
      upstream.address, upstream.zone,
      [upstream.reason ? `${upstream.health}: ${upstream.reason}` : upstream.health, tone[upstream.health] ?? 'bad'],
      upstream.latency === 0 ? '–' : microseconds(upstream.latency), microseconds(upstream.late),
    ]));
}

function showCaches({ caches, budget }) {
  const entries = table => `${whole.format(table.entries)} of ${whole.format(table.capacity)}`;
  fillTable(byId('caches'), 'No block has cache.', [
    ['Zones'], ['Hits', 'n'], ['Answers', 'n'], ['Denials', 'n'], ['Memory', 'n'], ['Evicted', 'n'],
  ], caches.map(cache => [
    `${cache.zones} at ${cache.server}`, cache.requests === 0 ? '–' : percent(cache.hits / cache.requests),
    entries(cache.success), entries(cache.denial), bytes(cache.success.bytes + cache.denial.bytes),
    whole.format(cache.success.evictions + cache.denial.evictions),
  ]));
  if (caches.length > 0) {
    let note = byId('budget');
    if (!note) {
      note = element('p', { id: 'budget', className: 'note' });
      const bar = element('div', { className: 'bar' });
      bar.append(element('i', { id: 'budget-bar' }));
      byId('caches').append(note, bar);
    }
    say(note, `All caches together: ${bytes(budget.used)} of ${bytes(budget.limit)}`);
    byId('budget-bar').style.width = percent(budget.used / budget.limit).replace(' ', '');
  }
}

function showBlocks({ blocks, server }) {
  const seconds = before ? (server.now - before.server.now) / 1000 : 0;
  fillTable(byId('blocks'), 'Nothing is served.', [['Zones'], ['Listeners'], ['Per second', 'n'], ['Chain, outermost first']],
    blocks.map((block, i) => {
      const earlier = before?.blocks[i]?.queries;
      return [
        block.zones.join(' '), block.listeners.join(' '),
        block.queries === null ? 'not counted' : earlier === undefined || seconds <= 0 ? '–' : short(Math.max(0, block.queries - earlier) / seconds),
        block.chain.join(' → '),
      ];
    }));
}

function showChanges(changes) {
  const list = byId('changes');
  const words = { put: 'put', removed: 'removed', listed: 'listed' };
  for (const change of changes) {
    const item = element('li');
    const what = change.action === 'listed'
      ? `${change.kind}: a list of ${whole.format(change.count)}`
      : `${change.kind} ${change.namespace ? `${change.namespace}/` : ''}${change.name} ${words[change.action]}`;
    item.append(element('time', { textContent: new Date(change.time).toLocaleTimeString('en-GB') }), element('span', { textContent: what }));
    list.prepend(item);
  }
  while (list.childElementCount > feedLength) list.lastElementChild.remove();
}

function take(event) {
  heardAt = performance.now();
  if (event.first) {
    samples = [];
    before = null;
    byId('changes').replaceChildren();
  }
  samples = samples.concat(event.samples).slice(-kept);
  [before, last] = [last && !event.first ? last : null, event.state];
  const points = toPoints();
  plots.forEach(plot => plot.draw(points, samples.at(-1)?.[0] ?? event.state.server.now));
  showFigures(points);
  showServer(last);
  showClusters(last);
  showWatches(last);
  showUpstreams(last);
  showCaches(last);
  showBlocks(last);
  showChanges(event.changes);
  controls.show(event);
  answers.show(event);
  showLive();
}

function showLive() {
  const isLive = source?.readyState === EventSource.OPEN && performance.now() - heardAt < forgottenAfter;
  const live = byId('live');
  live.className = isLive ? 'live on' : 'live off';
  say(live, isLive ? 'live' : 'no connection');
}

function connect() {
  source?.close();
  source = new EventSource('events');
  source.onmessage = message => take(JSON.parse(message.data));
  source.onerror = () => {
    showLive();
    // After any other answer than a stream the browser gives up.
    if (source.readyState === EventSource.CLOSED) setTimeout(connect, reconnectAfter);
  };
}

// A browser has few connections to one address, and a page that nobody sees needs none.
document.addEventListener('visibilitychange', () => {
  if (document.hidden) {
    source?.close();
  } else if (source?.readyState === EventSource.CLOSED) {
    connect();
  }
});
setInterval(showLive, 1000);
connect();
