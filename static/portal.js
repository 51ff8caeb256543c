// A cell of the form and its place in the source text mark each other: by mouse, touch and keyboard.
// Without this script they are plain links between fragments of the page.
(() => {
  const source = document.querySelector(".source-text");
  if (!source) return;
  const inspector = document.getElementById("inspector");
  const cells = [...document.querySelectorAll("a.cell[data-key]")];
  const ends = {
    c: (key) => document.getElementById(`c-${key}`),
    s: (key) => document.getElementById(`s-${key}`)?.closest("a.place"),
  };
  let chosen = [];

  // Mark both ends of `key` and bring the one on `side` ("c" the form, "s" the source) into view.
  function choose(side, key) {
    chosen.forEach((element) => element.classList.remove("chosen"));
    chosen = [ends.c(key), ends.s(key)].filter(Boolean);
    chosen.forEach((element) => element.classList.add("chosen"));
    inspector.textContent = ends.c(key)?.title ?? "";
    history.replaceState(history.state, "", `#${side}-${key}`);
    const target = ends[side](key) ?? chosen[0];
    target.focus({ preventScroll: true });
    bringIntoView(target);
  }

  // The source scrolls in its own box on a wide screen, with the page on a narrow one.
  function bringIntoView(element) {
    if (!source.contains(element) || source.scrollHeight <= source.clientHeight + 1) {
      element.scrollIntoView({ block: "center", inline: "nearest" });
      return;
    }
    const below = element.getBoundingClientRect().top - source.getBoundingClientRect().top;
    source.scrollTop += below - source.clientHeight / 2;
    source.scrollIntoView({ block: "nearest" });
  }

  // "#s-applications-received-total" → ["s", "applications-received-total"], if the page has either end of it.
  function parse(hash) {
    const [, side, key] = decodeURIComponent(hash).match(/^#([cs])-(.+)$/) ?? [];
    return side && (ends.c(key) || ends.s(key)) ? [side, key] : null;
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    const wanted = link && !(event.ctrlKey || event.metaKey || event.shiftKey) && parse(link.hash);
    if (!wanted) return;
    event.preventDefault();
    choose(...wanted);
  });

  const STEPS = { ArrowRight: [1, false], ArrowLeft: [-1, false], ArrowDown: [1, true], ArrowUp: [-1, true] };
  document.addEventListener("keydown", (event) => {
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

  const linked = parse(location.hash);
  if (linked) choose(...linked);
})();
