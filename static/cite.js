// What names a page by its address, its citation and the links by which a reader says that something is wrong, leads to what was chosen on
// the page, a cell or a finding; the citation says the day on which its reader looked.
(() => {
  const named = [...document.querySelectorAll("[data-permalink]")].map((element) => [element, element.textContent, element.href]);
  if (!named.length) return;
  const now = new Date();
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  let shown = null;
  function show() {
    if (shown === location.hash) return;
    shown = location.hash;
    for (const [element, printed, link] of named) {
      const { permalink } = element.dataset;
      const [page, own] = permalink.split("#");
      // A static site may not know where it is put: then its pages have a path for a permalink, and the reader's browser knows the rest.
      const here = (page.startsWith("/") ? location.href.split("#")[0] : page) + (own ? `#${own}` : location.hash);
      if (link) element.href = link.replace(encodeURIComponent(permalink), encodeURIComponent(here));
      else element.textContent = printed.replaceAll(permalink, here).replace(/\[(?:查看日期|day of access)\]/, `[${today}]`);
    }
  }
  show();
  // portal.js changes the address without an event when a cell or a finding is chosen.
  for (const event of ["click", "keyup", "hashchange", "popstate"]) addEventListener(event, () => setTimeout(show));
})();
