// The page that shows what has no file of its own (search, choices, tables, SQL): Datasette answers in a worker, and its answer
// is put in place of this page. Addresses of the portal become addresses of this site: ../reports/X/ for what is a file,
// ?at=/search%3Fq%3D… for what is not.
const PORTAL = "http://portal"; // an origin that is none, to resolve addresses against
const ASSET = /^\/(static|-\/static)\//;
const DATA = /\.(json|jsonld|csv|atom|xml|txt|webp)$/;
const written = fetch("kinds.json").then((answer) => answer.json()).then((kinds) => new Set(kinds));
const worker = new Worker("worker.mjs", { type: "module" });
const waiting = new Map();
let asked = 0;

worker.onmessage = ({ data }) => {
  waiting.get(data.id)?.(data);
  waiting.delete(data.id);
};

const ask = (address) =>
  new Promise((done) => {
    waiting.set(++asked, done);
    worker.postMessage({ id: asked, address });
  });

// ?at=/search%3Fq%3D… of a link, ?at=/search&q=… of a form on a written page.
function wanted() {
  const { at: address = "/search", ...fields } = Object.fromEntries(new URLSearchParams(location.search));
  const asked = new URLSearchParams([...new URLSearchParams(location.search)].filter(([name]) => name !== "at"));
  return Object.keys(fields).length ? `${address}${address.includes("?") ? "&" : "?"}${asked}` : address;
}
let at = wanted();

// The file of this site that stands for an address, or null. The same rule as portal/publish/files.py.
function fileOf(url) {
  const query = new URLSearchParams(url.search);
  const language = query.get("lang") ?? "";
  const page = query.get("page") ?? "1";
  query.delete("lang");
  query.delete("page");
  const path = decodeURIComponent(url.pathname).replace(/^\/|\/$/g, "");
  if (ASSET.test(url.pathname)) return path;
  if ([...query].length || !["", "en"].includes(language) || !/^\d+$/.test(page)) return null;
  const turned = page === "1" ? "" : `page-${page}`;
  if (DATA.test(path)) return turned ? path.replace(/\.(\w+)$/, `/${turned}.$1`) : path;
  return [language, path, turned, "index.html"].filter(Boolean).join("/");
}

// reports/X/index.html → reports/*/index.html: as portal/publish/files.py's kind.
function kindOf(file) {
  const [, language, rest] = file.match(/^(en\/)?(.*)$/);
  const [first, ...below] = rest.split("/");
  if (below.length && below.join("/") !== "index.html") {
    const suffix = below.length === 1 ? below[0].match(/.(\.\w+)$/)?.[1] : "";
    below[0] = `*${suffix ?? ""}`;
  }
  return (language ?? "") + [first, ...below].join("/");
}

function ownAddress(address, kinds) {
  const url = new URL(address, PORTAL + at);
  if (url.origin !== PORTAL) return address;
  const file = fileOf(url);
  if (file && (kinds.has(kindOf(file)) || ASSET.test(url.pathname))) return `../${file.replace(/index\.html$/, "")}${url.hash}`;
  return `?at=${encodeURIComponent(url.pathname + url.search)}${url.hash}`;
}

async function show() {
  const kinds = await written;
  const file = ownAddress(at, kinds);
  if (at.includes("?") && !file.startsWith("?")) return location.replace(file + location.hash); // only a language or a page was asked
  const answer = await ask(at);
  window.answered = answer; // what the last question cost, for whoever measures
  if (answer.error) return fail(answer.error);
  if (!answer.type.startsWith("text/html")) return offer(answer);
  const page = new DOMParser().parseFromString(answer.body, "text/html");
  for (const name of ["href", "src", "action"])
    for (const element of page.querySelectorAll(`[${name}^="/"], [${name}^="?"]`))
      element.setAttribute(name, ownAddress(element.getAttribute(name), kinds));
  page.querySelectorAll("[data-suggest]").forEach((box) => box.removeAttribute("data-suggest")); // asked at every letter, of a server
  document.title = page.title;
  document.documentElement.lang = page.documentElement.lang;
  document.head.querySelectorAll("link[rel=stylesheet]").forEach((link) => link.remove());
  page.querySelectorAll("link[rel=stylesheet]").forEach((link) => document.head.append(document.importNode(link, true)));
  document.body.className = page.body.className;
  document.body.replaceChildren(...[...page.body.childNodes].map((node) => document.importNode(node, true)));
  document.body.dataset.shown = at;
  for (const { src } of page.querySelectorAll("script[src]")) document.body.append(Object.assign(document.createElement("script"), { src }));
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (named) named.scrollIntoView();
  else scrollTo(0, 0);
}

function fail(sentence) {
  const message = document.createElement("p");
  message.setAttribute("role", "alert");
  message.textContent = `这一页没有打开，请刷新再试。This page could not be opened: reload it. ${sentence}`;
  document.querySelector("main")?.replaceChildren(message);
}

// JSON and CSV are not pages: they are given as a file to keep, and shown.
function offer(answer) {
  const name = at.split("?")[0].split("/").pop() || "answer.txt";
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([answer.body], { type: answer.type }));
  link.download = name;
  link.textContent = `下载 Download ${name}`;
  const text = document.createElement("pre");
  text.textContent = answer.body.slice(0, 200_000);
  const main = document.createElement("main");
  main.className = "content";
  main.append(link, text);
  document.body.replaceChildren(main);
  document.body.dataset.shown = at;
}

function go(address) {
  at = address;
  history.pushState(null, "", `?at=${encodeURIComponent(at)}`);
  show();
}

addEventListener("popstate", () => {
  at = wanted();
  show();
});

addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="?at="]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(new URLSearchParams(link.getAttribute("href").split("#")[0]).get("at"));
});

addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method.toLowerCase() !== "get") return;
  event.preventDefault();
  const action = form.getAttribute("action") ?? "";
  const path = action.startsWith("?at=") ? new URLSearchParams(action).get("at") : at;
  go(`${path.split("?")[0]}?${new URLSearchParams(new FormData(form, event.submitter))}`);
});

show();
