/* A figure opens over the text: the page that its link leads to, in a dialog. */

(() => {
  "use strict";
  const pages = new Map();

  /** Fetch the page of a figure once; its own links count from its own folder. */
  async function load(address) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const main = document.importNode(page.querySelector("main"), true);
    for (const [selector, name] of [["a[href]", "href"], ["img[src]", "src"]]) {
      for (const element of main.querySelectorAll(selector)) {
        element.setAttribute(name, new URL(element.getAttribute(name), address).href);
      }
    }
    return main;
  }

  async function open(address) {
    if (!pages.has(address)) pages.set(address, load(address));
    const main = await pages.get(address);
    if (document.querySelector("dialog[open]")) return; // of a click before
    const dialog = document.createElement("dialog");
    const close = document.createElement("button");
    dialog.className = "figure-dialog";
    dialog.setAttribute("aria-label", main.querySelector("h1").textContent);
    close.className = "figure-close";
    close.type = "button";
    close.textContent = main.dataset.close;
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => {
      const inside = event.target !== dialog;
      const away = event.target.closest("a[href]:not([download])");
      if (!inside || away) dialog.close();
    });
    dialog.addEventListener("close", () => dialog.remove());
    dialog.append(close, main);
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
