// The ranking that readers weigh anew, and the reader's own country in the figures of the page.
// One classic script, no library, no request: it also runs in a page opened from a folder, where
// browsers refuse modules. Places and words come from the page (bookext/html/reweigh.py).
(() => {
  "use strict";

  const host = document.querySelector(".reweigh");
  const data = JSON.parse(host.querySelector(".reweigh-data").textContent);
  const { countries, indicators, places, presets, words } = data;
  const language = document.documentElement.lang;
  const editions = Object.keys(places);
  const everywhere = indicators.map((_, i) => editions.every((year) => places[year][i]));
  const codes = countries.map(([code]) => code);
  const names = Object.fromEntries(countries);
  const STORE = "governing-in-public:country";
  const ADDRESS = "#reweigh?";
  const MOST = 10;

  const number = (value, digits = 1) =>
    new Intl.NumberFormat(language, { maximumFractionDigits: digits, useGrouping: "always" }).format(value);
  const percent = (share) =>
    new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 }).format(share);
  const fill = (template, values) =>
    template.replace(/\{(\w+)\}/g, (found, name) => values[name] ?? found);
  const byName = [...codes].sort((a, b) => names[a].localeCompare(names[b], language));

  // State: the address keeps what a link should show, the browser keeps the reader's country ----

  const state = {
    edition: editions.includes("2022") ? "2022" : editions.at(-1),
    weights: [...presets[0].weights],
    compare: [...data.shown],
    mine: remembered(),
    all: false,
  };

  function remembered() {
    try {
      const code = localStorage.getItem(STORE);
      return codes.includes(code) ? code : "";
    } catch {
      return ""; // The reader allows no storage: the choice lasts as long as the page.
    }
  }

  function remember(code) {
    try {
      localStorage.setItem(STORE, code);
    } catch {
      // See above.
    }
  }

  function readAddress() {
    if (!location.hash.startsWith(ADDRESS)) return false;
    const asked = new URLSearchParams(location.hash.slice(ADDRESS.length));
    if (editions.includes(asked.get("edition"))) state.edition = asked.get("edition");
    const weights = (asked.get("weights") ?? "").split(".").map(Number);
    const valid = (w) => Number.isInteger(w) && w >= 0 && w <= MOST;
    if (weights.length === indicators.length && weights.every(valid)) state.weights = weights;
    if (asked.has("countries")) {
      const chosen = asked.get("countries").split(".").filter((code) => codes.includes(code));
      state.compare = [...new Set(chosen)].slice(0, 4);
    }
    return true;
  }

  function writeAddress() {
    const compare = state.compare.filter(Boolean).join(".");
    const query = `edition=${state.edition}&weights=${state.weights.join(".")}&countries=${compare}`;
    history.replaceState(null, "", ADDRESS + query);
  }

  // The measure: as govsocial.ranking, which the tests compare it with --------------------------

  const total = codes.length;

  /** Scores by indicator: the share of the other countries below; null where nobody counted. */
  const scores = (edition) =>
    places[edition].map((column) => column && column.map((p) => (total - p) / (total - 1)));

  /** Weights that sum to 1 over the counted indicators; null if none is left. */
  function shares(weights, counted) {
    const used = weights.map((weight, i) => (counted[i] ? weight : 0));
    const sum = used.reduce((a, b) => a + b, 0);
    return sum ? used.map((weight) => weight / sum) : null;
  }

  function rank(columns, weights) {
    const index = new Float64Array(total);
    columns.forEach((column, i) => {
      if (weights[i]) for (let c = 0; c < total; c++) index[c] += weights[i] * column[c];
    });
    // Sums of the same numbers in another order differ in the last digits: not a difference.
    for (let c = 0; c < total; c++) index[c] = Math.round(index[c] * 1e10);
    const sorted = index.slice().sort();
    return index.map((value) => 1 + total - upTo(sorted, value));
  }

  /** How many of the sorted values are not above a value. */
  function upTo(sorted, value) {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] <= value) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Random numbers from a seed (mulberry32): the same link shows the same ranges. */
  function generator(seed) {
    return () => {
      seed = (seed + 0x6d2b79f5) | 0;
      let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    };
  }

  function normal(random) {
    return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  }

  /** A gamma variate (Marsaglia and Tsang 2000). */
  function gamma(shape, random) {
    if (shape < 1) return gamma(shape + 1, random) * (1 - random()) ** (1 / shape);
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = normal(random);
      const v = (1 + c * x) ** 3;
      if (v > 0 && Math.log(1 - random()) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v;
    }
  }

  /** Dirichlet weights with the given mean and as many pseudo-counts as indicators in use. */
  function scatter(weights, random) {
    const used = weights.filter(Boolean).length;
    const drawn = weights.map((weight) => (weight ? gamma(weight * used, random) : 0));
    const sum = drawn.reduce((a, b) => a + b, 0);
    return sum ? drawn.map((value) => value / sum) : weights;
  }

  /** The middle 95% of each country's places over random weights. */
  function ranges(columns, weights, draws) {
    const random = generator(2012);
    const drawn = codes.map(() => new Uint16Array(draws));
    for (let draw = 0; draw < draws; draw++) {
      rank(columns, scatter(weights, random)).forEach((place, c) => (drawn[c][draw] = place));
    }
    const [low, high] = [0.025, 0.975].map((share) => Math.round(share * (draws - 1)));
    return drawn.map((sorted) => {
      sorted.sort();
      return [sorted[low], sorted[high]];
    });
  }

  function measure(edition, weights, draws) {
    const used = shares(weights, places[edition]);
    if (!used) return null;
    const columns = scores(edition);
    return { place: rank(columns, used), range: ranges(columns, used, draws) };
  }

  // The controls --------------------------------------------------------------------------------

  function make(tag, attributes = {}, ...children) {
    const svg = ["svg", "path", "g", "text", "line", "circle"].includes(tag);
    const element = svg
      ? document.createElementNS("http://www.w3.org/2000/svg", tag)
      : document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (value !== false) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children);
    return element;
  }

  function select(id, label, options, chosen, change) {
    const control = make("select", { id, onchange: (event) => change(event.target.value) });
    for (const [value, text] of options) control.append(make("option", { value }, text));
    control.value = chosen;
    return make("div", { class: "reweigh-choice" }, make("label", { for: id }, label), control);
  }

  const sliders = indicators.map((_, i) =>
    make("input", {
      id: `reweigh-w${i}`,
      type: "range",
      min: 0,
      max: MOST,
      step: 1,
      oninput: (event) => weigh(i, Number(event.target.value)),
    }),
  );
  const outputs = indicators.map((_, i) => make("output", { for: `reweigh-w${i}`, "aria-live": "off" }));
  const presetButtons = presets.map(({ name, weights }) =>
    make("button", { type: "button", onclick: () => set({ weights: [...weights] }) }, name),
  );
  const countryOptions = [["", words.none], ...byName.map((code) => [code, names[code]])];
  const editionChoice = select(
    "reweigh-edition",
    words.edition,
    editions.map((year) => [year, year]),
    state.edition,
    (edition) => set({ edition }),
  );
  const compareChoices = [0, 1, 2, 3].map((slot) =>
    select(
      `reweigh-c${slot}`,
      fill(words.country_n, { n: slot + 1 }),
      countryOptions,
      "",
      (code) => {
        const others = state.compare.map((other) => (other === code ? "" : other));
        set({ compare: [0, 1, 2, 3].map((n) => (n === slot ? code : others[n] ?? "")) });
      },
    ),
  );
  const mineChoice = select("reweigh-mine", words.mine, countryOptions, state.mine, (mine) => {
    remember(mine);
    set({ mine });
  });
  const status = make("p", { role: "status", class: "reweigh-status" });
  const table = make("div", { class: "reweigh-scroll", tabindex: 0, role: "region" });
  const all = make("button", {
    type: "button",
    class: "reweigh-all",
    hidden: true,
    onclick: () => set({ all: !state.all }),
  });
  const lines = make("div", { class: "reweigh-lines" });
  const copied = make("span", { role: "status" });
  const copy = make("button", { type: "button", onclick: copyLink }, words.copy);

  async function copyLink() {
    writeAddress();
    try {
      await navigator.clipboard.writeText(location.href);
      copied.textContent = words.copied;
    } catch {
      copied.textContent = `${words.not_copied} ${location.href}`;
    }
  }

  function build() {
    host.id = "reweigh";
    host.querySelector(".reweigh-still").hidden = true;
    const weightRows = indicators.map((name, i) =>
      make(
        "div",
        { class: "reweigh-weight" },
        make("label", { for: `reweigh-w${i}` }, name),
        sliders[i],
        outputs[i],
      ),
    );
    host.append(
      make("h3", {}, words.title),
      make("fieldset", {}, make("legend", {}, words.weights), ...weightRows),
      make("div", { class: "reweigh-buttons", role: "group", "aria-label": words.presets }, ...presetButtons),
      editionChoice,
      make(
        "fieldset",
        {},
        make("legend", {}, words.compare),
        make("div", { class: "reweigh-compare" }, ...compareChoices),
      ),
      mineChoice,
      make("p", { class: "reweigh-note" }, words.mine_note),
      status,
      table,
      all,
      lines,
      // Without a safe context there is no clipboard; the address bar holds the link anyway.
      make("p", { class: "reweigh-buttons" }, ...(navigator.clipboard ? [copy, " ", copied] : [])),
    );
  }

  // The picture ---------------------------------------------------------------------------------

  let waiting = 0;
  let drawing = 0;
  let speaking = 0;

  function set(change) {
    Object.assign(state, change);
    copied.textContent = "";
    writeAddress();
    showControls();
    host.setAttribute("aria-busy", "true");
    clearTimeout(drawing);
    clearTimeout(waiting);
    waiting = setTimeout(showResults, 60);
  }

  function weigh(indicator, weight) {
    set({ weights: state.weights.map((old, i) => (i === indicator ? weight : old)) });
  }

  function showControls() {
    const counted = places[state.edition];
    const used = shares(state.weights, counted);
    indicators.forEach((_name, i) => {
      const share = used ? percent(used[i]) : "–";
      sliders[i].value = state.weights[i];
      sliders[i].disabled = !counted[i];
      outputs[i].textContent = counted[i] ? share : words.not_counted;
      sliders[i].setAttribute("aria-valuetext", outputs[i].textContent);
    });
    presetButtons.forEach((button, i) =>
      button.setAttribute("aria-pressed", String(presets[i].weights.join() === state.weights.join())),
    );
    editionChoice.lastChild.value = state.edition;
    compareChoices.forEach((choice, slot) => (choice.lastChild.value = state.compare[slot] ?? ""));
    mineChoice.lastChild.value = state.mine;
  }

  function showResults() {
    const found = measure(state.edition, state.weights, data.draws);
    table.replaceChildren(found ? ranking(found) : make("p", {}, words.no_weight));
    table.setAttribute("aria-label", words.ranking.split(":")[0].replace("{edition}", state.edition));
    all.hidden = !found;
    all.textContent = state.all ? words.first_ten : fill(words.all, { n: number(total) });
    markFigures();
    clearTimeout(drawing);
    drawing = setTimeout(drawLines);
    clearTimeout(speaking);
    speaking = setTimeout(() => (status.textContent = found ? summary(found) : words.no_weight), 500);
  }

  const chosen = () => [...new Set([...state.compare, state.mine])].filter(Boolean);

  function rangeText([low, high]) {
    return fill(words.range_text, { low: number(low), high: number(high) });
  }

  function summary({ place, range }) {
    const first = byName.filter((code) => place[codes.indexOf(code)] === 1).map((code) => names[code]);
    const listed = chosen().map((code) => {
      const c = codes.indexOf(code);
      const [low, high] = range[c];
      return fill(words.summary_country, { country: names[code], place: place[c], low, high });
    });
    return fill(words.summary, {
      edition: state.edition,
      first: first.join(", "),
      countries: listed.join(" "),
    });
  }

  function ranking({ place, range }) {
    const order = byName.map((code) => codes.indexOf(code)).sort((a, b) => place[a] - place[b]);
    const keep = new Set(chosen());
    const rows = order.filter((c, n) => state.all || n < 10 || keep.has(codes[c]));
    const head = [words.place, words.country, words.range].map((text) =>
      make("th", { scope: "col" }, text),
    );
    return make(
      "table",
      {},
      make("caption", {}, fill(words.ranking, { edition: state.edition })),
      make("thead", {}, make("tr", {}, ...head)),
      make("tbody", {}, ...rows.map((c) => row(codes[c], place[c], range[c]))),
    );
  }

  function row(code, place, [low, high]) {
    const at = (n) => `${(100 * (n - 1)) / (total - 1)}%`;
    const bar = make("span", { class: "reweigh-bar", "aria-hidden": "true" }, make("i"), make("b"));
    bar.firstChild.style.left = at(low);
    bar.firstChild.style.right = `calc(100% - ${at(high)})`;
    bar.lastChild.style.left = at(place);
    const marked = [state.compare.includes(code) && "chosen", state.mine === code && "mine"];
    return make(
      "tr",
      { "data-country": code, class: marked.filter(Boolean).join(" ") },
      make("td", {}, number(place)),
      make("th", { scope: "row" }, names[code]),
      make("td", {}, bar, rangeText([low, high])),
    );
  }

  let over = { weights: "", found: [] }; // what has been measured, edition by edition

  /** Measure the next edition by the weights in use, and say whether one was left. */
  function measureNext() {
    const weights = state.weights.map((weight, i) => (everywhere[i] ? weight : 0));
    if (over.weights !== weights.join()) over = { weights: weights.join(), found: [] };
    const next = editions[over.found.length];
    if (next) over.found.push(measure(next, weights, data.draws));
    return Boolean(next);
  }

  /** One edition in each task, so that the sliders answer in between. */
  function drawLines() {
    if (measureNext()) {
      drawing = setTimeout(drawLines);
    } else {
      showLines();
      host.setAttribute("aria-busy", "false");
    }
  }

  function showLines() {
    while (measureNext());
    const { found } = over;
    const shown = state.compare.filter(Boolean);
    const body = found[0]
      ? [linePicture(shown, found), legend(shown), lineTable(shown, found)]
      : [make("p", {}, words.no_line)];
    lines.replaceChildren(
      make("h4", {}, words.over_editions),
      make("p", { class: "reweigh-note" }, words.over_note),
      ...(shown.length ? body : []),
    );
  }

  function linePicture(shown, found) {
    const [width, height] = [Math.max(lines.clientWidth, 260), 260];
    const [left, right, top, bottom] = [34, width - 40, 12, height - 26];
    const years = editions.map(Number);
    const series = shown.map((code) => {
      const c = codes.indexOf(code);
      return found.map(({ place, range }) => [place[c], ...range[c]]);
    });
    const deepest = Math.max(10, ...series.flat().map(([, , high]) => high));
    const x = (year) => left + ((year - years[0]) / (years.at(-1) - years[0])) * (right - left);
    const y = (place) => top + ((place - 1) / (deepest - 1)) * (bottom - top);
    const picture = make("svg", { width, height, role: "img", "aria-label": words.over_editions });
    const step = [5, 10, 20, 25, 50].find((s) => deepest / s <= 5) ?? 50;
    for (let place = 1; place <= deepest; place = place === 1 ? step : place + step) {
      picture.append(
        make("line", { class: "grid", x1: left, x2: right, y1: y(place), y2: y(place) }),
        make("text", { x: left - 6, y: y(place) + 4, "text-anchor": "end" }, number(place)),
      );
    }
    years
      .filter((year, n) => !n || (year % (width < 480 ? 8 : 4) === 0 && year - years[0] > 3))
      .forEach((year) => picture.append(
        make("text", { x: x(year), y: height - 6, "text-anchor": "middle" }, String(year)),
      ));
    const labels = [];
    series.forEach((points, n) => {
      const along = (part, order) =>
        order.map((k) => `${x(years[k]).toFixed(1)} ${y(points[k][part]).toFixed(1)}`).join(" L");
      const forth = years.map((_, k) => k);
      const back = [...forth].reverse();
      picture.append(
        make("path", { class: `band line-${n}`, d: `M${along(1, forth)} L${along(2, back)}Z` }),
        make("path", { class: `line line-${n}`, d: `M${along(0, forth)}` }),
      );
      labels.push({ n, at: y(points.at(-1)[0]) });
    });
    labels.sort((a, b) => a.at - b.at);
    labels.forEach(({ n, at }, k) => {
      const placed = k ? Math.max(at, labels[k - 1].at + 14) : at;
      labels[k].at = placed;
      picture.append(
        make("text", { class: `line-${n} name`, x: right + 5, y: placed + 4 }, shown[n]),
      );
    });
    return picture;
  }

  function legend(shown) {
    const items = shown.map((code, n) => {
      const sample = make("svg", { width: 34, height: 10, "aria-hidden": "true" });
      sample.append(make("line", { class: `line line-${n}`, x1: 1, x2: 33, y1: 5, y2: 5 }));
      return make("li", {}, sample, ` ${code}: ${names[code]}`);
    });
    return make("ul", { class: "reweigh-legend" }, ...items);
  }

  function lineTable(shown, found) {
    const open = lines.querySelector("details")?.open;
    const head = [words.edition, ...shown.map((code) => names[code])];
    const rows = editions.map((year, k) =>
      make(
        "tr",
        {},
        make("th", { scope: "row" }, year),
        ...shown.map((code) => {
          const c = codes.indexOf(code);
          return make("td", {}, `${number(found[k].place[c])} (${rangeText(found[k].range[c])})`);
        }),
      ),
    );
    return make(
      "details",
      { open: Boolean(open) },
      make("summary", {}, words.table),
      make(
        "div",
        { class: "reweigh-scroll", tabindex: 0, role: "region", "aria-label": words.table },
        make(
          "table",
          {},
          make("caption", {}, words.over_editions),
          make("thead", {}, make("tr", {}, ...head.map((text) => make("th", { scope: "col" }, text)))),
          make("tbody", {}, ...rows),
        ),
      ),
    );
  }

  // The reader's country in the figures ---------------------------------------------------------

  const sentences = [...document.querySelectorAll(".my-country")].map((place) => {
    const marks = JSON.parse(place.querySelector(".my-country-data").textContent);
    const paragraph = place.querySelector("p");
    const picture = document.querySelector(`#${CSS.escape(place.dataset.figure)} picture`);
    const frame = make("span", { class: "figure-marks" });
    picture.replaceWith(frame);
    const dot = make("span", { class: "figure-mark", "aria-hidden": "true", hidden: true });
    frame.append(picture, dot);
    return { marks, paragraph, dot, template: paragraph.textContent, place };
  });

  function markFigures() {
    for (const { marks, paragraph, dot, template, place } of sentences) {
      const mark = marks[state.mine];
      place.hidden = false;
      dot.hidden = !mark;
      if (!mark) {
        paragraph.replaceChildren(make("a", { href: "#reweigh-mine" }, words.choose));
        continue;
      }
      const values = Object.entries(mark.row).map(([name, value]) => [
        name,
        value !== "" && Number.isFinite(Number(value)) ? number(Number(value)) : value,
      ]);
      const country = names[state.mine];
      paragraph.textContent = fill(template, { ...Object.fromEntries(values), country });
      ["--left", "--top", "--narrow-left", "--narrow-top"].forEach((name, place) => {
        dot.style.setProperty(name, `${mark.at[place]}%`);
      });
      dot.dataset.name = country;
      dot.classList.toggle("from-right", mark.at[0] > 60);
    }
  }

  const linked = readAddress();
  build();
  showControls();
  markFigures();
  // Thousands of rankings are drawn at random: not before a reader comes near, or prints.
  host.setAttribute("aria-busy", "true");
  const near = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      near.disconnect();
      showResults();
    },
    { rootMargin: "100%" },
  );
  near.observe(host);
  addEventListener("beforeprint", () => {
    if (host.getAttribute("aria-busy") === "true") {
      showResults();
      showLines();
    }
  });
  if (linked) host.scrollIntoView();
  addEventListener("hashchange", () => {
    if (readAddress()) {
      showControls();
      showResults();
    }
  });
  let seen = 0; // Asking for the width now would make the browser lay the page out twice.
  new ResizeObserver(() => {
    const width = lines.clientWidth;
    if (!width) return; // on paper it is not laid out
    if (seen && seen !== width) showLines();
    seen = width;
  }).observe(lines);
})();
