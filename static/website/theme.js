// Light, dark, or as the device says: what the reader chose stays in this browser, and holds before the page is drawn.
// Nothing chosen: nothing is kept, and the sheet follows the device.
(() => {
  const KEY = "affichage";
  const root = document.documentElement;

  function show(choice) {
    if (choice === "light" || choice === "dark") root.dataset.theme = choice;
    else delete root.dataset.theme;
  }

  function kept() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // a browser that keeps nothing
    }
  }

  function keep(choice) {
    try {
      if (choice === "system") localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, choice);
    } catch {
      // It holds for this page.
    }
  }

  show(kept());
  addEventListener("storage", () => show(kept()));
  addEventListener("pageshow", () => {
    const choice = root.dataset.theme ?? "system";
    for (const radio of document.querySelectorAll(`input[name="${KEY}"]`)) radio.checked = radio.value === choice;
  });
  addEventListener("change", ({ target }) => {
    if (target.name !== KEY) return;
    show(target.value);
    keep(target.value);
  });
})();
