/* Starts what Wagtail starts by scripts inside its pages, which our content policy refuses: see cms/wagtail_hooks.py.
   <template data-start="PageChooser" data-arguments="[…]"> stands where its script stood; nothing but the names below
   can be started that way. */
(() => {
  "use strict";
  const STARTED = /^(init(Date|Time|DateTime)Chooser|InlinePanel|MultipleChooserPanel|([A-Z][A-Za-z]*)?Chooser)$/;

  const start = (mark) => {
    if (!mark.isConnected) return undefined; // already started: the page told of it twice
    const name = mark.dataset.start;
    if (!STARTED.test(name)) return mark.remove();
    if (typeof window[name] !== "function") return undefined; // its file is still to come: tried again
    const values = JSON.parse(mark.dataset.arguments);
    mark.remove();
    return name.startsWith("init") ? window[name](...values) : new window[name](...values);
  };
  const startAll = (within) => within.querySelectorAll("template[data-start]").forEach(start);

  new MutationObserver((changes) => {
    for (const change of changes) {
      for (const added of change.addedNodes) {
        if (added.nodeType !== Node.ELEMENT_NODE) continue;
        if (added.matches("template[data-start]")) start(added);
        else startAll(added);
      }
    }
  }).observe(document.documentElement, { childList: true, subtree: true });
  startAll(document);
  document.addEventListener("DOMContentLoaded", () => startAll(document));
})();
