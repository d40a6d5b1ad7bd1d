// Plots of the last fifteen minutes, as SVG: a few paths, redrawn whole. Nothing here knows where figures come from.

const space = 'http://www.w3.org/2000/svg';
const height = 190, left = 50, right = 8, top = 8, bottom = 20, narrowest = 240;
const minutes = 15, spanMilliseconds = minutes * 60000;

function svg(name, attributes, parent) {
  const element = document.createElementNS(space, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  parent?.append(element);
  return element;
}

function niceCeiling(value) {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1e-9)));
  return [1, 2, 2.5, 5, 10].map(step => step * power).find(step => step >= value) ?? value;
}

/** A scale from nothing to a bit more than the largest value. */
export function linear(most) {
  const end = niceCeiling(Math.max(most, 1));
  return { at: value => Math.min(1, value / end), ticks: [0, end / 2, end] };
}

/** Decades, for what spans many. */
export function decades(lowest, most) {
  const begin = Math.log10(lowest), end = Math.max(begin + 2, Math.ceil(Math.log10(Math.max(most, 1))));
  const ticks = [];
  for (let power = begin; power <= end; power++) ticks.push(10 ** power);
  return { at: value => Math.max(0, Math.min(1, (Math.log10(Math.max(value, lowest)) - begin) / (end - begin))), ticks };
}

/**
 * One plot. `series` are { name, label, of(point), isStacked }; `scale(points)` gives a scale, `show(value)` a text.
 * With arrow keys or a pointer the legend tells the figures of one moment.
 */
export class Plot {
  constructor(figure, { title, series, scale, show }) {
    Object.assign(this, { title, series, scale, show, points: [], chosen: null, width: narrowest });
    this.image = svg('svg', { role: 'img', tabindex: '0' }, figure);
    this.grid = svg('g', {}, this.image);
    this.curves = series.map(one => ({
      one,
      wash: svg('path', { class: `wash c-${one.name}` }, this.image),
      curve: svg('path', { class: `curve c-${one.name}` }, this.image),
    }));
    if (series.some(one => one.isStacked)) {
      for (const { wash, curve } of this.curves) { wash.style.fillOpacity = '.9'; curve.style.display = 'none'; }
    } else {
      for (const { curve } of this.curves) curve.style.fill = 'none';
    }
    this.hair = svg('line', { class: 'hair', y1: top, y2: height - bottom, visibility: 'hidden' }, this.image);
    this.legend = document.createElement('ul');
    this.legend.className = 'legend';
    figure.append(this.legend);
    this.moment = document.createElement('li');
    this.values = series.map(one => {
      const item = document.createElement('li'), key = document.createElement('i'), value = document.createElement('b');
      key.className = `c-${one.name}`;
      item.append(key, `${one.label} `, value);
      this.legend.append(item);
      return value;
    });
    this.legend.append(this.moment);
    new ResizeObserver(() => this.#fit(figure.clientWidth)).observe(figure);
    this.#fit(figure.clientWidth);
    this.image.addEventListener('pointermove', event => this.#choose(this.#indexAt(event)));
    this.image.addEventListener('pointerleave', () => this.#choose(null));
    this.image.addEventListener('blur', () => this.#choose(null));
    this.image.addEventListener('keydown', event => this.#step(event));
  }

  // One unit is one pixel, so that text is as large here as elsewhere.
  #fit(width) {
    this.width = Math.max(narrowest, Math.round(width));
    this.image.setAttribute('viewBox', `0 0 ${this.width} ${height}`);
    this.gridKey = null;
    if (this.now) this.draw(this.points, this.now);
  }

  /** Points have `time` in milliseconds, oldest first. */
  draw(points, now) {
    this.points = points;
    this.now = now;
    const scale = this.scale(points);
    const x = time => left + (this.width - left - right) * (1 - (now - time) / spanMilliseconds);
    const y = share => height - bottom - (height - top - bottom) * share;
    this.x = x;
    this.#drawGrid(scale, y);
    const below = points.map(() => 0);
    for (const { one, wash, curve } of this.curves) {
      const base = one.isStacked ? [...below] : points.map(() => 0);
      const line = points.map((point, i) => {
        const value = base[i] + one.of(point);
        if (one.isStacked) below[i] = value;
        return `${x(point.time).toFixed(1)},${y(scale.at(value)).toFixed(1)}`;
      });
      const back = points.map((point, i) => `${x(point.time).toFixed(1)},${y(one.isStacked ? scale.at(base[i]) : 0).toFixed(1)}`).reverse();
      curve.setAttribute('d', line.length > 0 ? `M${line.join('L')}` : '');
      wash.setAttribute('d', line.length > 0 ? `M${line.join('L')}L${back.join('L')}Z` : '');
    }
    this.#tell();
  }

  #drawGrid(scale, y) {
    const key = scale.ticks.join();
    if (key === this.gridKey) return;
    this.gridKey = key;
    this.grid.replaceChildren();
    for (const tick of scale.ticks) {
      const at = y(scale.at(tick));
      svg('line', { class: 'grid', x1: left, x2: this.width - right, y1: at, y2: at }, this.grid);
      svg('text', { x: left - 6, y: at + 4, 'text-anchor': 'end' }, this.grid).textContent = this.show(tick);
    }
    for (const ago of [15, 10, 5, 0]) {
      const at = left + (this.width - left - right) * (1 - ago / minutes);
      const anchor = ago === 15 ? 'start' : ago === 0 ? 'end' : 'middle';
      svg('text', { x: at, y: height - 5, 'text-anchor': anchor }, this.grid).textContent = ago === 0 ? 'now' : `−${ago} min`;
    }
  }

  #indexAt(event) {
    const box = this.image.getBoundingClientRect();
    const at = (event.clientX - box.left) / box.width * this.width;
    let best = null, nearest = Infinity;
    this.points.forEach((point, i) => {
      const distance = Math.abs(this.x(point.time) - at);
      if (distance < nearest) [best, nearest] = [i, distance];
    });
    return best;
  }

  #step(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step && this.points.length > 0) {
      event.preventDefault();
      const last = this.points.length - 1;
      this.#choose(Math.max(0, Math.min(last, (this.chosen ?? last) + step)));
    } else if (event.key === 'Escape') {
      this.#choose(null);
    }
  }

  #choose(index) {
    this.chosen = index;
    this.#tell();
  }

  #tell() {
    const point = this.points[this.chosen ?? this.points.length - 1];
    this.hair.setAttribute('visibility', this.chosen === null || !point ? 'hidden' : 'visible');
    if (!point) return;
    const at = this.x(point.time);
    this.hair.setAttribute('x1', at);
    this.hair.setAttribute('x2', at);
    const said = this.series.map((one, i) => {
      const text = this.show(one.of(point));
      this.values[i].textContent = text;
      return `${one.label} ${text}`;
    });
    this.moment.textContent = this.chosen === null ? '' : new Date(point.time).toLocaleTimeString('en-GB');
    this.image.setAttribute('aria-label', `${this.title}: ${said.join(', ')}${this.chosen === null ? '' : ` at ${this.moment.textContent}`}`);
  }
}
