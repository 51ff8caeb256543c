// What names a page by its address, its citation and the links by which a reader says that something is wrong, leads to what was chosen on
// the page, a cell or a finding; the citation names a cell's row, column and printed figure, and the day on which its reader looked.
(() => {
  const named = [...document.querySelectorAll("[data-permalink]")].map((element) => [element, element.textContent, element.href]);
  if (!named.length) return;
  const now = new Date();
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  const WRITTEN = {  // as the two forms write a title: portal/pages/citation.py
    bibtex: (text) => text.replace(/[&%#$]/g, "\\$&"),
    csl: (text) => JSON.stringify(text).slice(1, -1),
  };
  let shown = null;

  // “：新收 · 总计 12件” of the cell to which the address leads, wherever on the page.
  function cellOf(hash) {
    const [, key] = decodeURIComponent(hash).match(/^#[csp]-(.+)$/) ?? [];
    const cell = key && document.getElementById(`c-${key}`);
    return cell?.dataset.where ? `：${cell.dataset.where} ${cell.firstChild.textContent}` : "";
  }

  function show() {
    if (shown === location.hash) return;
    shown = location.hash;
    for (const [element, printed, link] of named) {
      const { permalink, title } = element.dataset;
      const [page, own] = permalink.split("#");
      // A static site may not know where it is put: then its pages have a path for a permalink, and the reader's browser knows the rest.
      const here = (page.startsWith("/") ? location.href.split("#")[0] : page) + (own ? `#${own}` : location.hash);
      if (link) element.href = link.replace(encodeURIComponent(permalink), encodeURIComponent(here));
      else {
        const [whole, withCell] = [title, title + cellOf(location.hash)].map(WRITTEN[element.dataset.form] ?? String);
        element.textContent = printed.replace(whole, () => withCell).replaceAll(permalink, () => here).replace(/\[(?:查看日期|day of access)\]/, `[${today}]`);
      }
    }
  }
  show();
  // portal.js changes the address without an event when a cell or a finding is chosen.
  for (const event of ["click", "keyup", "hashchange", "popstate"]) addEventListener(event, () => setTimeout(show));

  for (const button of navigator.clipboard ? document.querySelectorAll("button[data-copies]") : []) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent);
      button.textContent = button.dataset.done;
    });
  }
})();
