/* Recounts a published ballot box in the reader's own browser. Without it, the page says how to do so with
   `tools/recount.py`, whose checks, order and words these are: change both, or neither. Nothing leaves the browser. */

const FORMAT = 1;
const GENESIS = "0".repeat(64);
const LONGEST_LINE = 4_000_000;
const BATCH = 500; // lines hashed side by side, between two looks at the screen
const HEX = /^[0-9a-f]{64}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;
const TIE_STEPS = ["ready", "departements", "draw"];
const STAKEHOLDER = 2;
// What may follow what.
const WHILE_OPEN = ["cast", "strike", "close", "cancel"];
const NEXT = new Map([
  ["", ["setup"]],
  ["setup", ["open"]],
  ["open", WHILE_OPEN],
  ["cast", WHILE_OPEN],
  ["strike", WHILE_OPEN],
  ["close", ["ballot", "result"]],
  ["ballot", ["ballot", "result"]],
  ["result", []],
  ["cancel", []],
]);
const FIELDS = {
  setup: [
    "closes_at", "electorate", "format", "grades", "ladder", "method", "opens_at", "options", "popular_from",
    "public_value_name", "roles", "rules", "title", "vote",
  ],
  open: [],
  cast: ["commitment", "departement", "elector"],
  strike: ["elector", "reason"],
  close: ["cast", "counted"],
  cancel: ["cast", "reason"],
  ballot: ["grades", "number", "roles", "salt"],
  result: ["ballots", "before_draw", "counts", "departements", "groups", "public_value", "ready", "seed"],
};

/* What is read is not what it should be; `line` counts from 1, 0 for the file as a whole. */
export class Wrong extends Error {
  constructor(line, why, file = "urne") {
    super(why);
    Object.assign(this, { line, file });
  }
}

// --- values and hashes -------------------------------------------------------------------------------

/* The one text of a value. Throws where there is none: a half of a character, a number that is not exact here. */
export function canonical(value) {
  if (typeof value === "string") {
    if (/\p{Surrogate}/u.test(value)) throw new RangeError("half of a character");
    return JSON.stringify(value);
  }
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) throw new RangeError("not an exact whole number");
    return String(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.keys(value).sort().map((name) => `${canonical(name)}:${canonical(value[name])}`);
  return `{${members.join(",")}}`;
}

const inHex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
const shaOfBytes = async (bytes) => inHex(await crypto.subtle.digest("SHA-256", bytes));
const sha = (text) => shaOfBytes(new TextEncoder().encode(text));
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/* The value of one line of bytes, which must be written in the one canonical way and ended by a line feed. */
function readCanonical(raw, number, file) {
  if (raw[raw.length - 1] !== 10 || raw.length > LONGEST_LINE) {
    throw new Wrong(number, "la ligne est tronquée ou trop longue", file);
  }
  let value;
  let same;
  try {
    const text = utf8.decode(raw.subarray(0, -1));
    value = JSON.parse(text);
    same = canonical(value) === text;
  } catch {
    throw new Wrong(number, "la ligne n’est pas du JSON lisible", file);
  }
  if (!same || !isObject(value)) throw new Wrong(number, "la ligne n’est pas écrite sous sa forme canonique", file);
  return value;
}

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value) => typeof value === "string";
const isWhole = (value) => Number.isSafeInteger(value) && value >= 0;
const isHex = (value) => isText(value) && HEX.test(value);
const isInstant = (value) => isText(value) && INSTANT.test(value);
const areTexts = (value) => Array.isArray(value) && value.length > 0 && value.every(isText);
const isRow = (value, length, below) =>
  Array.isArray(value) && value.length === length && value.every((one) => isWhole(one) && one < below);
const hasJust = (value, names) =>
  isObject(value) && Object.keys(value).length === names.length && names.every((name) => Object.hasOwn(value, name));

/* The lines of a stream of bytes, their line feed with them, some at a time. */
async function* batchesOf(stream) {
  const reader = stream.getReader();
  let rest = new Uint8Array(0);
  let batch = [];
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done || rest.length >= LONGEST_LINE) break;
      const bytes = new Uint8Array(rest.length + value.length);
      bytes.set(rest);
      bytes.set(value, rest.length);
      let start = 0;
      for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
        batch.push(bytes.subarray(start, end + 1));
        start = end + 1;
        if (batch.length === BATCH) {
          yield batch;
          batch = [];
        }
      }
      rest = bytes.subarray(start);
    }
    if (rest.length) batch.push(rest);
    if (batch.length) yield batch;
  } finally {
    reader.cancel().catch(() => {});
  }
}

// --- the box -----------------------------------------------------------------------------------------

/* Reads events one after the other; keeps what the count needs. */
class Box {
  height = -1;
  head = GENESIS;
  kind = "";
  at = "";
  heads = [];
  setup = null;
  close = null;
  result = null;
  cancelled = null;
  cast = new Map(); // number → { elector, departement, commitment }
  last = new Map(); // elector → number of its last ballot
  struck = new Set();
  opened = new Map(); // number → { grades, roles }
  closingHash = "";
  expected = []; // numbers still to be opened, the next one last
  sealed = []; // opened ballots whose hash is being made: { number, digest, commitment }

  async read(line, digest, number) {
    if (!isEventLine(line)) throw new Wrong(number, "la ligne n’est pas un événement de l’urne");
    const { event } = line;
    if (line.hash !== digest) {
      throw new Wrong(number, "l’empreinte ne correspond pas à l’événement : la ligne a été modifiée");
    }
    if (!hasJust(event, ["at", "body", "height", "kind", "parent"]) || !isObject(event.body)) {
      throw new Wrong(number, "la ligne n’est pas un événement de l’urne");
    }
    if (event.parent !== this.head) {
      throw new Wrong(number, "la chaîne est rompue : l’événement ne suit pas celui de la ligne précédente");
    }
    if (event.height !== this.height + 1) throw new Wrong(number, "la numérotation des événements est rompue");
    const { kind, body, at } = event;
    if (!NEXT.get(this.kind).includes(kind) || !hasJust(body, FIELDS[kind])) {
      throw new Wrong(number, "cet événement n’a pas sa place ici");
    }
    if (!isInstant(at) || at < this.at) throw new Wrong(number, "la date de l’événement n’est pas valable");
    Object.assign(this, { height: event.height, head: line.hash, kind, at });
    this.heads.push(this.head);
    await this[`_${kind}`](body, number);
  }

  _setup(body, number) {
    const { electorate, grades, ladder, options, roles } = body;
    const fine =
      body.format === FORMAT
      && ["majority_judgment", "approval"].includes(body.method)
      && areTexts(grades) && areTexts(options) && areTexts(roles)
      && grades.length >= 2 && grades.length <= 10 && options.length <= 200 && roles.length === 3
      && isWhole(body.popular_from) && body.popular_from < grades.length
      && Array.isArray(ladder) && ladder.every((one) => TIE_STEPS.includes(one))
      && new Set(ladder).size === ladder.length
      && (!ladder.includes("draw") || ladder[ladder.length - 1] === "draw")
      && [body.rules, body.title, body.vote, body.public_value_name].every(isText)
      && isInstant(body.opens_at) && isInstant(body.closes_at) && body.opens_at < body.closes_at
      && hasJust(electorate, ["count", "sha256"]) && isWhole(electorate.count) && isHex(electorate.sha256);
    if (!fine) throw new Wrong(number, "les règles du vote ne sont pas valables");
    this.setup = body;
  }

  _open(body, number) {
    if (this.at < this.setup.opens_at) throw new Wrong(number, "le vote a été ouvert avant la date annoncée");
  }

  get isInTime() {
    return this.setup.opens_at <= this.at && this.at < this.setup.closes_at;
  }

  _cast(body, number) {
    const { elector, departement, commitment } = body;
    if (!isText(elector) || !isText(departement) || !isHex(commitment)) {
      throw new Wrong(number, "le bulletin scellé n’est pas valable");
    }
    if (!this.isInTime) throw new Wrong(number, "un bulletin a été déposé hors des dates du vote");
    if (this.struck.has(elector)) throw new Wrong(number, "un électeur radié a déposé un bulletin");
    this.cast.set(this.height, { elector, departement, commitment });
    this.last.set(elector, this.height);
  }

  _strike({ elector, reason }, number) {
    if (!isText(elector) || !isText(reason) || !reason) throw new Wrong(number, "la radiation n’est pas valable");
    if (this.struck.has(elector)) throw new Wrong(number, "cet électeur était déjà radié");
    this.struck.add(elector);
  }

  _close(body, number) {
    if (this.at < this.setup.closes_at) throw new Wrong(number, "le vote a été clos avant la date annoncée");
    if (body.cast !== this.cast.size) throw new Wrong(number, "le nombre de bulletins déposés est faux");
    const counted = [...this.last].filter(([elector]) => !this.struck.has(elector)).map(([, place]) => place);
    if (body.counted !== counted.length) throw new Wrong(number, "le nombre de bulletins comptés est faux");
    this.expected = counted.sort((one, other) => other - one);
    this.close = body;
    this.closingHash = this.head;
  }

  _cancel(body, number) {
    if (!isText(body.reason) || !body.reason) throw new Wrong(number, "l’annulation ne donne pas de motif");
    if (!this.isInTime) throw new Wrong(number, "le vote a été annulé hors de ses dates");
    if (body.cast !== this.cast.size) throw new Wrong(number, "le nombre de bulletins déposés est faux");
    this.cancelled = body;
  }

  _ballot({ grades, roles, salt, number: place }, number) {
    const options = this.setup.options.length;
    if (!isRow(grades, options, this.setup.grades.length) || !isRow(roles, options, 3)) {
      throw new Wrong(number, "le bulletin ouvert ne se prononce pas sur chaque proposition");
    }
    if (!isWhole(place) || place !== this.expected.pop()) {
      throw new Wrong(
        number, "ce bulletin n’est pas celui qui devait être ouvert (le dernier de chaque électeur)",
      );
    }
    if (!isHex(salt)) throw new Wrong(number, "le sel du bulletin n’est pas valable");
    const { elector, commitment } = this.cast.get(place);
    const digest = sha(canonical({ elector, grades, number: place, roles, salt }));
    this.sealed.push({ number, digest, commitment });
    this.opened.set(place, { grades, roles });
  }

  /* Waits for the hashes of the opened ballots; the first that is not the one that was sealed is named. */
  async compareSeals() {
    const waiting = this.sealed;
    this.sealed = [];
    for (const { number, digest, commitment } of waiting) {
      if ((await digest) !== commitment) {
        throw new Wrong(number, "le bulletin ouvert n’est pas celui qui avait été scellé");
      }
    }
  }

  async _result(body, number) {
    await this.compareSeals();
    if (this.expected.length) throw new Wrong(number, "des bulletins à compter n’ont pas été ouverts");
    if (!isText(body.public_value)) throw new Wrong(number, "la valeur publique du tirage n’est pas valable");
    const found = await this.count(body.public_value);
    for (const name of Object.keys(found).sort()) {
      const right = canonical(found[name]);
      if (canonical(body[name]) !== right) {
        throw new Wrong(number, `le résultat publié est faux (${name}) : ${right} au recompte`);
      }
    }
    this.result = body;
  }

  /* The body that the result event must have. */
  async count(publicValue) {
    const { grades: scale, ladder, method, options } = this.setup;
    const highest = scale.length - 1;
    const counts = options.map(() => scale.map(() => 0));
    const ready = options.map(() => 0);
    const places = options.map(() => new Set());
    for (const [number, { grades, roles }] of this.opened) {
      const { departement } = this.cast.get(number);
      grades.forEach((grade, option) => {
        counts[option][grade] += 1;
        if (roles[option] === STAKEHOLDER) ready[option] += 1;
        if (grade === highest && departement) places[option].add(departement);
      });
    }
    const departements = places.map((one) => one.size);
    let groups = [options.map((_, option) => option)];
    if (this.opened.size) {
      groups = split(groups, counts.map(method === "majority_judgment" ? worth : approvals));
      const values = { ready, departements };
      for (const step of ladder) {
        if (step !== "draw") groups = split(groups, values[step].map((value) => [value]));
      }
    }
    const before = groups;
    let seed = "";
    if (ladder.includes("draw") && publicValue && this.opened.size && groups.some((group) => group.length > 1)) {
      seed = await sha(`${this.closingHash}\n${publicValue}`);
      const lots = await Promise.all(options.map((_, option) => sha(`${seed}\n${option + 1}`)));
      const byLot = (one, other) => (lots[one] < lots[other] ? -1 : 1);
      groups = groups.flatMap((group) => [...group].sort(byLot).map((option) => [option]));
    }
    const numbered = (all) => all.map((group) => group.map((option) => option + 1));
    return {
      ballots: this.opened.size, counts, ready, departements,
      before_draw: numbered(before), groups: numbered(groups), seed,
    };
  }
}

const isEventLine = (line) => hasJust(line, ["event", "hash"]) && isObject(line.event);
const approvals = (counts) => [counts[counts.length - 1]];

/* Majority value: the lower median, taken out again and again. Greater is better. */
export function worth(counts) {
  const left = [...counts];
  const value = [];
  for (let total = left.reduce((sum, one) => sum + one, 0); total; total -= 1) {
    let rank = Math.floor((total - 1) / 2);
    let grade = 0;
    while (rank >= left[grade]) {
      rank -= left[grade];
      grade += 1;
    }
    left[grade] -= 1;
    value.push(grade);
  }
  return value;
}

/* Negative, zero or positive: two rows of numbers, the first difference decides, then the longer. */
function compared(one, other) {
  const at = one.findIndex((value, place) => value !== other[place]);
  if (at < 0) return one.length - other.length;
  return at < other.length ? one[at] - other[at] : 1;
}

/* Groups of options, each cut where the values differ, the greatest first; level ones keep their order. */
export function split(groups, values) {
  return groups.flatMap((group) => {
    const levels = [];
    for (const option of [...group].sort((one, other) => compared(values[other], values[one]))) {
      const level = levels[levels.length - 1];
      if (level && compared(values[level[0]], values[option]) === 0) level.push(option);
      else levels.push([option]);
    }
    return levels;
  });
}

/* Every check on a box that arrives as a stream of bytes; `told(box)` after each batch, the one that fails too. Throws `Wrong`. */
export async function readBox(stream, told = () => {}) {
  const box = new Box();
  let number = 0;
  let shown = performance.now();
  for await (const batch of batchesOf(stream)) {
    const read = batch.map((raw, place) => {
      try {
        const line = readCanonical(raw, number + place + 1);
        return { line, digest: isEventLine(line) ? sha(canonical(line.event)) : "" };
      } catch (error) {
        return { error };
      }
    });
    try {
      for (const { line, digest, error } of read) {
        number += 1;
        if (error) throw error;
        await box.read(line, await digest, number);
      }
    } finally {
      try {
        await box.compareSeals(); // a ballot above what has just failed is the one to name
      } finally {
        told(box);
      }
    }
    if (performance.now() - shown > 50) {
      await new Promise((resume) => { setTimeout(resume); }); // the screen, and the button that stops
      shown = performance.now();
    }
  }
  if (box.cancelled) return box;
  if (!box.closingHash) {
    throw new Wrong(number, "l’urne s’arrête avant la clôture : il manque la suite du fichier");
  }
  if (box.result === null) {
    if (box.kind !== "close" && box.expected.length) {
      throw new Wrong(number, "des bulletins à compter n’ont pas été ouverts : il manque la suite du fichier");
    }
    box.pending = await box.count("");
    const level = box.pending.groups.some((group) => group.length > 1);
    if (!box.setup.ladder.includes("draw") || !level || !box.pending.ballots) {
      throw new Wrong(number, "le résultat manque : il manque la suite du fichier");
    }
  }
  return box;
}

/* The published list of electors (bytes) is the one the box was sealed with, and every voter is on it. */
export async function readElectorate(bytes, box) {
  const names = ["departement", "key", "kind", "label", "region"];
  const known = new Map();
  let number = 0;
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(10, start);
    const next = end < 0 ? bytes.length : end + 1;
    number += 1;
    const row = readCanonical(bytes.subarray(start, next), number, "liste des électeurs");
    if (!hasJust(row, names) || !areTexts(Object.values(row))) {
      throw new Wrong(number, "la ligne n’est pas un électeur", "liste des électeurs");
    }
    if (known.has(row.key)) throw new Wrong(number, "cet électeur figure deux fois dans la liste", "liste des électeurs");
    known.set(row.key, row.departement);
    start = next;
  }
  const { count, sha256 } = box.setup.electorate;
  if (number !== count || (await shaOfBytes(bytes)) !== sha256) {
    const why = "cette liste d’électeurs n’est pas celle que l’urne a scellée à l’ouverture";
    throw new Wrong(0, why, "liste des électeurs");
  }
  for (const [height, { elector, departement }] of box.cast) {
    if (known.get(elector) !== departement) {
      throw new Wrong(height + 1, "ce bulletin de l’urne n’est pas celui d’un électeur de la liste");
    }
  }
}

export function checkHead(box, height, head) {
  if (box.heads[height] !== head) {
    throw new Wrong(height + 1, "la tête reçue n’est pas celle de cette urne : l’urne a été réécrite depuis");
  }
}

export function checkReceipt(box, number, commitment) {
  if (box.cast.get(number)?.commitment !== commitment) {
    throw new Wrong(0, `le reçu n° ${number} ne correspond à aucun bulletin de cette urne`);
  }
  if (box.cancelled) {
    return "ce bulletin est dans l’urne, scellé ; le vote a été annulé, il n’a été ni ouvert ni compté";
  }
  return box.opened.has(number)
    ? "ce bulletin a été compté"
    : "ce bulletin est dans l’urne, mais n’a pas été compté";
}

// --- what the page says ------------------------------------------------------------------------------

const written = (number) => number.toLocaleString("fr-FR");
const counted = (number, one, many = `${one}s`) => `${written(number)} ${Math.abs(number) < 2 ? one : many}`;
const METHODS = { majority_judgment: "jugement majoritaire", approval: "approbation" };

/* Sentences for what has been verified of a box so far; one that was read whole has them all. */
function verified(box) {
  const said = [];
  const { setup, close, cancelled } = box;
  if (!setup) return said;
  const options = counted(setup.options.length, "proposition");
  said.push(`Les règles sont scellées à la ligne 1 : ${METHODS[setup.method]}, ${options}.`);
  const end = cancelled ? box.height : box.heads.indexOf(box.closingHash);
  if (!cancelled && !close) return said;
  said.push(
    `La chaîne est entière jusqu’à ${cancelled ? "l’annulation" : "la clôture"} : ${counted(end + 1, "ligne")}, `
    + "chacune porte l’empreinte de la précédente.",
  );
  const gone = counted(box.struck.size, "radiation");
  if (cancelled) {
    said.push(`Bulletins déposés, restés scellés : ${written(cancelled.cast)} ; ${gone}.`);
    return said;
  }
  said.push(
    `Bulletins déposés : ${written(close.cast)} ; à compter : ${written(close.counted)}, `
    + `un seul par électeur, le dernier ; ${gone}.`,
  );
  if (!box.result && !box.pending) return said;
  said.push(`Bulletins ouverts : ${written(box.opened.size)}, tous tels qu’ils avaient été scellés.`);
  const { groups } = box.result ?? box.pending;
  const ranks = ranked(groups).map(({ option, place, level }) => {
    const tie = level ? " (ex aequo)" : "";
    return `${place}. ${setup.options[option - 1]}${tie}`;
  });
  said.push(
    box.result
      ? `Le dépouillement, refait selon la règle, donne le résultat inscrit dans l’urne : ${ranks.join(" ; ")}.`
      : `Le dépouillement est refait : ${ranks.join(" ; ")}. Le tirage attend sa valeur publique : `
        + `${setup.public_value_name}.`,
  );
  return said;
}

/* One { option, place, level } for each option, the first first. */
function ranked(groups) {
  let place = 1;
  return groups.flatMap((group) => {
    const rows = group.map((option) => ({ option, place, level: group.length > 1 }));
    place += group.length;
    return rows;
  });
}

/* The page shows the ranking and the numbers of this box. */
function comparePage(box) {
  const found = box.result ?? box.pending;
  const shown = new Map(
    [...document.querySelectorAll("[data-option]")].map((row) => [Number(row.dataset.option), row.dataset]),
  );
  if (found.ballots === 0 && shown.size === 0) return;
  for (const { option, place } of ranked(found.groups)) {
    const row = shown.get(option);
    if (!row || Number(row.place) !== place || row.counts !== found.counts[option - 1].join(",")) {
      const title = box.setup.options[option - 1];
      throw new Wrong(box.height + 1, `cette page n’affiche pas le résultat de l’urne pour « ${title} »`);
    }
  }
}

class Unreachable extends Error {}

async function download(address, signal) {
  let answer;
  try {
    answer = await fetch(address, { signal, cache: "no-store", credentials: "omit" });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Unreachable();
  }
  if (!answer.ok) throw new Unreachable();
  return answer;
}

function failure(error) {
  if (error instanceof Wrong) {
    return `${error.file}${error.line ? `, ligne ${written(error.line)}` : ""} : ${error.message}`;
  }
  if (error.name === "AbortError") return "recomptage arrêté à votre demande";
  return "le fichier n’a pas pu être reçu jusqu’au bout ; vérifiez votre connexion, puis recommencez";
}

function enhance(root) {
  const part = (name) => root.querySelector(`[data-recount-${name}]`);
  const { box: boxAddress, electorate, head, height } = root.dataset;
  const [start, stop, progress, bar, lines] = ["start", "stop", "progress", "bar", "lines"].map(part);
  const [steps, verdict, form, answer] = ["steps", "verdict", "receipt", "answer"].map(part);
  let running = null;
  let box = null;

  root.hidden = false;
  if (!globalThis.crypto?.subtle) {
    start.hidden = true;
    form.hidden = true;
    verdict.textContent = "Votre navigateur ne sait pas calculer d’empreintes sur cette page : "
      + "recomptez avec le programme, comme il est dit plus bas.";
    return;
  }

  const step = (isDone, text) => {
    const item = document.createElement("li");
    const state = document.createElement("strong");
    item.className = isDone ? "tec-recount__done" : "tec-recount__failed";
    state.textContent = isDone ? "Fait" : "Échec";
    item.append(state, ` – ${text}`);
    steps.append(item);
  };
  const conclude = (isRight, text) => {
    verdict.className = `fr-alert fr-alert--sm fr-alert--${isRight ? "success" : "error"}`;
    const sentence = document.createElement("p");
    sentence.textContent = text;
    verdict.replaceChildren(sentence);
  };

  async function verify(signal) {
    let said = 0;
    const told = (read) => {
      bar.value = read.height + 1;
      lines.textContent = `${written(read.height + 1)} lignes relues sur ${written(Number(height) + 1)}`;
      const all = verified(read);
      all.slice(said).forEach((text) => step(true, text));
      said = all.length;
    };
    const read = await readBox((await download(boxAddress, signal)).body, told);
    told(read);
    checkHead(read, Number(height), head);
    if (read.height !== Number(height)) throw new Wrong(Number(height) + 2, "l’urne continue après la tête affichée : rechargez cette page");
    step(true, "La tête affichée sur cette page est bien celle de l’urne.");
    const list = await (await download(electorate, signal)).arrayBuffer();
    await readElectorate(new Uint8Array(list), read);
    const electors = counted(read.setup.electorate.count, "électeur inscrit", "électeurs inscrits");
    step(true, `La liste des électeurs est celle que l’urne a scellée : ${electors} ; chaque bulletin vient de l’un d’eux.`);
    if (!read.cancelled) {
      comparePage(read);
      step(true, "Cette page affiche le classement et les nombres de l’urne.");
    }
    return read;
  }

  async function recount() {
    running = new AbortController();
    box = null;
    steps.replaceChildren();
    verdict.replaceChildren();
    verdict.className = "";
    bar.max = Number(height) + 1;
    bar.value = 0;
    lines.textContent = "";
    progress.hidden = false;
    start.setAttribute("aria-disabled", "true");
    try {
      box = await verify(running.signal);
      conclude(true, box.cancelled
        ? "Conforme : l’urne de ce vote annulé est intacte ; aucun bulletin n’a été ouvert."
        : "Conforme : l’urne, les bulletins et le résultat concordent.");
    } catch (error) {
      step(false, `${failure(error)}.`);
      if (error instanceof Wrong) conclude(false, "Faux : ce qui est publié ne concorde pas. Gardez l’urne, et écrivez-nous.");
      else conclude(false, "Le recomptage n’a pas abouti : il ne dit rien de l’urne.");
    } finally {
      if (document.activeElement === stop) start.focus();
      progress.hidden = true;
      start.removeAttribute("aria-disabled");
      running = null;
    }
  }

  start.addEventListener("click", () => {
    if (!running) recount();
  });
  stop.addEventListener("click", () => running?.abort());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (running) return;
    const number = form.elements.numero.value.replace(/\s/g, "");
    const commitment = form.elements.empreinte.value.replace(/\s/g, "").toLowerCase();
    answer.textContent = "";
    const isNumber = /^\d{1,11}$/.test(number);
    form.elements.numero.setAttribute("aria-invalid", String(!isNumber));
    form.elements.empreinte.setAttribute("aria-invalid", String(!HEX.test(commitment)));
    if (!isNumber || !HEX.test(commitment)) {
      answer.textContent = isNumber
        ? "Une empreinte compte 64 caractères : des chiffres, et des lettres de a à f."
        : "Le numéro du reçu s’écrit en chiffres.";
      (isNumber ? form.elements.empreinte : form.elements.numero).focus();
      return;
    }
    if (!box) await recount();
    if (!box) {
      answer.textContent = "Le recomptage a échoué : ce reçu ne peut pas être cherché dans cette urne.";
      return;
    }
    try {
      answer.textContent = `Reçu n° ${number} : ${checkReceipt(box, Number(number), commitment)}.`;
    } catch (error) {
      answer.textContent = `Échec : ${error.message}.`;
    }
  });
}

document.querySelectorAll("[data-recount]").forEach(enhance);
