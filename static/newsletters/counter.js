// How long the subject and the preview line are, and what lists of messages show of them.
(() => {
  const fields = { id_subject: 60, id_preheader: 130 };
  const START = "(ici, le début du message)"; // what mailboxes show for want of a preview line

  const count = () => {
    for (const [id, most] of Object.entries(fields)) {
      const input = document.getElementById(id);
      if (!input || document.getElementById(`${id}_count`)) continue;
      const count = document.createElement("p");
      count.id = `${id}_count`;
      count.className = "help";
      input.insertAdjacentElement("afterend", count);
      const show = () => {
        const length = input.value.length;
        count.textContent = `${length} caractère${length > 1 ? "s" : ""} sur ${most}`;
        count.style.fontWeight = length > most ? "700" : "";
      };
      input.addEventListener("input", show);
      show();
    }
  };

  const cut = (text, most) => {
    const letters = [...text.trim()];
    return letters.length > most ? `${letters.slice(0, Math.max(most - 1, 0)).join("").trimEnd()}…` : letters.join("");
  };

  const lists = () => {
    const box = document.querySelector("[data-letter-lists]");
    const [title, subject, preheader] = ["id_title", "id_subject", "id_preheader"].map((id) => document.getElementById(id));
    if (!box || !title || !subject || !preheader) return;
    const show = () => {
      const said = { subject: subject.value.trim() || title.value, preheader: preheader.value.trim() || START };
      box.querySelectorAll("[data-subject]").forEach((line) => {
        for (const name of Object.keys(said)) {
          const most = Number(line.dataset[name]);
          line.querySelector(`[data-letter-shown="${name}"]`).textContent = most ? cut(said[name], most) : "";
        }
      });
    };
    [title, subject, preheader].forEach((input) => input.addEventListener("input", show));
    box.hidden = false;
    show();
  };

  const start = () => {
    count();
    lists();
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
