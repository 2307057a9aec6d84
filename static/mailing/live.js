// Keeps the page of a send, or of the state of the site, current. Without it, the link « Actualiser » does.
(() => {
  const box = document.querySelector("[data-mail-live]");
  if (!box) return;
  const look = async () => {
    try {
      const answer = await fetch(box.dataset.mailLive, { headers: { Accept: "text/html" } });
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = page.querySelector("[data-mail-state]");
      const before = box.querySelector("[data-mail-state]");
      // Other buttons belong to another state: the server draws them.
      if (!now || now.dataset.mailState !== before.dataset.mailState) return window.location.reload();
      before.replaceWith(now);
      if (now.dataset.mailMoving !== "true") return;
    } catch {
      // The network came and went: try again.
    }
    setTimeout(look, document.hidden ? 15000 : 3000);
  };
  setTimeout(look, 3000);
})();
