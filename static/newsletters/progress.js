// Keeps the « Envoi » screen current. Without it the page reloads itself.
(() => {
  const box = document.querySelector("[data-letter-progress]");
  if (!box) return;
  const part = (name) => box.querySelector(`[data-letter="${name}"]`);
  const say = (element, text) => {
    if (element.textContent.trim() !== text) element.textContent = text;
  };
  const show = (now) => {
    say(part("sentence"), now.sentence);
    say(part("waiting"), now.waiting);
    part("waiting").hidden = !now.waiting;
    const bar = part("bar");
    if (bar && now.total) bar.max = now.total;
    if (bar) bar.value = now.settled;
    for (const [code, number] of Object.entries(now.counts)) {
      const cell = box.querySelector(`[data-letter-count="${code}"]`);
      if (cell) say(cell, number.toLocaleString("fr-FR"));
    }
  };
  const look = async () => {
    try {
      const answer = await fetch(box.dataset.letterProgress, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.status);
      const now = await answer.json();
      // Other buttons belong to another state: the server draws them.
      if (now.state !== box.dataset.state) return window.location.reload();
      show(now);
      if (!now.moving) return;
    } catch {
      // The network came and went: try again.
    }
    setTimeout(look, document.hidden ? 10000 : 2000);
  };
  setTimeout(look, 1000);
})();

// The countdown before a send: told by the server, ticked here. What ticks is silent; beside it, each minute is said aloud.
(() => {
  const box = document.querySelector("[data-letter-countdown]");
  if (!box) return;
  const end = performance.now() + Number(box.dataset.letterCountdown) * 1000;
  const aloud = document.querySelector("[data-letter-countdown-aloud]");
  const tell = (left) => {
    const minutes = Math.ceil(left / 60);
    const text = left ? `Départ dans ${minutes} ${minutes > 1 ? "minutes" : "minute"}` : "La lettre part…";
    if (aloud.textContent !== text) aloud.textContent = text;
  };
  const tick = () => {
    const left = Math.max(0, Math.round((end - performance.now()) / 1000));
    const minutes = Math.floor(left / 60);
    const seconds = String(left % 60).padStart(2, "0");
    box.textContent = left ? `Départ dans ${minutes} min ${seconds} s` : "La lettre part…";
    tell(left);
    if (left) setTimeout(tick, 1000);
  };
  tick();
})();
