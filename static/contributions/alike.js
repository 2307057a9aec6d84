// Beside the form of an event: those that look alike on the same days, asked of the server when the keyboard rests.
(() => {
  "use strict";
  const EVERY = 500; // calendars write into their fields without telling: what is typed is compared this often
  const FIELDS = { titre: "title", debut: "start", fin: "end", fuseau: "time_zone" };
  let before = "";
  let answered = ""; // what was typed when it was last asked
  let held = ""; // what it answered
  let asked = null;
  let wait = 0; // after a failure

  const typed = (form, page) => {
    const named = Object.entries(FIELDS).map(([name, field]) => [name, form.elements.namedItem(field)?.value || ""]);
    return new URLSearchParams([...named, ["page", page]]).toString();
  };

  const look = () => {
    const box = document.querySelector("[data-alike]");
    const form = document.querySelector("form[data-edit-form]");
    if (!box || !form || document.hidden || Date.now() < wait) return;
    const now = typed(form, box.dataset.page);
    const rests = now === before;
    before = now;
    if (rests && now !== answered) ask(box, now);
  };

  const ask = async (box, now) => {
    answered = now;
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(`${box.dataset.alike}?${now}`, { signal: asked.signal });
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      const html = await answer.text();
      // What has not changed is not read out again, and whoever is in it stays there.
      if (html !== held) box.innerHTML = held = html;
    } catch (error) {
      if (error.name === "AbortError") return;
      answered = ""; // asked again
      wait = Date.now() + 5000;
    }
  };

  if (document.querySelector("[data-alike]")) setInterval(look, EVERY);
})();
