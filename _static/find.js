/* A box above tables: shows the rows that have all words that are typed. ?q= fills it in. */
(() => {
  "use strict";
  const box = document.querySelector(".find-row");
  const words = JSON.parse(box.dataset.words);
  const [input, status] = [box.querySelector("input"), box.querySelector("[role=status]")];
  const plain = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const rows = [...document.querySelectorAll("table.found tbody tr")];
  const texts = rows.map((row) => plain(row.textContent));
  const groups = [...document.querySelectorAll(".found-group")];

  function find() {
    const typed = plain(input.value).split(/\s+/).filter(Boolean);
    let found = 0;
    rows.forEach((row, index) => {
      row.hidden = !typed.every((word) => texts[index].includes(word));
      found += !row.hidden;
    });
    for (const group of groups) group.hidden = !group.querySelector("tbody tr:not([hidden])");
    const said = found === 1 ? words.one : words.many.replace("{n}", found);
    status.textContent = typed.length ? (found ? said : words.none) : "";
  }

  input.addEventListener("input", find);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    input.value = "";
    find();
  });
  box.hidden = false;
  input.value = new URLSearchParams(location.search).get("q") ?? "";
  if (input.value) find();
})();
