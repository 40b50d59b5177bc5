/* The search: asks Pagefind's index while one types, and says how many pages it has found.
   On a page that is read from a disk, where no script may fetch, Sphinx's own search does it. */

(() => {
  "use strict";
  const form = document.querySelector("article .search-form");
  const field = form.elements.q;
  const code = form.elements.code;
  const box = document.querySelector("#search-results");
  const { root, one, many, none, hint, more } = box.dataset;
  const kinds = JSON.parse(box.dataset.kinds);
  const AT_ONCE = 6;
  // Chapters are long, and the answer is more often there than on a short page.
  const RANKING = { pageLength: 0.1, termSaturation: 1.8, metaWeights: { title: 5, keywords: 4, names: 9 } };
  const LISTS = ["table", "list"]; // they name everything: after the texts that explain it
  const FEW = 3; // pages: with fewer, those count too that have only some of the words
  const PAUSE = 150; // milliseconds
  const TOO_FAR = 2; // letters, from a word that is meant

  const asked = new URLSearchParams(location.search);
  // What was typed before this script came stands.
  field.value ||= asked.get("q") ?? "";
  code.checked ||= asked.has("code");
  field.focus();

  function made(name, attributes = {}, ...within) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...within);
    return element;
  }

  /* Without a server: Sphinx's scripts, one after the other. */
  function sphinx() {
    form.querySelector(".search-choice").hidden = true;
    const names = ["_static/language_data.js", "_static/searchtools.js", "searchindex.js"];
    for (const name of [...JSON.parse(box.dataset.scripts), ...names]) {
      const script = made("script", { src: root + name });
      script.async = false;
      document.head.append(script);
    }
  }

  /* Pagefind gives text with marks around what was found, and nothing else. */
  function quoted(excerpt) {
    const { body } = new DOMParser().parseFromString(excerpt, "text/html");
    return [...body.childNodes].map((part) => (
      part.nodeName === "MARK" ? made("mark", {}, part.textContent) : part.textContent
    ));
  }

  function entry({ url, meta, excerpt, sub_results: parts }) {
    const link = made("a", { href: url }, meta.title);
    const kind = made("span", { class: "search-kind" }, kinds[meta.kind] ?? "");
    const item = made("li", {}, made("p", { class: "search-title" }, link, " ", kind), made("p", {}, ...quoted(excerpt)));
    const sections = parts.filter((part) => part.url.includes("#")).slice(0, 3);
    const links = sections.map((part) => made("li", {}, made("a", { href: part.url }, part.title)));
    if (links.length) item.append(made("ul", {}, ...links));
    return item;
  }

  /* How many letters two words are apart: left out, put in, taken for another, or swapped. */
  function distance(a, b) {
    const rows = [[...Array(b.length + 1).keys()]];
    for (let i = 1; i <= a.length; i += 1) {
      rows[i] = [i];
      for (let j = 1; j <= b.length; j += 1) {
        const same = Number(a[i - 1] !== b[j - 1]);
        rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + same);
        const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
        if (swapped) rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
      }
    }
    return rows[a.length][b.length];
  }

  /* As one types it: without accents and capitals. */
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").replaceAll("’", "'").toLowerCase();

  let known;
  async function meant(query) {
    known ??= (await fetch(`${root}search-words.json`)).json();
    const words = new Map((await known).map((word) => [plain(word), word]));
    let changed = false;
    const nearest = query.toLowerCase().split(/[\s'’]+/).map((typed) => {
      const word = plain(typed);
      if (word.length < 4 || words.has(word)) return typed;
      const near = [...words.keys()].map((other) => [distance(word, other), other]).sort((a, b) => a[0] - b[0])[0];
      if (!near || near[0] > Math.min(TOO_FAR, word.length / 3)) return typed;
      changed = true;
      return words.get(near[1]);
    });
    return changed ? nearest.join(" ") : "";
  }

  const status = made("p", { role: "status" });
  const list = made("ol", { class: "search-found" });
  const button = made("button", { type: "button", class: "bar-button", hidden: "" }, more);
  let engine;
  let last = 0;

  /* Show results, and say whether they are still asked for when they have come. */
  async function show(results, from, turn) {
    const found = await Promise.all(results.slice(from, from + AT_ONCE).map((result) => result.data()));
    // Another search has come between, or a second click on the button.
    if (turn !== last || (from && list.children.length > from)) return false;
    const entries = found.map(entry);
    if (from) list.append(...entries);
    else list.replaceChildren(...entries);
    button.hidden = results.length <= from + AT_ONCE;
    button.onclick = async () => {
      if (await show(results, from + AT_ONCE, turn)) list.children[from + AT_ONCE].querySelector("a").focus();
    };
    return true;
  }

  async function ofKinds(query, kind) {
    return (await engine.search(query, { filters: { kind } })).results;
  }

  /* Whether a page of a place is called so. */
  function isCalled({ meta }, query) {
    const names = `${meta.title};${meta.names ?? ""};${meta.keywords ?? ""}`.split(/[;·.]/);
    return names.some((name) => plain(name.replace(/^.*:/, "")).trim() === plain(query));
  }

  /* Pages that have all words; where they are few, after them those that have only some; last lists. */
  async function pages(query) {
    const texts = await ofKinds(query, { none: [...LISTS, "reference"] });
    const rest = await ofKinds(query, { any: code.checked ? [...LISTS, "reference"] : LISTS });
    // Who types the name of a place wants its page.
    const places = (await ofKinds(query, "country")).slice(0, AT_ONCE);
    const called = await Promise.all(places.map(async (place) => isCalled(await place.data(), query)));
    const wanted = places[called.indexOf(true)]?.id;
    texts.sort((a, b) => (b.id === wanted) - (a.id === wanted));
    const words = query.split(/\s+/).filter((word) => word.length > 2);
    if (texts.length >= FEW || words.length < 2) return [...texts, ...rest];
    const found = new Map(texts.map((result) => [result.id, { ...result, score: Infinity }]));
    for (const word of words) {
      for (const result of await ofKinds(word, { none: [...LISTS, "reference"] })) {
        const before = found.get(result.id);
        if (before) before.score += result.score;
        else found.set(result.id, { ...result });
      }
    }
    const some = [...found.values()].sort((a, b) => (b.score > a.score) - (b.score < a.score));
    return [...some, ...rest];
  }

  async function search() {
    const query = field.value.trim();
    const turn = last += 1;
    const address = new URLSearchParams({ ...(query && { q: query }), ...(code.checked && { code: 1 }) });
    history.replaceState(null, "", `?${address}`);
    if (!query) {
      list.replaceChildren();
      status.textContent = "";
      button.hidden = true;
      return;
    }
    const results = await pages(query);
    if (turn !== last || !(await show(results, 0, turn))) return; // typed on meanwhile
    const counted = results.length === 1 ? one : many.replace("{n}", results.length);
    status.replaceChildren(results.length ? counted : none);
    const other = results.length > AT_ONCE ? "" : await meant(query);
    if (other && turn === last) status.append(" ", hint, " ", made("a", { href: `?${new URLSearchParams({ q: other })}` }, other));
  }

  async function start() {
    try {
      engine = await import(new URL(`${root}pagefind/pagefind.js`, location.href).href);
      const baseUrl = new URL(root, location.href).pathname;
      await engine.options({ baseUrl, excerptLength: 25, ranking: RANKING });
      await engine.init();
    } catch {
      sphinx();
      return;
    }
    box.append(status, list, button);
    let timer;
    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(search, PAUSE);
    });
    code.addEventListener("change", search);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      search();
    });
    search();
  }

  if (location.protocol === "file:") sphinx();
  else start();
})();
