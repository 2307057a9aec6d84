// What is pasted into a rich text keeps its headings, its lists and its links, and nothing else: word processors and web
// pages bring styles, classes, marks and boxes that are not the text's. The page it came from is read as they write it:
// Word draws a list as paragraphs that bear a mark, a document on line puts everything into one bold that is not bold.
(() => {
  "use strict";

  const SILENT = new Set(["SCRIPT", "STYLE", "TEMPLATE", "NOSCRIPT", "HEAD", "TITLE", "META", "LINK", "XML", "SVG", "MATH", "IMG", "PICTURE", "VIDEO", "AUDIO", "IFRAME", "OBJECT", "CANVAS", "BUTTON", "INPUT", "SELECT", "TEXTAREA"]);
  const BLOCKS = new Set(["P", "DIV", "SECTION", "ARTICLE", "ASIDE", "HEADER", "FOOTER", "MAIN", "NAV", "ADDRESS", "BLOCKQUOTE", "PRE", "FIGURE", "FIGCAPTION", "TABLE", "TR", "TD", "TH", "CAPTION", "DL", "DT", "DD", "BR", "HR", "DETAILS", "SUMMARY", "FORM", "FIELDSET", "LEGEND"]);
  const DEEPEST = 4;

  const escape = (text) => text.replace(/[&<>"]/g, (one) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[one]);
  const style = (element) => element.getAttribute("style") || "";

  // Where a link leads; nothing for what is no address, or leads within the document it came from.
  const address = (element) => {
    const href = (element.getAttribute("href") || "").trim();
    if (!/^(https?:\/\/|mailto:|tel:)\S+$/i.test(href)) return "";
    try {
      const url = new URL(href);
      const real = /(^|\.)google\.[a-z.]+$/.test(url.hostname) && url.pathname === "/url" ? url.searchParams.get("q") : "";
      return /^https?:\/\//i.test(real) ? real : href;
    } catch {
      return "";
    }
  };

  // From 1; 0 for what is no heading. Word on line and others say it by a role, Word's title by a class.
  const level = (element) => {
    const named = /^H([1-6])$/.exec(element.tagName);
    if (named) return Number(named[1]);
    if (element.getAttribute("role") === "heading") return Number(element.getAttribute("aria-level")) || 2;
    if (/^MsoTitle/.test(element.className)) return 1;
    return 0;
  };

  // An item of Word: a paragraph that says of which list, how deep, and writes its own mark.
  const item = (element) => {
    const said = /mso-list:\s*l\d+\s+level(\d+)/i.exec(style(element));
    if (!said || element.tagName !== "P") return null;
    const mark = [...element.querySelectorAll("[style]")].find((one) => /mso-list:\s*ignore/i.test(style(one)));
    const kind = mark && /^[\s\u00a0]*\(?([0-9]{1,3}|[a-z]|[ivxl]+)[.)]/i.test(mark.textContent) && mark.textContent.trim() !== "o" ? "ol" : "ul";
    mark?.remove();
    return { list: kind, depth: Math.min(Number(said[1]), DEEPEST) };
  };

  const hidden = (element) => element.hidden || /display:\s*none|mso-hide:\s*all|mso-element:\s*(comment|footnote)-list/i.test(style(element)) || element.getAttribute("aria-hidden") === "true";

  // The document as a list of blocks {kind: p, h or li, level, list, runs: [{text, url}]}.
  const read = (html) => {
    const body = new DOMParser().parseFromString(html, "text/html").body;
    const items = new Map([...body.querySelectorAll("p[style]")].map((one) => [one, item(one)]).filter(([, told]) => told));
    const blocks = [];
    let now = null;
    const close = () => {
      if (now && now.runs.some((run) => run.text.trim())) blocks.push(now);
      now = null;
    };
    const write = (text, url, told) => {
      const words = text.replace(/[ \t\r\n\f]+/g, " ");
      if (!words || (!now && !words.trim())) return;
      now ||= { ...told, runs: [] };
      const last = now.runs.at(-1);
      if (last && last.url === url) last.text += words;
      else now.runs.push({ text: words, url });
    };
    const walk = (node, told, url) => {
      if (node.nodeType === Node.TEXT_NODE) return write(node.data, url, told);
      if (node.nodeType !== Node.ELEMENT_NODE) return undefined;
      const name = node.tagName.toUpperCase();
      if (SILENT.has(name) || hidden(node)) return undefined;
      const heading = level(node);
      const list = name === "UL" || name === "OL";
      let inside = told;
      if (heading) inside = { kind: "h", level: heading };
      else if (list) inside = { kind: "li", list: name.toLowerCase(), depth: Math.min((told.depth || 0) + 1, DEEPEST) };
      else if (items.has(node)) inside = { kind: "li", ...items.get(node) };
      if (name === "BR" && told.kind === "li") return write(" ", url, told);
      const breaks = heading || list || name === "LI" || BLOCKS.has(name);
      if (breaks) close();
      node.childNodes.forEach((child) => walk(child, inside, name === "A" ? address(node) || url : url));
      if (breaks) close();
      return undefined;
    };
    walk(body, { kind: "p" }, "");
    close();
    return blocks;
  };

  const line = (block) => {
    const runs = block.runs.map((run) => ({ ...run }));
    runs[0].text = runs[0].text.trimStart();
    runs.at(-1).text = runs.at(-1).text.trimEnd();
    return runs.map(({ text, url }) => (url && text.trim() ? `<a href="${escape(url)}">${escape(text)}</a>` : escape(text))).join("");
  };

  // `headings`: the levels that this text may hold, as ["h3", "h4"]; the first is given to what stands highest.
  const clean = (html, headings) => {
    const blocks = read(html);
    const levels = [...new Set(blocks.filter((block) => block.kind === "h").map((block) => block.level))].sort();
    const named = (block) => headings[Math.min(levels.indexOf(block.level), headings.length - 1)] || "p";
    const written = [];
    const open = [];
    const upTo = (depth) => {
      while (open.length > depth) written.push(`</li></${open.pop()}>`);
    };
    blocks.forEach((block) => {
      if (block.kind !== "li") {
        upTo(0);
        const tag = block.kind === "h" ? named(block) : "p";
        written.push(`<${tag}>${line(block)}</${tag}>`);
        return;
      }
      const depth = Math.min(block.depth, open.length + 1);
      upTo(depth);
      if (open.length === depth && open.at(-1) !== block.list) upTo(depth - 1);
      if (open.length === depth) written.push("</li>");
      else {
        written.push(`<${block.list}>`);
        open.push(block.list);
      }
      written.push(`<li>${line(block)}`);
    });
    upTo(0);
    return written.join("");
  };

  const TAGS = { "header-two": "h2", "header-three": "h3", "header-four": "h4", "header-five": "h5" };

  // Which levels of headings that text may hold: its field knows.
  const headingsOf = (within) => {
    for (let one = within; one; one = one.parentElement) {
      const input = [...one.querySelectorAll("input[type=hidden]")].find((field) => field.draftailEditor);
      if (input) return input.draftailEditor.props.blockTypes.map(({ type }) => TAGS[type]).filter(Boolean).sort();
    }
    return [];
  };

  document.addEventListener(
    "paste",
    (event) => {
      const within = event.isTrusted && event.target.closest?.(".Draftail-Editor");
      const html = within && event.clipboardData?.getData("text/html");
      // From one of our texts to another, the editor carries it itself.
      if (!html || html.includes("data-draftjs-conductor-fragment")) return;
      const cleaned = clean(html, headingsOf(within));
      const given = new DataTransfer();
      const text = event.clipboardData.getData("text/plain");
      given.setData("text/plain", text || new DOMParser().parseFromString(cleaned, "text/html").body.textContent);
      if (cleaned) given.setData("text/html", cleaned);
      event.preventDefault();
      event.stopImmediatePropagation();
      event.target.dispatchEvent(new ClipboardEvent("paste", { clipboardData: given, bubbles: true, cancelable: true }));
    },
    true,
  );
})();
