/* Suggestions while one types: a combobox with a list box (WAI-ARIA 1.2). Without this script the field is a plain
   text field and the server proposes the matches as radio buttons. */
(() => {
  "use strict";
  const DELAY = 150;
  let count = 0;

  const element = (tag, properties, attributes = {}) => {
    const made = Object.assign(document.createElement(tag), properties);
    Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
    return made;
  };

  function enhance(box) {
    if (box.dataset.ready) return;
    box.dataset.ready = "true";
    const input = box.querySelector("input[type=text]");
    const chosen = box.querySelector(".picker__chosen");
    const id = `picker-${(count += 1)}`;
    const list = element("ul", { id, className: "picker__list", hidden: true }, { role: "listbox" });
    const label = input.labels && input.labels[0];
    list.setAttribute("aria-label", label ? label.textContent.trim() : "Suggestions");
    const status = element("div", { className: "picker__status" }, { role: "status" });
    input.after(list, status);
    const attributes = {
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id,
    };
    Object.entries(attributes).forEach(([name, value]) => input.setAttribute(name, value));
    let active = -1;
    let timer = 0;
    let asked = null;

    const close = () => {
      list.hidden = true;
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const move = (to) => {
      const options = [...list.children];
      if (!options.length) return;
      active = (to + options.length) % options.length;
      options.forEach((option, index) => option.setAttribute("aria-selected", String(index === active)));
      input.setAttribute("aria-activedescendant", options[active].id);
      options[active].scrollIntoView({ block: "nearest" });
    };
    const keep = (result) => {
      const value = String(result[box.dataset.value]);
      close();
      if (chosen) {
        if (!("multiple" in box.dataset)) chosen.replaceChildren();
        const known = [...chosen.querySelectorAll("input")].some((hidden) => hidden.value === value);
        if (!known) chosen.append(row(value, result.label));
        input.value = "";
        status.textContent = `${result.label} : ajouté.`;
        input.dispatchEvent(new Event("change", { bubbles: true }));
        return;
      }
      const candidates = box.querySelector(".picker__candidates");
      if (candidates) candidates.replaceWith(element("input", { type: "hidden", name: box.dataset.name }));
      box.querySelector(`[name="${box.dataset.name}"]`).value = value;
      box.querySelector(`[name="${box.dataset.name}_pour"]`).value = result.label;
      input.value = result.label;
      status.textContent = `${result.label} : choisi.`;
    };
    const row = (value, text) => {
      const item = element("li", {});
      const remove = element("button", { type: "button", className: "picker__remove", textContent: "Retirer" });
      remove.setAttribute("aria-label", `Retirer ${text}`);
      item.append(
        element("input", { type: "hidden", name: box.dataset.name, value }),
        element("span", { textContent: text }),
        remove,
      );
      return item;
    };
    const show = (results) => {
      list.replaceChildren(...results.map((result, index) => {
        const option = element(
          "li",
          { id: `${id}-${index}`, className: "picker__option", textContent: result.label },
          { role: "option", "aria-selected": "false" },
        );
        option.addEventListener("mousedown", (event) => {
          event.preventDefault();
          keep(result);
        });
        option.keep = () => keep(result);
        return option;
      }));
      active = -1;
      list.hidden = !results.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      const plural = results.length > 1 ? "s" : "";
      status.textContent = results.length
        ? `${results.length} proposition${plural}. Flèches haut et bas pour parcourir.`
        : "Aucune proposition.";
    };
    const ask = async () => {
      const query = input.value.trim();
      if (asked) asked.abort();
      if (query.length < 2) return close();
      asked = new AbortController();
      const parameters = new URLSearchParams({ q: query, kinds: box.dataset.kinds || "" });
      try {
        const answer = await fetch(`${box.dataset.source}?${parameters}`, { signal: asked.signal, credentials: "omit" });
        if (answer.ok) show((await answer.json()).results);
      } catch (error) {
        if (error.name !== "AbortError") close();
      }
      return undefined;
    };

    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, DELAY);
    });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) ask();
        else if (event.key === "ArrowDown") move(active + 1);
        else move(active < 0 ? list.children.length - 1 : active - 1);
      } else if (event.key === "Enter" && active >= 0) {
        event.preventDefault();
        list.children[active].keep();
      } else if (event.key === "Enter" && chosen) {
        event.preventDefault();
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      }
    });
    if (chosen) {
      chosen.addEventListener("click", (event) => {
        const button = event.target.closest(".picker__remove");
        if (!button) return;
        status.textContent = `${button.previousElementSibling.textContent} : retiré.`;
        button.closest("li").remove();
        input.focus();
      });
    }
  }

  const enhanceAll = () => document.querySelectorAll("[data-picker]").forEach(enhance);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", enhanceAll);
  else enhanceAll();
  // The administration adds fields while one edits.
  new MutationObserver(enhanceAll).observe(document.documentElement, { childList: true, subtree: true });
})();
