// What is typed in the form of a letter, as one text: two that are alike say the same letter.
window.letter = {
  typed(form) {
    const data = new FormData(form);
    // A token says nothing of the letter; saving changes what follows.
    ["csrfmiddlewaretoken", "loaded_revision_id", "loaded_revision_created_at", "overwrite_revision_id"].forEach((name) => data.delete(name));
    return new URLSearchParams(data).toString();
  },
};
