// What the reader may mean, while typing in a search box: regions and agencies, each leading to its page. By mouse, touch and keyboard
// (arrows, Enter, Escape). Without this script the box is sent as any form is.
(() => {
  const input = document.querySelector("input[data-suggest]");
  if (!input) return;
  const address = input.dataset.suggest;
  const root = address.slice(0, address.lastIndexOf("/"));
  const english = document.documentElement.lang === "en";
  const list = Object.assign(document.createElement("ul"), { id: "suggestions", className: "suggestions", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.label);
  input.parentElement.append(list);
  for (const [name, value] of Object.entries({ role: "combobox", autocomplete: "off", "aria-autocomplete": "list",
    "aria-controls": list.id, "aria-expanded": "false" })) input.setAttribute(name, value);
  let chosen = -1, waiting, asked;

  function show(suggestions, bySound) {
    chosen = -1;
    input.removeAttribute("aria-activedescendant");
    list.replaceChildren(...suggestions.map((row, number) => {
      const option = Object.assign(document.createElement("li"), { id: `suggestion-${number}` });
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.href = root + row.address + (english ? "?lang=en" : "");
      const within = Object.assign(document.createElement("span"), { className: "quiet" });
      within.textContent = [bySound && (english ? `sounds so: ${bySound}` : `读音相同（${bySound}）`), row.within, english ? `reports: ${row.reports}` : `${row.reports} 份报告`].filter(Boolean).join(" · ");
      option.append(row.name, " ", within);
      return option;
    }));
    list.hidden = !suggestions.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
  }

  function choose(number) {
    const options = [...list.children];
    chosen = (number + options.length + 1) % (options.length + 1); // one beyond the last: the box itself
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
    if (options[chosen]) input.setAttribute("aria-activedescendant", options[chosen].id);
    else input.removeAttribute("aria-activedescendant");
    options[chosen]?.scrollIntoView({ block: "nearest" });
  }

  async function ask() {
    asked?.abort();
    asked = new AbortController();
    const typed = input.value.trim();
    if (typed.length < 2) return show([]);
    try {
      const answer = await fetch(`${address}?q=${encodeURIComponent(typed)}`, { signal: asked.signal });
      const found = answer.ok ? await answer.json() : { suggestions: [] };
      if (input.value.trim() === typed && document.activeElement === input) show(found.suggestions, found.by_sound);
    } catch { // left off for the next letter, or there is no server: then nothing is suggested
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 150);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen < 0 ? list.children.length - 1 : chosen - 1);
    else if (event.key === "Escape") show([]);
    else if (event.key === "Enter" && list.children[chosen]) location.assign(list.children[chosen].dataset.href);
    else return;
    event.preventDefault();
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[data-href]");
    if (option) location.assign(option.dataset.href);
  });
  input.addEventListener("blur", () => show([]));
})();
