// A cell of the form and its place in the source text mark each other, and a finding marks all it involves: by mouse, touch
// and keyboard. What belongs together names the same key in data-keys. Without this script all are plain links in the page.
(() => {
  const facets = document.querySelector("details.facets");
  if (facets && matchMedia("(max-width: 48rem)").matches) facets.open = false;
  const source = document.querySelector(".source-text");
  if (!source) return;
  const form = document.getElementById("form");
  const inspector = document.getElementById("inspector");
  const cells = [...document.querySelectorAll("a.cell[data-keys]")];
  const named = (key, within) => [...within.querySelectorAll(`[data-keys~="${CSS.escape(key)}"]`)];
  const MARGIN = 24; // pixels between what is brought into view and the window's edge
  const sides = { c: form, s: source, p: source };  // p: on the picture of a page
  let finding = null;

  function unmark(name) {
    document.querySelectorAll(`.${name}`).forEach((element) => element.classList.remove(name));
  }

  // Mark everything of `key`; gives its first on `side`: "c" the form, "s" the source text, "p" the page's picture.
  function mark(side, key) {
    unmark("chosen");
    [...named(key, form), ...named(key, source)].forEach((element) => element.classList.add("chosen"));
    inspector.textContent = named(key, form)[0]?.title ?? "";
    const target = placed(side, key) ?? document.getElementById(`${side}-${key}`) ?? document.querySelector(".chosen");
    open(target);
    return target;
  }

  // Every choice is a step of the history: its address, the finding that is marked with it, and how far the page was scrolled before the next.
  function remember(hash) {
    const address = new URL(hash, location.href);
    if (address.hash === location.hash) return;
    history.replaceState({ ...history.state, top: scrollY }, "");
    history.pushState({ finding: finding?.id }, "", address);
  }

  // A click on a figure whose place is shown beside it leaves the focus there, and the arrow keys go on from it; the Enter key follows the link.
  function choose(side, key, link, clicked) {
    const target = mark(side, key);
    remember(`#${side}-${key}`);
    const beside = clicked && form.contains(link) && source.contains(target) && scrollsItself();
    (beside ? link : target).focus({ preventScroll: true });
    bringIntoView(target);
  }

  // The first of `key` on `side`.
  function placed(side, key) {
    const on = named(key, sides[side]);
    return on.find((element) => side === "c" || element.matches(".spot") === (side === "p")) ?? on[0];
  }

  // A finding is chosen as a cell is; a second time unmarks it.
  function chooseFinding(item) {
    const first = markFinding(finding === item ? null : item);
    remember(finding ? `#${item.id}` : "");
    return first;
  }

  // Mark all that a finding involves on this page and give the first of it on the form; without one nothing is marked.
  function markFinding(item) {
    unmark("chosen");
    unmark("involved");
    document.querySelectorAll(".finding [aria-current]").forEach((label) => label.removeAttribute("aria-current"));
    finding = item;
    say(finding);
    inspector.textContent = finding?.querySelector(".message")?.textContent ?? "";
    if (!finding) return null;
    document.body.classList.toggle("cautiously", !item.matches(".finding-report, .finding-confirmed"));
    const marked = item.dataset.marks.split(" ").filter(Boolean).flatMap((key) => [...named(key, form), ...named(key, source)]);
    marked.forEach((element) => element.classList.add("involved"));
    item.classList.add("involved");
    item.querySelector(".finding-label").setAttribute("aria-current", "true");
    const [onForm, inSource] = [form, source].map((side) => marked.find((element) => side.contains(element)));
    if (inSource && scrollsItself()) scrollWithin(inSource);
    return onForm ?? inSource;
  }

  // A finding's message at the foot of the window, so that it stays in view beside the cells it is about.
  function say(item) {
    document.querySelector(".banner")?.remove();
    if (!item) return;
    const banner = document.createElement("aside");
    banner.className = `banner ${item.className}`;
    banner.setAttribute("aria-label", item.querySelector(".finding-label").textContent.trim());
    banner.append(...[".finding-label", ".message", ".caution"].map((part) => item.querySelector(part)?.cloneNode(true)).filter(Boolean));
    document.body.append(banner);
  }

  // Bring all that a finding marks on the form into view, above the banner; of what is higher than the window the finding's own cell, the
  // total, and as much before it as there is room for.
  function bringTogether(first) {
    const box = form.contains(first) ? form : source;
    const marked = [...box.querySelectorAll(".involved")];
    const own = marked.find((element) => element.dataset.keys?.split(" ").includes(finding?.dataset.own)) ?? first;
    marked.forEach(open);
    if (box === source && scrollsItself()) return bringIntoView(first);
    own.scrollIntoView({ block: "nearest", inline: "nearest" });
    const rects = marked.map((element) => element.getBoundingClientRect());
    const [top, bottom] = [Math.min(...rects.map((rect) => rect.top)), Math.max(...rects.map((rect) => rect.bottom))];
    const room = innerHeight - (document.querySelector(".banner")?.offsetHeight ?? 0) - 2 * MARGIN;
    const begin = bottom - top < room ? top - (room - (bottom - top)) / 2 : Math.max(top, own.getBoundingClientRect().bottom - room);
    scrollBy({ top: begin - MARGIN, behavior: "instant" });
  }

  const scrollsItself = () => source.scrollHeight > source.clientHeight + 1;

  function scrollWithin(element) {
    source.scrollTop += element.getBoundingClientRect().top - source.getBoundingClientRect().top - source.clientHeight / 2;
  }

  function open(element) {
    for (let box = element.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  }

  // The source scrolls in its own box on a wide screen, with the page on a narrow one.
  function bringIntoView(element) {
    if (!source.contains(element) || !scrollsItself()) {
      element.scrollIntoView({ block: "center", inline: "nearest" });
      return;
    }
    scrollWithin(element);
    source.scrollIntoView({ block: "nearest" });
  }

  // "#s-applications-received-total" → ["s", "applications-received-total"], if the page has either end of it.
  function parse(hash) {
    const [, side, key] = decodeURIComponent(hash).match(/^#([csp])-(.+)$/) ?? [];
    return side && (named(key, form).length || named(key, source).length) ? [side, key] : null;
  }

  const findingOf = (hash) => document.getElementById(decodeURIComponent(hash).slice(1))?.closest("li.finding[data-marks]");

  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const hash = link.getAttribute("href"); // of a link in a drawing too
    const wanted = parse(hash);
    const item = !wanted && findingOf(hash);
    if (!wanted && !item) return;
    event.preventDefault();
    if (wanted) return choose(...wanted, link, event.detail > 0);
    const fromForm = link.classList.contains("finding-number") || Boolean(link.closest(".banner"));
    const first = fromForm && finding === item ? null : chooseFinding(item);
    if (fromForm) item.scrollIntoView({ block: "center", inline: "nearest" });
    else if (first) bringTogether(first);
  });

  const STEPS = { ArrowRight: [1, false], ArrowLeft: [-1, false], ArrowDown: [1, true], ArrowUp: [-1, true] };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && finding) return chooseFinding(finding);
    const at = cells.indexOf(document.activeElement);
    if (!STEPS[event.key] || at < 0) return;
    const [step, sameColumn] = STEPS[event.key];
    let next = at + step;
    while (sameColumn && cells[next] && cells[next].dataset.measure !== cells[at].dataset.measure) next += step;
    if (!cells[next]) return;
    event.preventDefault();
    cells[next].focus({ preventScroll: true });
    cells[next].scrollIntoView({ block: "nearest", inline: "nearest" });
  });

  // Back and forward: what was chosen then, where it was seen. The browser itself would go to the fragment.
  addEventListener("popstate", ({ state }) => {
    const chosen = parse(location.hash);
    const item = chosen ? null : findingOf(location.hash);
    if (location.hash && !chosen && !item) return; // a link to another part of the page chooses nothing
    const first = markFinding(document.getElementById(state?.finding ?? "") ?? item ?? null);
    const target = chosen && mark(...chosen);
    const place = target && (source.contains(target) ? target : placed("s", chosen[1]));
    if (place && scrollsItself()) scrollWithin(place);
    setTimeout(() => {
      if (state && "top" in state) scrollTo({ top: state.top, behavior: "instant" });
      else if (target) bringIntoView(target);
      else if (first) bringTogether(first);
    });
  });

  const linked = parse(location.hash);
  const item = !linked && location.hash && findingOf(location.hash);
  function showNowAndLoaded(show) {
    show();
    addEventListener("load", () => setTimeout(show)); // the browser itself goes to the fragment when all is loaded
  }
  if (linked) {
    const target = mark(...linked);
    target.focus({ preventScroll: true });
    const other = form.contains(target) && parse(target.getAttribute("href") ?? ""); // of a cell, where it stands in the source
    showNowAndLoaded(() => {
      bringIntoView(target);
      if (other && scrollsItself()) scrollWithin(placed(...other));
    });
  }
  if (item) {
    const first = markFinding(item);
    showNowAndLoaded(() => (first ? bringTogether(first) : item.scrollIntoView({ block: "center" })));
  }
})();
