/* A figure opens over the text: the page that its link leads to, in a dialog. */

(() => {
  "use strict";
  const pages = new Map();

  /** Fetch the page of a figure once: what its main part holds, as a part of another page. */
  async function load(address) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const main = page.querySelector("main");
    const within = document.createElement("div"); // a page has one main part
    within.className = "figure-within";
    within.dataset.close = main.dataset.close;
    within.append(...main.childNodes);
    for (const element of within.querySelectorAll("[id]")) {
      if (document.getElementById(element.id)) element.removeAttribute("id");
    }
    // Its own links count from its own folder.
    for (const [selector, name] of [["a[href]", "href"], ["img[src]", "src"]]) {
      for (const element of within.querySelectorAll(selector)) {
        element.setAttribute(name, new URL(element.getAttribute(name), address).href);
      }
    }
    return within;
  }

  async function open(address) {
    if (!pages.has(address)) pages.set(address, load(address));
    const within = await pages.get(address);
    if (document.querySelector("dialog[open]")) return; // of a click before
    const dialog = document.createElement("dialog");
    const close = document.createElement("button");
    dialog.className = "figure-dialog";
    dialog.setAttribute("aria-label", within.querySelector("h1").textContent);
    close.className = "figure-close";
    close.type = "button";
    close.textContent = within.dataset.close;
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => {
      const inside = event.target !== dialog;
      const away = event.target.closest("a[href]:not([download])");
      if (!inside || away) dialog.close();
    });
    dialog.addEventListener("close", () => dialog.remove());
    dialog.append(close, within);
    document.body.append(dialog);
    dialog.showModal(); // Escape closes it, and the focus returns to the link
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.figure-open, .figure-line a[href*='/figures/'][href$='.html']");
    const plain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (!link || !plain || link.closest("dialog")) return;
    event.preventDefault();
    open(link.href).catch(() => {
      pages.delete(link.href);
      location.href = link.href;
    });
  });
})();
