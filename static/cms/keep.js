// What is typed into the form of a page stays in this browser until the server has it, and is offered again: a session
// that ends, a network that goes away, a colleague who saved first, a page that was locked meanwhile lose nothing.
(() => {
  "use strict";
  const EVERY = 1000;
  const DAYS = 7; // then it is forgotten
  const who = document.querySelector("meta[name=account]")?.content;
  const form = () => document.querySelector("form[data-edit-form]");
  const key = () => `keep:${who}:${window.location.pathname}`;

  // What says nothing of the text: tokens, what the form was loaded with, remarks in the margin.
  const ASIDE = /^(csrfmiddlewaretoken|next|loaded_revision_.*|overwrite_revision_id|comments-.*|action-.*)$/;
  const typed = (data) => new URLSearchParams([...data].filter(([name, value]) => typeof value === "string" && !ASIDE.test(name))).toString();
  const now = () => typed(new FormData(form()));
  const revision = () => form().elements.namedItem("loaded_revision_id")?.value || "";

  const read = (name) => {
    try {
      return JSON.parse(window.localStorage.getItem(name));
    } catch {
      return null;
    }
  };
  const write = (name, value) => {
    try {
      if (value) window.localStorage.setItem(name, JSON.stringify(value));
      else window.localStorage.removeItem(name);
    } catch {
      // No room, or none allowed: the server alone keeps it.
    }
  };

  let saved = ""; // as the server has it
  let kept = "";
  let refused = null; // what the server did not take, as long as it stands in the form
  const look = () => {
    if (!form()) return;
    const words = now();
    if (words === saved || words === kept) return;
    kept = words;
    write(key(), { at: Date.now(), typed: words, revision: revision() });
  };

  const forgetOld = () => {
    Object.keys(window.localStorage)
      .filter((name) => name.startsWith("keep:") && Date.now() - (read(name)?.at || 0) > DAYS * 86400000)
      .forEach((name) => write(name, null));
  };

  // --- offered again ----------------------------------------------------------------------------------
  const resume = (told) => {
    const again = document.createElement("form");
    again.method = "post";
    again.action = form().action;
    const fields = [...new URLSearchParams(told.typed)];
    new FormData(form()).forEach((value, name) => {
      if (name === "csrfmiddlewaretoken" || name.startsWith("comments-")) fields.push([name, value]);
    });
    fields.forEach(([name, value]) => {
      const field = document.createElement("textarea"); // lines stay lines
      field.name = name;
      field.value = value;
      again.append(field);
    });
    again.hidden = true;
    document.body.append(again);
    write(`${key()}:offered`, { ...told, sent: true });
    saved = now(); // nothing more to keep of this page: it is left
    again.submit();
  };

  const offer = (told) => {
    const at = new Date(told.at);
    const day = at.toLocaleDateString("fr-FR", { day: "numeric", month: "long" });
    const hour = `${at.getHours()} h ${String(at.getMinutes()).padStart(2, "0")}`;
    const box = document.createElement("div");
    box.className = "help-block help-warning";
    box.setAttribute("role", "status");
    box.dataset.kept = "";
    const say = (words) => box.append(Object.assign(document.createElement("p"), { textContent: words }));
    say(`Ce que vous avez écrit ici le ${day} à ${hour} n’a pas pu être enregistré. Ce navigateur l’a gardé.`);
    if (told.revision !== revision()) {
      say("Le brouillon a changé depuis. Si vous reprenez votre texte, il devient la dernière version ; l’autre reste dans l’historique.");
    }
    const buttons = document.createElement("p");
    const button = (words, look, act) => {
      const one = Object.assign(document.createElement("button"), { type: "button", className: `button button-small ${look}`, textContent: words });
      one.addEventListener("click", act);
      buttons.append(one, " ");
    };
    button("Reprendre mon texte", "", () => resume(told));
    button("L’oublier", "button-secondary", () => {
      write(`${key()}:offered`, null);
      box.remove();
      form().querySelector("input:not([type=hidden]), textarea")?.focus();
    });
    box.append(buttons);
    form().before(box);
  };

  const start = () => {
    if (!who || !form()) return;
    forgetOld();
    saved = now();
    const done = document.querySelector(".messages .success") !== null;
    const failed = document.querySelector(".messages .error") !== null;
    const offered = `${key()}:offered`;
    const told = [read(key()), read(offered)].filter(Boolean);
    // Refused, and shown again in the form: the server does not have it, whatever the form holds.
    refused = told.find((one) => one.sent && failed && one.typed === saved);
    const found = refused || told.find((one) => one.typed !== saved && !(one.sent && done));
    write(key(), null);
    write(offered, found || null);
    if (found && !refused) offer(found);
    setInterval(look, EVERY);
    window.addEventListener("pagehide", look);
  };

  document.addEventListener("submit", (event) => {
    if (event.target !== form()) return;
    write(key(), { at: Date.now(), typed: now(), revision: revision(), sent: true });
    kept = now();
  });
  let leaving = "";
  document.addEventListener("w-autosave:save", (event) => (leaving = typed(event.detail.formData)));
  document.addEventListener("w-autosave:success", () => {
    document.querySelector("[data-ended]")?.remove();
    saved = leaving;
    if (form() && now() === saved) write(key(), null);
    if (refused) write(`${key()}:offered`, null);
    refused = null;
  });

  // Wagtail says that the server failed: where it is the session that ended, say that, and what to do.
  document.addEventListener("w-autosave:error", async () => {
    const answer = await fetch(window.location.href, { method: "HEAD", redirect: "manual" }).catch(() => null);
    if (answer?.type !== "opaqueredirect" || document.querySelector("[data-ended]")) return;
    const box = document.createElement("p");
    box.className = "help-block help-critical";
    box.setAttribute("role", "alert");
    box.dataset.ended = "";
    const again = Object.assign(document.createElement("a"), { href: window.location.href, target: "_blank", textContent: "Se reconnecter (nouvel onglet)" });
    box.append("Votre session est finie : rien ne s’enregistre plus. Ce que vous écrivez est gardé dans ce navigateur et vous sera proposé quand vous rouvrirez cette page. ", again);
    form().before(box);
    box.scrollIntoView({ block: "nearest" });
  });

  // Fields are drawn by scripts of their own: what the server gave is what they hold once they are.
  if (document.readyState === "complete") setTimeout(start, EVERY);
  else window.addEventListener("load", () => setTimeout(start, EVERY));
})();
