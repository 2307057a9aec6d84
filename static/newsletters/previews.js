// Previews of the letter: refreshed while one types, two side by side where there is room, each saying what it stands for.
(() => {
  "use strict";
  const EVERY = 150; // what is typed is compared this often; two that are alike: the keyboard rests
  const AT_MOST = 600; // somebody who never rests sees it all the same
  const KEPT = "letter:beside";
  const ROOM = window.matchMedia("(min-width: 1280px)");

  const panel = () => document.querySelector("[data-controller~='w-preview']");
  const form = () => document.querySelector("[data-edit-form]");

  // --- while one types --------------------------------------------------------------------------------
  // Wagtail waits for two seconds of rest; what it would then show again is not asked for twice.
  let shown = "";
  let before = "";
  let since = 0;

  document.addEventListener("w-preview:update", (event) => {
    if (!notes) return;
    const now = window.letter.typed(form());
    if (now === shown) event.preventDefault();
    shown = now;
  });
  document.addEventListener("w-preview:error", () => {
    shown = "";
  });

  const look = () => {
    if (document.hidden || panel().parentElement.hidden) return;
    const now = window.letter.typed(form());
    if (now === shown) {
      since = 0;
    } else {
      since ||= Date.now();
      if (now === before || Date.now() - since >= AT_MOST) {
        since = 0;
        refresh();
      }
    }
    before = now;
  };
  const refresh = () => window.wagtail.app.getControllerForElementAndIdentifier(panel(), "w-preview")?.setPreviewData();

  // --- what each stands for ---------------------------------------------------------------------------
  let notes = null; // by mode: what it simulates, and what it cannot

  const explain = (within, mode) => {
    within.querySelector("[data-letter-caption]").textContent = notes[mode] || "";
  };

  // --- the second -------------------------------------------------------------------------------------
  let beside = null;
  let loading = null;

  const kept = () => {
    try {
      return JSON.parse(localStorage.getItem(KEPT)) || {};
    } catch {
      return {};
    }
  };
  const keep = () => {
    try {
      localStorage.setItem(KEPT, JSON.stringify({ mode: mode().value, size: size()?.value }));
    } catch {
      // Private windows keep nothing.
    }
  };
  const mode = () => beside.querySelector("select");
  const size = () => beside.querySelector("input:checked");

  const build = () => {
    beside = document.querySelector("template[data-letter-beside]").content.firstElementChild.cloneNode(true);
    panel().insertAdjacentElement("afterend", beside);
    const { mode: chosen = "email", size: device = "desktop" } = kept();
    mode().value = chosen;
    if (mode().selectedIndex < 0) mode().value = "";
    const sizes = [...beside.querySelectorAll("input")];
    (sizes.find((one) => one.value === device) || sizes[0]).checked = true;
    mode().addEventListener("change", () => {
      keep();
      arrange();
    });
    sizes.forEach((one) =>
      one.addEventListener("change", () => {
        keep();
        measure();
      }),
    );
    new ResizeObserver(measure).observe(beside);
    ROOM.addEventListener("change", arrange);
    arrange();
  };

  const arrange = () => {
    beside.classList.toggle("letter-beside--none", !mode().value);
    explain(beside, mode().value);
    measure();
    if (panel().querySelector("iframe[src]")) load();
  };

  const measure = () => {
    reserve();
    beside.style.setProperty("--preview-device-width", size().dataset.deviceWidth);
    beside.style.setProperty("--preview-panel-width", beside.clientWidth);
    beside.querySelectorAll(".w-preview__size-button").forEach((label) => {
      label.classList.toggle("w-preview__size-button--selected", label.contains(size()));
    });
  };

  // Two need a wider panel than Wagtail opens: the form leaves it the room.
  const reserve = () => {
    const side = beside.closest("[data-form-side]");
    const root = document.documentElement.style;
    if (!side || side.classList.contains("form-side--initial") || !beside.clientWidth || !ROOM.matches) return;
    const width = side.offsetWidth;
    if ((parseFloat(root.getPropertyValue("--side-panel-width")) || 0) < width) root.setProperty("--side-panel-width", `${width}px`);
  };

  // The new one takes the place of the old once it is drawn, where one was reading.
  const load = () => {
    loading?.remove();
    loading = null;
    const place = beside.querySelector(".w-preview__wrapper");
    if (!mode().value || !ROOM.matches) {
      place.replaceChildren();
      return;
    }
    const address = new URL(panel().dataset.wPreviewUrlValue, window.location.href);
    address.searchParams.set("mode", mode().value);
    address.searchParams.set("in_preview_panel", "true");
    const frame = document.createElement("iframe");
    frame.title = `À côté : ${mode().selectedOptions[0].textContent}`;
    frame.className = "w-preview__iframe w-preview__proxy";
    frame.src = address;
    frame.addEventListener("load", () => {
      if (frame !== loading) return;
      const old = place.querySelector("iframe:not(.w-preview__proxy)");
      if (old) {
        frame.contentWindow.scroll({ top: old.contentWindow.scrollY, behavior: "instant" });
        old.remove();
      }
      frame.classList.remove("w-preview__proxy");
      loading = null;
    });
    loading = frame;
    place.append(frame);
  };

  const start = () => {
    const told = document.getElementById("letter-previews");
    if (!told || !panel()) return;
    notes = JSON.parse(told.textContent);
    const first = document.getElementById("id_preview_mode");
    explain(panel(), first.value);
    // Before Wagtail asks: the same letter in another view is asked for.
    first.addEventListener(
      "change",
      () => {
        shown = "";
        explain(panel(), first.value);
      },
      { capture: true },
    );
    build();
    document.addEventListener("w-preview:load", load);
    setInterval(look, EVERY);
  };
  if (document.readyState === "complete") start();
  else window.addEventListener("load", start);
})();
