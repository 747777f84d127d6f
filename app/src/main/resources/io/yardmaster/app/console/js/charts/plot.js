import uPlot from '../../vendor/uplot/dist/uPlot.esm.js';
import { plotOptions } from './plot-options.js';

/** The drawing itself: redrawn when its `data`, its width or the theme change. */
class Plot extends HTMLElement {
  #data = null;
  #plot = null;
  #themed = () => this.#redraw();
  #resized = new ResizeObserver(() => this.#fit());

  set data(data) {
    this.#data = data;
    if (this.#plot) {
      this.#plot.setData(columns(data));
    } else if (this.isConnected) {
      this.#redraw();
    }
  }

  connectedCallback() {
    addEventListener('themechange', this.#themed);
    this.#resized.observe(this);
    this.#redraw();
  }

  disconnectedCallback() {
    removeEventListener('themechange', this.#themed);
    this.#resized.disconnect();
    this.#plot?.destroy();
    this.#plot = null;
  }

  #redraw() {
    this.#plot?.destroy();
    this.#plot = null;
    if (this.#data && this.clientWidth > 0) {
      this.#plot = new uPlot(plotOptions(this, this.#data), columns(this.#data), this);
    }
  }

  #fit() {
    if (!this.#plot) {
      this.#redraw();
    } else if (this.clientWidth > 0 && this.clientWidth !== this.#plot.width) {
      this.#plot.setSize({ width: this.clientWidth, height: this.clientHeight });
    }
  }
}

const columns = ({ times, series }) => [times.map(ms => ms / 1000), ...series.map(({ values }) => values)];

customElements.define('ym-plot', Plot);
