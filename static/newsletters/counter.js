// How long the subject and the preview line are, beside what mailboxes show of them.
(() => {
  const fields = { id_subject: 60, id_preheader: 130 };
  const start = () => {
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
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
