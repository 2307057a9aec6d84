// In the chooser of sections, what each looks like is shown as one goes through them, by mouse or by keyboard.
(() => {
  "use strict";
  let soon = 0;
  const show = (input) => {
    const row = document.getElementById(input.getAttribute("aria-activedescendant"))?.parentElement;
    const button = row?.querySelector(".w-combobox__option-preview");
    if (button?.getAttribute("aria-expanded") === "false") button.click();
  };
  const rest = (input) => {
    if (!input.matches(".w-combobox [role=combobox]")) return;
    clearTimeout(soon);
    soon = setTimeout(show, 200, input);
  };
  document.addEventListener("input", (event) => rest(event.target));
  new MutationObserver((changes) => rest(changes.at(-1).target)).observe(document.documentElement, { subtree: true, attributeFilter: ["aria-activedescendant"] });
})();
