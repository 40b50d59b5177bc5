/* Before the first line is drawn: light or dark, as the reader chose or as the system has it. */

(() => {
  "use strict";
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");

  function paint() {
    const system = dark.matches ? "dark" : "light";
    root.dataset.theme = root.dataset.mode === "auto" ? system : root.dataset.mode;
  }

  let chosen = "auto";
  try {
    chosen = localStorage.getItem("mode") || chosen;
  } catch { /* no storage: the system's */ }
  root.dataset.mode = ["light", "dark"].includes(chosen) ? chosen : "auto";
  paint();
  dark.addEventListener("change", paint);
  new MutationObserver(paint).observe(root, { attributeFilter: ["data-mode"] });
})();
