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
    if (now.total) part("bar").max = now.total;
    part("bar").value = now.settled;
    for (const [code, number] of Object.entries(now.counts)) {
      const cell = box.querySelector(`[data-letter-count="${code}"]`);
      if (cell) say(cell, String(number));
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
