/* What native elements leave to do: the menus say whether they are open, the contents show where
   one is, boxes that scroll can be reached by the keyboard, and colours are kept. */

(() => {
  "use strict";
  const root = document.documentElement;
  const every = (selector, within = document) => [...within.querySelectorAll(selector)];

  /* Menus ------------------------------------------------------------------------------------ */

  function shown(button, open) {
    button.setAttribute("aria-expanded", String(open));
  }

  for (const menu of every("[popover][id]")) {
    const buttons = every(`[popovertarget="${menu.id}"]:not([popovertargetaction])`);
    if (!buttons.length) continue;
    buttons.forEach((button) => {
      button.setAttribute("aria-controls", menu.id);
      shown(button, false);
    });
    menu.addEventListener("toggle", (event) => {
      const open = event.newState === "open";
      buttons.forEach((button) => shown(button, open));
      if (open) menu.querySelector("[aria-current=page], [aria-current=true]")?.scrollIntoView({ block: "nearest" });
    });
    // Whose focus goes elsewhere has left the menu: it closes, so that it covers nothing.
    document.addEventListener("focusin", ({ target }) => {
      const inside = menu.contains(target) || buttons.includes(target);
      if (!inside && menu.matches(":popover-open")) menu.hidePopover();
    });
    menu.addEventListener("click", (event) => {
      if (event.target.closest("a[href^='#']") && menu.matches(":popover-open")) menu.hidePopover();
    });
  }

  /* Beside the text, the contents begin where one is. */
  const here = document.querySelector("#contents .parts [aria-current=page]");
  const bar = document.querySelector("#contents");
  if (here && bar?.clientHeight) {
    bar.scrollTop = here.offsetTop - bar.clientHeight / 3;
  }

  /* Colours ---------------------------------------------------------------------------------- */

  const modes = every("button[data-mode]");
  const press = () => modes.forEach((button) => {
    button.setAttribute("aria-pressed", String(button.dataset.mode === root.dataset.mode));
  });
  modes.forEach((button) => button.addEventListener("click", () => {
    root.dataset.mode = button.dataset.mode;
    try {
      localStorage.setItem("mode", button.dataset.mode);
    } catch { /* no storage: until the next page */ }
    press();
  }));
  press();

  /* Languages: to the section that one reads; on the front page offered once ------------------- */

  function section() {
    const line = document.querySelector(".bar").offsetHeight + innerHeight / 4;
    const passed = every("main section[id]").filter((one) => one.getBoundingClientRect().top < line);
    const id = passed.at(-1)?.id ?? "";
    return scrollY === 0 || /^id\d+$/.test(id) ? "" : id;
  }

  for (const link of every("a.language")) {
    for (const event of ["pointerdown", "focus", "click"]) {
      // What one has chosen in the hub, in the ranking or in the search goes along.
      link.addEventListener(event, () => {
        link.hash = /^#\w+\?/.test(location.hash) ? location.hash : section();
        link.search = location.search;
      });
    }
  }

  const offers = every("[data-offer]");
  const codes = [root.lang, ...offers.map((offer) => offer.dataset.offer)];
  const wanted = navigator.languages.map((code) => code.split("-")[0]).find((code) => codes.includes(code));
  const offer = offers.find(({ dataset }) => dataset.offer === wanted);
  try {
    if (offer && !localStorage.getItem("language") && !document.referrer.startsWith(location.origin)) {
      localStorage.setItem("language", "offered");
      offer.hidden = false;
      offer.querySelector("button").addEventListener("click", () => offer.remove());
    }
  } catch { /* no storage: it could not be offered once, and is not */ }

  /* Search ----------------------------------------------------------------------------------- */

  document.addEventListener("keydown", (event) => {
    const asked = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (!asked) return;
    event.preventDefault();
    if (!document.querySelector("#search-field").checkVisibility()) document.querySelector("#contents").showPopover();
    every(".search-form input[type=search]").find((field) => field.checkVisibility())?.focus();
  });

  /* Citations -------------------------------------------------------------------------------- */

  for (const button of every("button[data-copy]")) {
    button.addEventListener("click", async () => {
      const status = document.querySelector(".cite [role=status]");
      try {
        await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
        status.textContent = status.dataset.done;
      } catch {
        status.textContent = status.dataset.failed;
      }
    });
  }

  /* Boxes that scroll ------------------------------------------------------------------------ */

  const boxes = every("pre, .pst-scrollable-table-container, div.math, .cell_output > .output");
  const times = new Map();
  const names = new Map(boxes.map((box) => {
    const name = box.querySelector("caption")?.textContent.trim() || document.body.dataset.scrolls;
    times.set(name, (times.get(name) ?? 0) + 1);
    return [box, times.get(name) > 1 ? `${name} (${times.get(name)})` : name];
  }));
  const measure = new ResizeObserver((entries) => entries.forEach(({ target }) => {
    if (target.scrollWidth > target.clientWidth + 1) {
      target.tabIndex = 0;
      target.setAttribute("role", "region");
      target.setAttribute("aria-label", names.get(target));
    } else {
      for (const name of ["tabindex", "role", "aria-label"]) target.removeAttribute(name);
    }
  }));
  boxes.forEach((box) => measure.observe(box));

  /* Previews: what a reference leads to, for a mouse, the focus, and a finger ------------------ */

  const AFTER = 350; // milliseconds that a mouse rests before something opens, or closes
  const waiting = new WeakMap(); // of each preview: a mouse that crosses one leaves the others alone

  const openers = new WeakMap();

  function place(box) {
    const at = openers.get(box)?.getClientRects()[0];
    if (!at || !box.matches(":popover-open")) return;
    const bar = document.querySelector(".bar")?.getBoundingClientRect().bottom ?? 0;
    const above = at.top - Math.max(bar, 0) - 12;
    const below = innerHeight - at.bottom - 12;
    box.style.maxHeight = "";
    const under = box.offsetHeight <= below || below >= above;
    box.style.maxHeight = `${Math.min(0.7 * innerHeight, Math.max(under ? below : above, 80))}px`;
    const left = Math.min(at.left, document.documentElement.clientWidth - box.offsetWidth - 8);
    box.style.left = `${Math.max(left, 8)}px`;
    box.style.top = `${under ? at.bottom + 4 : at.top - box.offsetHeight - 4}px`;
  }

  function preview(link) {
    const box = document.getElementById(link.dataset.preview);
    if (!box || box.matches(":popover-open")) return box;
    openers.set(box, link);
    box.showPopover({ source: link });
    place(box);
    return box;
  }

  function later(box, task) {
    clearTimeout(waiting.get(box));
    waiting.set(box, setTimeout(task, AFTER, box));
  }

  function close(box) {
    if (box?.matches(":popover-open")) box.hidePopover();
  }

  for (const link of every("a[data-preview]")) {
    const box = document.getElementById(link.dataset.preview);
    link.setAttribute("aria-details", box.id);
    link.addEventListener("pointerenter", ({ pointerType }) => pointerType === "mouse" && later(box, () => preview(link)));
    link.addEventListener("pointerleave", ({ pointerType }) => pointerType === "mouse" && later(box, close));
    link.addEventListener("focus", () => link.matches(":focus-visible") && preview(link));
    link.addEventListener("blur", ({ relatedTarget }) => box.contains(relatedTarget) || close(box));
    // The first tap shows, the second one leads on.
    link.addEventListener("click", (event) => {
      if (event.pointerType !== "touch" || box.matches(":popover-open")) return;
      event.preventDefault();
      preview(link);
    });
  }
  for (const box of every(".preview")) {
    box.addEventListener("pointerenter", () => clearTimeout(waiting.get(box)));
    box.addEventListener("pointerleave", ({ pointerType }) => pointerType === "mouse" && later(box, close));
    box.addEventListener("focusout", ({ relatedTarget }) => box.contains(relatedTarget) || close(box));
  }

  /* On this page ----------------------------------------------------------------------------- */

  const links = new Map(every("#on-this-page a[href^='#']").map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
  const sections = every("article section[id]").filter((section) => links.has(section.id));
  const seen = new Set();
  const watch = new IntersectionObserver((entries) => {
    entries.forEach((entry) => (entry.isIntersecting ? seen.add(entry.target) : seen.delete(entry.target)));
    const innermost = sections.filter((section) => seen.has(section)).pop();
    links.forEach((link, id) => {
      if (id === innermost?.id) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  }, { rootMargin: "-20% 0px -70% 0px" });
  sections.forEach((section) => watch.observe(section));

  /* Other editions --------------------------------------------------------------------------- */

  // Search engines ask for their whole addresses; a site that was built without one has it here.
  every("link[hreflang]").forEach((link) => link.setAttribute("href", link.href));
})();
