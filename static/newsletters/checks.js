// The checks of the letter beside the text: asked of the server when the keyboard rests, and each leads to its field.
(() => {
  "use strict";
  const EVERY = 500; // what is typed is compared this often; two that are alike: the keyboard rests
  const AT_MOST = 1000; // somebody who never rests is answered all the same

  // --- asking -----------------------------------------------------------------------------------------
  let checked = ""; // the form as it was last asked about
  let before = "";
  let since = 0; // when it began to differ from that
  let asked = null;
  let wait = 0; // after a failure

  const look = () => {
    const box = document.querySelector("[data-letter-checks]");
    const form = document.querySelector("[data-edit-form]");
    if (!box || !form || document.hidden || Date.now() < wait) return;
    const now = window.letter.typed(form);
    if (now === checked) {
      before = now;
      since = 0;
      return;
    }
    since ||= Date.now();
    const rests = now === before;
    before = now;
    if (rests || Date.now() - since >= AT_MOST) ask(box, form, now);
  };

  const ask = async (box, form, now) => {
    checked = now;
    since = 0;
    asked?.abort();
    asked = new AbortController();
    box.closest(".letter-live").setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(box.dataset.letterChecks, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" },
        signal: asked.signal,
      });
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      show(box, await answer.json());
    } catch (error) {
      if (error.name === "AbortError") return;
      checked = ""; // asked again
      wait = Date.now() + 5000;
      say(box, "Les vérifications n’ont pas pu se faire : nouvel essai dans quelques secondes.");
    }
    box.closest(".letter-live").removeAttribute("aria-busy");
  };

  const say = (box, words) => {
    const line = box.closest(".letter-live").querySelector("[data-letter-said]");
    if (line.textContent !== words) line.textContent = words;
  };

  const show = (box, told) => {
    const held = box.contains(document.activeElement) ? document.activeElement.textContent : null;
    box.innerHTML = told.html;
    say(box, told.said);
    const counter = document.querySelector('[data-side-panel-toggle="checks"] [data-side-panel-toggle-counter]');
    if (counter) {
      counter.textContent = told.count;
      counter.hidden = !told.count;
    }
    // Whoever was reading the list is left where she was, or at its top.
    if (held !== null) {
      const same = [...box.querySelectorAll("a")].find((link) => link.textContent === held);
      (same || document.getElementById("verifications")).focus();
    }
  };

  // --- going there ------------------------------------------------------------------------------------
  const find = (place) => {
    let found = document.querySelector("[data-edit-form]");
    for (const name of place.split(".")) {
      const inner = found?.querySelector(`[data-contentpath="${CSS.escape(name)}"]`);
      if (!inner) break;
      found = inner;
    }
    return found?.matches("[data-edit-form]") ? null : found;
  };

  const open = (element) => {
    for (let one = element; one; one = one.parentElement) {
      if (!one.hasAttribute("hidden")) continue;
      const tab = one.getAttribute("role") === "tabpanel" && document.querySelector(`[aria-controls="${one.id}"]`);
      if (tab) tab.click();
      else one.dispatchEvent(new Event("beforematch")); // as Wagtail opens what a search in the page finds
    }
  };

  const FIELD = "input:not([type=hidden]), textarea, select, [contenteditable=true]";
  const go = (place) => {
    const element = find(place);
    if (!element) return false;
    open(element);
    const panel = document.querySelector("[data-form-side]");
    const hides = panel && panel.getBoundingClientRect().width > window.innerWidth / 2;
    if (hides) document.querySelector("[data-form-side-close-button]")?.click();
    const visible = (one) => one.getClientRects().length > 0;
    const control = [...element.querySelectorAll(FIELD)].find(visible) || [...element.querySelectorAll("button")].find(visible);
    control?.focus({ preventScroll: true });
    const center = () => (control || element).scrollIntoView({ block: "center", behavior: "instant" });
    center();
    if (hides) setTimeout(center, 600); // the form takes its width back when the panel has slid away
    document.querySelectorAll(".letter-pointed").forEach((one) => one.classList.remove("letter-pointed"));
    element.classList.add("letter-pointed");
    setTimeout(() => element.classList.remove("letter-pointed"), 6000);
    return true;
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-letter-checks] a[href*='champ=']");
    const place = link && new URL(link.href).searchParams.get("champ");
    if (place && go(place)) event.preventDefault();
  });

  // From « Vérifier et envoyer », the address names the field; forms are drawn after the page.
  const named = new URLSearchParams(window.location.search).get("champ");
  const arrive = (tries) => {
    if (!go(named) && tries) setTimeout(() => arrive(tries - 1), 200);
  };
  const start = () => {
    if (named) setTimeout(() => arrive(20), 300);
    setInterval(look, EVERY);
  };
  if (document.readyState === "complete") start();
  else window.addEventListener("load", start);
})();
