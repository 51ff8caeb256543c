// The citation of a page leads to what was chosen on it, a cell or a finding, and says the day on which its reader looked.
(() => {
  const citations = [...document.querySelectorAll(".citation")].map((element) => [element, element.textContent]);
  if (!citations.length) return;
  const now = new Date();
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  let shown = null;
  function show() {
    if (shown === location.hash) return;
    shown = location.hash;
    for (const [element, printed] of citations) {
      const { permalink } = element.dataset;
      // A static site may not know where it is put: then its pages have a path for a permalink, and the reader's browser knows the rest.
      const here = permalink.startsWith("/") ? location.href.split("#")[0] : permalink;
      const text = printed.replaceAll(permalink, here + location.hash);
      element.textContent = text.replace(/\[(?:查看日期|day of access)\]/, `[${today}]`);
    }
    for (const link of document.querySelectorAll(".mistake a.button")) {
      link.href = link.href.replace(/(body=[^&#]*?)(%23[^&]*)?$/, `$1${encodeURIComponent(location.hash)}`);
    }
  }
  show();
  // portal.js changes the address without an event when a cell or a finding is chosen.
  for (const event of ["click", "keyup", "hashchange", "popstate"]) addEventListener(event, () => setTimeout(show));
})();
