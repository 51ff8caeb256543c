// A page of this site that is asked a question (?check=…, ?lang=en): its file answers the same whatever it is asked, so the portal in the
// browser does, or leads to the file that does. data-at is the page's address in the portal; data-always: there is no such file.
(() => {
  const script = document.currentScript;
  const { at, always } = script.dataset;
  if (always === undefined && !location.search) return;
  const app = new URL(".", script.src);
  const language = document.documentElement.lang === "en" && !/[?&]lang=/.test(location.search) ? "&lang=en" : "";
  app.search = new URLSearchParams({ at: at + location.search + language });
  app.hash = location.hash;
  location.replace(app);
})();
