/* Suggestions while one types: a combobox with a list box (WAI-ARIA 1.2). Without this script the field is an ordinary
   one, and the server answers what was typed.

   `data-combobox` is the address that answers `?q=`: {"results": [{"label", "marks"?, "kind"?, "why"?, "url"?, …}]}. A result with a
   `url` leads there. Another one is kept: its `data-value` under the name `data-name`, in the list `.combobox__chosen` where
   there is one (`data-multiple`: with the others), else in the hidden fields beside the text. */
(() => {
  "use strict";
  const DELAY = 150;
  const SHORTEST = 2;
  let count = 0;

  const element = (tag, properties, attributes = {}) => {
    const made = Object.assign(document.createElement(tag), properties);
    Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
    return made;
  };

  /* A label, with `marks` (beginnings and ends in it) shown as what answers. */
  function marked({ label: text, marks = [] }) {
    const made = element("span", {});
    let at = 0;
    marks.forEach(([start, end]) => {
      made.append(text.slice(at, start), element("mark", { textContent: text.slice(start, end) }));
      at = end;
    });
    made.append(text.slice(at));
    return made;
  }

  /* The list under a field: what it shows, which option is the active one. */
  function listBox(box, input) {
    const id = `combobox-${(count += 1)}`;
    const list = element("ul", { id, className: "combobox__list", hidden: true }, { role: "listbox" });
    const label = input.labels && input.labels[0];
    list.setAttribute("aria-label", label ? label.textContent.trim() : "Suggestions");
    const status = element("div", { className: "combobox__status" }, { role: "status" });
    const roles = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id };
    Object.entries(roles).forEach(([name, value]) => input.setAttribute(name, value));
    box.append(list, status);
    let active = -1;

    return {
      say: (text) => { status.textContent = text; },
      isOpen: () => !list.hidden,
      current: () => (active < 0 ? null : list.children[active]),
      close() {
        list.hidden = true;
        active = -1;
        input.setAttribute("aria-expanded", "false");
        input.removeAttribute("aria-activedescendant");
      },
      move(by) {
        const options = [...list.children];
        if (!options.length) return;
        const from = active < 0 && by < 0 ? 0 : active;
        active = (from + by + options.length) % options.length;
        options.forEach((option, index) => option.setAttribute("aria-selected", String(index === active)));
        input.setAttribute("aria-activedescendant", options[active].id);
        options[active].scrollIntoView({ block: "nearest" });
      },
      show(results, choose) {
        list.replaceChildren(...results.map((result, index) => {
          const attributes = { role: "option", "aria-selected": "false" };
          const option = element("li", { id: `${id}-${index}`, className: "combobox__option" }, attributes);
          const words = marked(result);
          if (result.why) words.append(" ", element("span", { className: "combobox__why", textContent: result.why }));
          option.append(words);
          if (result.kind) option.append(element("span", { className: "combobox__kind", textContent: result.kind }));
          option.choose = () => choose(result);
          // The field keeps the focus; whoever pressed by mistake slides away before letting go (RGAA 13.11).
          option.addEventListener("mousedown", (event) => event.preventDefault());
          option.addEventListener("click", option.choose);
          return option;
        }));
        active = -1;
        input.removeAttribute("aria-activedescendant");
        list.style.top = `${input.offsetTop + input.offsetHeight}px`;
        list.hidden = !results.length;
        input.setAttribute("aria-expanded", String(!list.hidden));
        const many = results.length > 1 ? "s" : "";
        status.textContent = results.length
          ? `${results.length} proposition${many}. Flèches haut et bas pour parcourir.`
          : "Aucune proposition.";
      },
    };
  }

  /* Where what is kept goes: a list of rows that can be taken away, or the hidden fields of a form. */
  function keeper(box, input, say) {
    const chosen = box.querySelector(".combobox__chosen");
    if (!chosen) {
      return (value, text) => {
        const candidates = box.querySelector(".combobox__candidates");
        if (candidates) candidates.replaceWith(element("input", { type: "hidden", name: box.dataset.name }));
        box.querySelector(`[name="${box.dataset.name}"]`).value = value;
        box.querySelector(`[name="${box.dataset.name}_pour"]`).value = text;
        input.value = text;
        say(`${text} : choisi.`);
      };
    }
    chosen.addEventListener("click", (event) => {
      const button = event.target.closest(".combobox__remove");
      if (!button) return;
      say(`${button.previousElementSibling.textContent} : retiré.`);
      button.closest("li").remove();
      input.focus();
    });
    return (value, text) => {
      if (!("multiple" in box.dataset)) chosen.replaceChildren();
      if (![...chosen.querySelectorAll("input")].some((hidden) => hidden.value === value)) {
        const remove = element("button", { type: "button", className: "combobox__remove", textContent: "Retirer" });
        remove.setAttribute("aria-label", `Retirer ${text}`);
        const row = element("li", {});
        row.append(
          element("input", { type: "hidden", name: box.dataset.name, value }),
          element("span", { textContent: text }),
          remove,
        );
        chosen.append(row);
      }
      input.value = "";
      say(`${text} : ajouté.`);
      input.dispatchEvent(new Event("change", { bubbles: true }));
    };
  }

  function enhance(box) {
    if (box.dataset.ready) return;
    box.dataset.ready = "true";
    const input = box.querySelector("input[type=text], input[type=search]");
    const list = listBox(box, input);
    const keep = "name" in box.dataset ? keeper(box, input, list.say) : null;
    const keepsRows = Boolean(box.querySelector(".combobox__chosen"));
    let timer = 0;
    let asked = null;

    /* What was asked before opens the list no more, however late the answer. */
    const forget = () => {
      clearTimeout(timer);
      if (asked) asked.abort();
    };
    const close = () => {
      forget();
      list.close();
    };
    const choose = (result) => {
      close();
      if (result.url) window.location.assign(result.url);
      else keep(String(result[box.dataset.value]), result.label);
    };
    const ask = async () => {
      const typed = input.value.trimStart(); // a space after a word says that it is over
      if (typed.trim().length < SHORTEST) {
        close();
        return;
      }
      forget();
      asked = new AbortController();
      const parameters = new URLSearchParams({ q: typed });
      if (box.dataset.kinds) parameters.set("kinds", box.dataset.kinds);
      try {
        const address = `${box.dataset.combobox}?${parameters}`;
        const answer = await fetch(address, { signal: asked.signal, credentials: "omit" });
        if (answer.ok && document.activeElement === input) list.show((await answer.json()).results, choose);
      } catch (error) {
        if (error.name !== "AbortError") list.close();
      }
    };

    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, DELAY);
    });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.isOpen()) list.move(event.key === "ArrowDown" ? 1 : -1);
        else ask();
      } else if (event.key === "Enter" && list.current()) {
        event.preventDefault();
        list.current().choose();
      } else if (event.key === "Enter" && keepsRows) {
        event.preventDefault();
      } else if (event.key === "Escape") {
        if (list.isOpen()) {
          event.preventDefault();
          event.stopPropagation(); // the window the field is in stays open
        }
        close();
      }
    });
  }

  const enhanceAll = () => document.querySelectorAll("[data-combobox]").forEach(enhance);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", enhanceAll);
  else enhanceAll();
  // The administration adds fields while one edits.
  new MutationObserver(enhanceAll).observe(document.documentElement, { childList: true, subtree: true });
})();
