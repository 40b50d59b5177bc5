/* The list of countries: a box to find a name in, and columns to sort by. */
(() => {
  "use strict";
  const plain = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f’']/g, "").toLowerCase();

  const box = document.querySelector(".country-find");
  if (box) {
    const words = JSON.parse(box.dataset.words);
    const [input, status] = [box.querySelector("input"), box.querySelector("[role=status]")];
    const letters = [...document.querySelectorAll(".country-letter")];
    const items = letters.flatMap((letter) => [...letter.querySelectorAll("li")]);
    const names = items.map((item) => plain(` ${item.dataset.names}`));
    // A word of one of its names begins with what is typed; a name that does so comes first.
    const find = () => {
      const typed = plain(input.value.trim());
      let first = null;
      let found = 0;
      items.forEach((item, index) => {
        const hit = names[index].includes(` ${typed}`);
        item.hidden = !hit;
        found += hit;
        if (hit && (!first || (names[index].startsWith(` ${typed}`) && !first.own))) {
          first = { link: item.querySelector("a"), own: names[index].startsWith(` ${typed}`) };
        }
      });
      for (const letter of letters) letter.hidden = !letter.querySelector("li:not([hidden])");
      status.textContent = typed && (found ? words.found.replace("{n}", found) : words.none_found);
      return typed ? first?.link : null;
    };
    input.addEventListener("input", find);
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") find()?.click();
      if (event.key === "Escape") {
        input.value = "";
        find();
      }
    });
    box.hidden = false;
    find();
  }

  const table = document.querySelector("table.country-table");
  if (table) {
    const body = table.tBodies[0];
    const heads = [...table.tHead.rows[0].cells];
    const order = [...body.rows];
    const value = (row, column) => {
      const text = row.cells[column].textContent.trim();
      if (column === 0) return order.indexOf(row);
      return /^\d[\d.,\s-]*$/.test(text) ? Number(text.replace(/\D/g, "")) : null;
    };
    const sort = (column, down) => {
      const keyed = order.map((row) => [row, value(row, column)]);
      // What nobody counted is at the end either way; equals stay in the order of the names.
      keyed.sort(([, a], [, b]) => {
        if (a === null || b === null) return (a === null) - (b === null);
        return down ? b - a : a - b;
      });
      body.append(...keyed.map(([row]) => row));
      heads.forEach((head, index) => {
        if (index === column) head.setAttribute("aria-sort", down ? "descending" : "ascending");
        else head.removeAttribute("aria-sort");
      });
    };
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      button.addEventListener("click", () => {
        const up = head.getAttribute("aria-sort") === "ascending";
        const down = head.getAttribute("aria-sort") === "descending";
        // Requests and shutdowns begin with the most.
        sort(column, up || (column > 2 && !down));
      });
      head.replaceChildren(button);
    });
    heads[0].setAttribute("aria-sort", "ascending");
  }
})();
