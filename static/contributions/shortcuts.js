// Keyboard shortcuts of the contributions' screens. Everything they reach is a link or a button that works without them;
// they can be turned off (WCAG 2.1.4), and the browser remembers it.
(() => {
  const box = document.querySelector("[data-shortcuts]");
  const help = box && box.querySelector("[data-shortcuts-help]");
  if (!help) return;
  const STORE = "contributions.shortcuts";
  const rows = [...box.querySelectorAll("[data-row]")];
  const keyed = [...box.querySelectorAll("[data-key]")];
  const isOn = () => window.localStorage.getItem(STORE) !== "off";

  const toggle = document.createElement("button");
  toggle.type = "button";
  toggle.className = "button button-small button-secondary";
  const text = document.createElement("span");
  help.append(text, " ", toggle);
  help.hidden = !rows.length && !keyed.length;
  const tell = () => {
    const names = keyed.map((element) => `${element.dataset.key} ${element.textContent.trim().replace(/\s+/g, " ")}`);
    if (rows.length) names.unshift("j suivante", "k précédente");
    text.textContent = isOn() ? `Raccourcis : ${names.join(" · ")}.` : "Les raccourcis du clavier sont arrêtés.";
    toggle.textContent = isOn() ? "Arrêter les raccourcis" : "Utiliser les raccourcis";
  };
  toggle.addEventListener("click", () => {
    window.localStorage.setItem(STORE, isOn() ? "off" : "on");
    tell();
  });
  tell();

  const move = (step) => {
    const at = rows.indexOf(document.activeElement);
    const next = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
    if (next) next.focus();
  };
  const reach = (element) => {
    const panel = element.closest("details");
    if (panel) {
      panel.open = true;
      const field = panel.querySelector("textarea, select, input:not([type=hidden])");
      (field || element).focus();
    } else {
      // A decision is never taken by one key: the button is reached, Enter presses it.
      element.focus();
      element.scrollIntoView({ block: "center" });
    }
  };
  // The bar of decisions follows the page down: what it leads to is opened and reached, as by its key.
  box.querySelectorAll(".contrib-decide a").forEach((link) => {
    link.addEventListener("click", (event) => {
      const target = document.querySelector(link.hash);
      if (!target) return;
      event.preventDefault();
      target.scrollIntoView({ block: "center" });
      reach(target.querySelector("summary") || target);
    });
  });
  document.addEventListener("keydown", (event) => {
    if (!isOn() || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    if (rows.length && (event.key === "j" || event.key === "k")) {
      move(event.key === "j" ? 1 : -1);
      event.preventDefault();
      return;
    }
    const element = keyed.find((one) => one.dataset.key === event.key);
    if (element) {
      reach(element);
      event.preventDefault();
    }
  });
})();
