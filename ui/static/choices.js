// In the head, before anything else runs: the language and the colours that somebody chose with the
// buttons below the conversations stand before those of the browser.
(() => {
  const kept = (name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      return null; // a browser may keep nothing
    }
  };
  const language = kept("jb-language");
  if (language) {
    Object.defineProperty(navigator, "language", { get: () => language });
    Object.defineProperty(navigator, "languages", { get: () => [language] });
  }
  const colours = kept("jb-colours");
  if (colours) {
    const asked = window.matchMedia.bind(window);
    window.matchMedia = (query) => {
      const chosen = /prefers-color-scheme:\s*(dark|light)/.exec(query);
      if (!chosen) return asked(query);
      const never = () => undefined; // what was chosen does not change with the evening
      const silent = { addEventListener: never, removeEventListener: never, addListener: never, removeListener: never };
      return { matches: chosen[1] === colours, media: query, ...silent };
    };
  }
  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-jb-choose]");
    if (!button) return;
    const english = !document.documentElement.lang.startsWith("zh");
    const dark = document.body.classList.contains("dark");
    const chosen = { language: english ? "zh-CN" : "en", colours: dark ? "light" : "dark" };
    try {
      localStorage.setItem(`jb-${button.dataset.jbChoose}`, chosen[button.dataset.jbChoose]);
    } catch {
      return;
    }
    location.reload();
  });
})();
