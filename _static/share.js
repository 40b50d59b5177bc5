/* Below a post: a Mastodon server of one's own, and a button that copies the link. */

(() => {
  "use strict";
  const share = document.querySelector(".share");
  const more = share.querySelector(".share-more");
  const mastodon = share.querySelector("a[data-place=Mastodon]");
  const server = more.querySelector("input");
  const status = more.querySelector("[role=status]");
  const button = more.querySelector("button");
  const KEY = "mastodon-server";

  function aim() {
    const host = server.value.trim().replace(/^https?:\/\//, "").replace(/\/.*$/, "");
    if (!/^[a-z0-9.-]+\.[a-z]{2,}$/i.test(host)) return false;
    const address = new URL(mastodon.href);
    address.host = host;
    mastodon.href = address.href;
    return true;
  }

  async function copy() {
    const canonical = document.querySelector("link[rel=canonical]");
    const address = canonical ? canonical.href : location.href.split("#")[0];
    try {
      await navigator.clipboard.writeText(address);
      status.textContent = button.dataset.done;
    } catch {
      status.textContent = `${button.dataset.failed} ${address}`;
    }
  }

  try {
    server.value = localStorage.getItem(KEY) || server.value;
  } catch { /* no storage: the server is asked for anew */ }
  aim();
  server.addEventListener("input", () => {
    if (!aim()) return;
    try {
      localStorage.setItem(KEY, server.value);
    } catch { /* as above */ }
  });
  button.addEventListener("click", copy);
  more.hidden = false;
})();
