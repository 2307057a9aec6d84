/* What a search field may lead to, while one types: a combobox with a list box (WAI-ARIA 1.2) whose options are pages.
   Without this script the field is an ordinary search field. */
(() => {
  "use strict";
  const DELAY = 150;

  const element = (tag, properties, attributes = {}) => {
    const made = Object.assign(document.createElement(tag), properties);
    Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
    return made;
  };

  document.querySelectorAll("[data-suggest]").forEach((bar) => {
    const input = bar.querySelector("input[type=search]");
    const list = element("ul", { id: `${input.id}-pages`, className: "tec-suggest", hidden: true }, {
      role: "listbox", "aria-label": "Pages proposées",
    });
    const status = element("div", { className: "fr-sr-only" }, { role: "status" });
    bar.append(list, status);
    Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
    }).forEach(([name, value]) => input.setAttribute(name, value));
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
    const show = (results) => {
      list.replaceChildren(...results.map((result, index) => {
        const option = element("li", { id: `${list.id}-${index}` }, { role: "option", "aria-selected": "false" });
        option.dataset.url = result.url;
        option.append(
          element("span", { textContent: result.label }),
          element("span", { className: "tec-suggest__kind", textContent: result.kind }),
        );
        option.addEventListener("mousedown", (event) => {
          event.preventDefault();
          window.location.assign(result.url);
        });
        return option;
      }));
      active = -1;
      list.hidden = !results.length;
      input.setAttribute("aria-expanded", String(Boolean(results.length)));
      const many = results.length > 1 ? "s" : "";
      status.textContent = results.length ? `${results.length} page${many} proposée${many}.` : "";
    };
    const ask = async () => {
      const typed = input.value.trimStart();
      if (asked) asked.abort();
      if (typed.trim().length < 2) return close();
      asked = new AbortController();
      try {
        const answer = await fetch(`${bar.dataset.suggest}?q=${encodeURIComponent(typed)}`, { signal: asked.signal });
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
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close();
      if (list.hidden) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        move(event.key === "ArrowDown" ? active + 1 : active < 0 ? -1 : active - 1);
      } else if (event.key === "Enter" && active >= 0) {
        event.preventDefault();
        window.location.assign(list.children[active].dataset.url);
      }
    });
    input.addEventListener("blur", close);
  });
})();
