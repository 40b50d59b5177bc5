// The hub: who names whom as seen from one country, and up to four countries over time.
// One classic script, no library, no request: it also runs in a page opened from a folder. Numbers
// and words come from the page (govsocial/countries/hub.py, bookext/countries/hub.py).
(() => {
  "use strict";

  const host = document.querySelector(".hub-home");
  const compared = document.querySelector(".hub-compare");
  const data = JSON.parse(host.querySelector(".hub-data").textContent);
  const { places, measures, words } = data;
  const names = new Map(places.map(([code, name]) => [code, name]));
  const slugs = new Map(places.map(([code, , slug]) => [code, slug]));
  const homes = new Map(Object.entries(data.homes));
  const language = document.documentElement.lang;
  const STORE = "governing-in-public:country"; // as in reweigh.js: one setting
  const ADDRESS = "#hub?";
  const SLOTS = [0, 1, 2, 3];

  const number = (value, digits = 0) =>
    new Intl.NumberFormat(language, {
      maximumFractionDigits: digits,
      minimumFractionDigits: digits,
      useGrouping: "always", // as Babel, which writes 3.210 in Italian
    })
      .format(value)
      .replace("-", "−");
  const percent = (share) =>
    new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 }).format(share);
  const fill = (template, values) =>
    template.replace(/\{(\w+)\}/g, (found, name) => values[name] ?? found);

  // State: the address keeps what a link should show, the browser the reader's country ----------

  function stored(change) {
    try {
      if (change) localStorage.setItem(STORE, change);
      else if (change === "") localStorage.removeItem(STORE);
      return localStorage.getItem(STORE) ?? "";
    } catch {
      return ""; // The reader allows no storage: the choice lasts as long as the page.
    }
  }

  const mine = names.has(stored()) ? stored() : "";
  // What is no country, or stands there already, leaves its place empty.
  const unique = (codes) =>
    codes.map((code, n) => (names.has(code) && codes.indexOf(code) === n ? code : "")).slice(0, 4);
  const state = {
    home: mine,
    measure: measures[0],
    countries: [...new Set([mine, ...data.shown])].filter(Boolean).slice(0, 4),
  };

  function readAddress() {
    if (!location.hash.startsWith(ADDRESS)) return false;
    const asked = new URLSearchParams(location.hash.slice(ADDRESS.length));
    if (names.has(asked.get("home"))) state.home = asked.get("home");
    state.measure = measures.find(({ id }) => id === asked.get("measure")) ?? state.measure;
    if (asked.has("countries")) state.countries = unique(asked.get("countries").split("."));
    return true;
  }

  function address(home) {
    const countries = state.countries.join(".");
    return `${ADDRESS}home=${home}&measure=${state.measure.id}&countries=${countries}`;
  }

  function set(change) {
    Object.assign(state, change);
    copied.textContent = "";
    history.replaceState(null, "", address(state.home));
    show();
  }

  // The controls --------------------------------------------------------------------------------

  function make(tag, attributes = {}, ...children) {
    const svg = ["svg", "path", "text", "line"].includes(tag);
    const element = svg
      ? document.createElementNS("http://www.w3.org/2000/svg", tag)
      : document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  }

  function select(id, label, options, change) {
    const control = make("select", { id, onchange: () => change(control.value) });
    for (const [value, text] of options) control.append(make("option", { value }, text));
    return make("p", { class: "hub-choice" }, make("label", { for: id }, label), control);
  }

  const every = places.map(([code, name]) => [code, name]);
  const home = select("hub-choice", words.home, [["", words.choose], ...every], (code) =>
    set({ home: code }),
  );
  const remember = make("input", {
    type: "checkbox",
    id: "hub-mine",
    onchange: () => stored(remember.checked ? state.home : ""),
  });
  const kept = make("p", { class: "hub-kept" }, remember, make("label", { for: "hub-mine" }, words.remember));
  const status = make("p", { role: "status" });
  const view = make("div", { class: "hub-view" });
  const measure = select(
    "hub-measure",
    words.measure,
    measures.map(({ id, title }) => [id, title]),
    (chosen) => set({ measure: measures.find(({ id }) => id === chosen) }),
  );
  const slots = SLOTS.map((slot) =>
    select(
      `hub-c${slot}`,
      fill(words.country_n, { n: slot + 1 }),
      [["", words.none], ...every],
      (code) => {
        const others = SLOTS.map((n) => state.countries[n] ?? "");
        // A country is compared once.
        set({ countries: others.map((o, n) => (n === slot ? code : o === code ? "" : o)) });
      },
    ),
  );
  const lines = make("div", { class: "hub-lines" });
  let drawnFor = 0; // the width that the picture was drawn for
  const copied = make("span", { role: "status" });
  const copy = make("button", { type: "button", onclick: copyLink }, words.copy);

  async function copyLink() {
    history.replaceState(null, "", address(state.home));
    try {
      await navigator.clipboard.writeText(location.href);
      copied.textContent = words.copied;
    } catch {
      copied.textContent = `${words.not_copied} ${location.href}`;
    }
  }

  // Who names whom ------------------------------------------------------------------------------

  function table(caption, head, rows) {
    const titles = head.map((text) => make("th", { scope: "col" }, text));
    const body = rows.map(([first, ...cells]) =>
      make(
        "tr",
        {},
        make("th", { scope: "row" }, first),
        ...cells.map((text) => make("td", {}, text)),
      ),
    );
    return make(
      "table",
      {},
      make("caption", {}, caption),
      make("thead", {}, make("tr", {}, ...titles)),
      make("tbody", {}, ...body),
    );
  }

  function others(title, rows) {
    if (!rows.length) return make("div", {}, make("p", {}, make("b", {}, title), `: ${words.nobody}`));
    const cells = rows.map(([code, posts, years]) => [
      make("a", { href: address(code) }, names.get(code)),
      number(posts),
      years,
    ]);
    return make("div", {}, table(title, [words.place, words.posts, words.years], cells));
  }

  function showHome() {
    const found = homes.get(state.home);
    const slug = slugs.get(state.home);
    const parts = [];
    if (found) {
      const accounts = found.accounts.map(([account, n, years]) =>
        make("li", {}, fill(words.stored, { account, n: number(n), years })),
      );
      parts.push(
        make("p", {}, words.accounts),
        make("ul", {}, ...accounts),
        make(
          "div",
          { class: "hub-both" },
          others(words.names, found.names),
          others(words.named_by, found.named_by),
        ),
      );
    }
    if (slug) parts.push(make("p", {}, make("a", { href: `${slug}.html` }, words.page)));
    view.replaceChildren(...parts);
    kept.hidden = !slug;
    remember.checked = stored() === state.home;
    const country = names.get(state.home);
    if (!country) status.textContent = "";
    else if (!found) status.textContent = `${country}: ${words.not_here}`;
    else {
      const [there, back] = [found.names.length, found.named_by.length];
      status.textContent = fill(words.summary, { country, names: there, named_by: back });
    }
  }

  // Countries over time -------------------------------------------------------------------------

  /** Wilson's interval, as govsocial.uncertainty.share, which the tests compare it with. */
  function wilson(n, of) {
    const z = 1.959963984540054;
    const middle = n / of + (z * z) / (2 * of);
    const half = z * Math.sqrt(((n / of) * (1 - n / of)) / of + (z * z) / (4 * of * of));
    return [middle - half, middle + half].map((bound) => bound / (1 + (z * z) / of));
  }

  const scales = {
    place: { at: (v) => -v, ends: () => [1, 193], ticks: () => [1, 50, 100, 150, 193] },
    share: { at: (v) => v, ends: (top) => [0, top], ticks: (top) => steps(top, 0.1) },
    count: { at: (v) => v, ends: (top) => [0, top], ticks: (top) => steps(top, 1) },
    log: {
      at: (v) => Math.log10(1 + v),
      ends: (top) => [0, top],
      ticks: (top) => [0, 1, 10, 100, 1e3, 1e4, 1e5, 1e6].filter((v) => v <= top),
    },
    effort: { at: (v) => v, ends: () => state.measure.ends, ticks: () => state.measure.ends },
  };

  /** At most six steps from zero that are 1, 2 or 5 times a power of ten of the least. */
  function steps(top, least) {
    const size = [1, 2, 5, 10, 20, 50, 100].find((n) => n * least * 5 >= top) * least;
    return Array.from({ length: Math.floor(top / size + 1e-9) + 1 }, (_, n) => n * size);
  }

  const single = (value) => (Array.isArray(value) ? value[0] / value[1] : value);

  function tick(kind, value) {
    if (kind === "effort") return value > 0 ? words.less : words.more;
    return kind === "share" ? percent(value) : number(value);
  }

  function cell(kind, value) {
    if (value === null) return "–";
    if (kind !== "share") return number(value, kind === "effort" ? 1 : 0);
    const [n, of] = value;
    const [low, high] = wilson(n, of).map(percent);
    return fill(words.share, { share: percent(n / of), n, of, low, high });
  }

  // Marks that differ in form, around a point.
  const MARKS = [
    "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
    "m-3.5-3.5h7v7h-7z",
    "m0-5l4.6 8.4h-9.2z",
    "m0-5l5 5-5 5-5-5z",
  ];

  function picture(series) {
    const { kind, title, years } = state.measure;
    const width = Math.min(760, Math.max(280, lines.clientWidth || 640));
    const [height, left, right, top, bottom] = [320, 52, width - 46, 12, 290];
    const values = series.flatMap(([, found]) => found).filter((value) => value !== null);
    const most = Math.max(kind === "share" ? 0.1 : 1, ...values.map(single));
    const { at, ends, ticks } = scales[kind];
    const [low, high] = ends(most).map(at).sort((a, b) => a - b);
    const x = (year) =>
      left + 8 + ((right - left - 8) * (year - years[0])) / (years.at(-1) - years[0]);
    const y = (value) => bottom - ((bottom - top) * (at(value) - low)) / (high - low);
    const listed = series.map(([code]) => names.get(code)).join(", ");
    const label = fill(words.picture, { measure: title, countries: listed });
    const drawn = make("svg", {
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: "img",
      "aria-label": label,
    });
    for (const value of ticks(most)) {
      drawn.append(
        make("line", { class: "grid", x1: left, x2: right, y1: y(value), y2: y(value) }),
        make("text", { x: left - 6, y: y(value) + 4, class: "end" }, tick(kind, value)),
      );
    }
    let free = 0; // Years that would touch the one before stay without a label.
    for (const year of years) {
      if (x(year) < free) continue;
      drawn.append(make("text", { x: x(year), y: height - 8, class: "middle" }, String(year)));
      free = x(year) + 40;
    }
    const ended = [];
    series.forEach(([code, found, slot]) => {
      let path = "";
      let marks = "";
      let open = false;
      found.forEach((value, n) => {
        if (value === null) {
          open = false;
          return;
        }
        const point = `${x(years[n]).toFixed(1)} ${y(single(value)).toFixed(1)}`;
        path += `${open ? "L" : "M"}${point}`;
        marks += `M${point}${MARKS[slot]}`;
        open = true;
      });
      if (!path) return;
      const last = found.findLastIndex((value) => value !== null);
      drawn.append(
        make("path", { class: `line line-${slot}`, d: path }),
        make("path", { class: `mark line-${slot}`, d: marks }),
      );
      ended.push({ slot, code, at: y(single(found[last])) });
    });
    ended.sort((a, b) => a.at - b.at);
    ended.forEach((end, n) => {
      // Labels of lines that end together stand below each other, within the picture.
      end.at = Math.max(n ? ended[n - 1].at + 14 : 0, Math.min(end.at, bottom - 14 * (ended.length - 1 - n)));
      const place = { x: right + 8, y: end.at + 4, class: `name line-${end.slot}` };
      drawn.append(make("text", place, end.code));
    });
    return drawn;
  }

  function legend(series) {
    const items = series.map(([code, , slot]) => {
      const sample = make("svg", { width: 34, height: 12, "aria-hidden": "true" });
      sample.append(
        make("line", { class: `line line-${slot}`, x1: 1, x2: 33, y1: 6, y2: 6 }),
        make("path", { class: `mark line-${slot}`, d: `M17 6${MARKS[slot]}` }),
      );
      return make("li", {}, sample, ` ${code}: ${names.get(code)}`);
    });
    return make("ul", { class: "hub-legend" }, ...items);
  }

  function showLines() {
    const { kind, title, note, none, years, values } = state.measure;
    drawnFor = lines.clientWidth;
    const chosen = SLOTS.map((slot) => [state.countries[slot], slot]).filter(([code]) => code);
    if (!chosen.length) {
      lines.replaceChildren(make("p", {}, words.pick));
      return;
    }
    const there = (code) => Object.hasOwn(values, code);
    const series = chosen
      .filter(([code]) => there(code))
      .map(([code, slot]) => [code, values[code], slot]);
    const missing = chosen.filter(([code]) => !there(code)).map(([code]) => names.get(code));
    const parts = [];
    if (series.length) {
      const rows = years.map((year, n) => [
        String(year),
        ...series.map(([, found]) => cell(kind, found[n])),
      ]);
      const head = [words.year, ...series.map(([code]) => names.get(code))];
      const scroll = { class: "hub-scroll", tabindex: 0, role: "region", "aria-label": words.numbers };
      parts.push(
        picture(series),
        legend(series),
        make("p", { class: "country-note" }, note),
        make("div", scroll, table(`${words.numbers}: ${title}`, head, rows)),
      );
    }
    if (missing.length) parts.push(make("p", { class: "hub-missing" }, `${missing.join(", ")}: ${none}.`));
    lines.replaceChildren(...parts);
  }

  function show() {
    home.lastChild.value = state.home;
    measure.lastChild.value = state.measure.id;
    slots.forEach((slot, n) => {
      slot.lastChild.value = state.countries[n] ?? "";
    });
    showHome();
    showLines();
  }

  // Whoever prints, or has no script, finds tables in the place of the controls.
  const linked = readAddress();
  host.append(make("div", { class: "hub-form" }, home, kept), status, view);
  // Without a safe context there is no clipboard; the address bar holds the link anyway.
  const link = make("p", {}, ...(navigator.clipboard ? [copy, " ", copied] : []));
  const four = make("div", { class: "hub-four" }, ...slots);
  compared.append(make("div", { class: "hub-form" }, measure, four, link), lines);
  host.classList.add("live");
  compared.classList.add("live");
  show();
  if (linked) host.scrollIntoView();
  addEventListener("hashchange", () => {
    if (!readAddress()) return;
    show();
    host.scrollIntoView();
    home.lastChild.focus({ preventScroll: true });
  });
  new ResizeObserver(() => {
    if (lines.clientWidth !== drawnFor) showLines();
  }).observe(lines);
})();
