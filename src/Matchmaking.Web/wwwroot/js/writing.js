// Help while writing: checks the text and saves the draft while somebody types. The page works without this file; words come from data attributes.
const form = document.querySelector("#listing-form");
const panel = document.querySelector("[data-checker]");
const fill = (template, ...values) => template.replace(/\{(\d)\}/g, (_, i) => values[Number(i)]);
const later = (wait, act) => {
  let timer;
  const start = () => { clearTimeout(timer); timer = setTimeout(act, wait); };
  start.stop = () => clearTimeout(timer);
  return start;
};
const field = name => form.elements.namedItem(`Input.${name}`);
const value = name => field(name)?.value ?? "";

// ---- The checker ----
const rows = () => [...form.querySelectorAll("[data-row]")];
const draft = () => ({
  kind: panel.dataset.kind,
  title: value("Title"), summary: value("Summary"), description: value("Description"), workDone: value("WorkDone") || value("Evaluation"),
  keywords: value("Keywords").split(/[、，,；;\n\t]/).map(word => word.trim()).filter(word => word),
  // Rows without a value are not figures yet; they stay in the list, so that the places of the others are those of the form.
  quantities: rows().map((_, i) => ({ name: value(`Quantities[${i}].Name`), unit: value(`Quantities[${i}].Unit`), value: value(`Quantities[${i}].Value`) })),
  deadline: value("Deadline"), budget: value("Money"), anonymous: value("Disclosure") === "Anonymous",
});
const idOf = name => {
  if (name.startsWith("keywords")) return "Input_Keywords";
  const pascal = name.split(".").map(part => part[0].toUpperCase() + part.slice(1)).join(".");
  return `Input.${pascal}`.replace(/[.[\]]/g, "_");
};
const element = (tag, text, className) => {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
};
const warning = () => {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  for (const [path, width] of [["M8 2l7 12.5H1z", 1.8], ["M8 6.5v4M8 11.6v1.6", 1.8]]) {
    const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
    line.setAttribute("d", path);
    line.setAttribute("fill", "none");
    line.setAttribute("stroke", "currentColor");
    line.setAttribute("stroke-width", String(width));
    svg.append(line);
  }
  return svg;
};
const excerpt = (finding, sent) => {
  const text = sent[finding.field];
  if (typeof text !== "string" || finding.length === 0) return null;
  const end = finding.start + finding.length;
  const line = element("p", null, "excerpt");
  line.append((finding.start > 14 ? "…" : "") + text.slice(Math.max(0, finding.start - 14), finding.start), element("mark", text.slice(finding.start, Math.min(end, finding.start + 40))),
    text.slice(end, end + 14) + (end + 14 < text.length ? "…" : ""));
  return line;
};
const item = (finding, sent) => {
  const blocks = finding.severity === "Blocks";
  const entry = element("li", null, blocks ? "bad" : "warn");
  const body = element("div");
  const head = element("p");
  head.append(element("b", finding.name), " ", element("span", blocks ? panel.dataset.blocks : panel.dataset.advice, "mark-kind"));
  const go = element("a", fill(panel.dataset.go, finding.label));
  go.href = `#${idOf(finding.field)}`;
  go.dataset.start = finding.start;
  go.dataset.length = finding.length;
  body.append(head, ...[excerpt(finding, sent)].filter(line => line), element("p", finding.reason), element("p", fill(panel.dataset.better, finding.better), "dim"), go);
  entry.append(warning(), body);
  return entry;
};

let asked = 0;
const check = async () => {
  const mine = ++asked;
  const sent = draft();
  const say = words => {
    const status = panel.querySelector("[data-checker-status]");
    // Said again only when it is something else: a reader must not hear the same count at each pause.
    if (status.textContent !== words) status.textContent = words;
  };
  try {
    const response = await fetch(panel.dataset.check, {
      method: "POST", headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ...sent, quantities: sent.quantities.map(row => row.value.trim() ? { name: row.name, unit: row.unit } : null).filter(row => row) }),
    });
    if (mine !== asked) return;
    if (!response.ok) { say(panel.dataset.away); return; }
    const answer = await response.json();
    if (mine !== asked) return;
    // Only rows with a value were sent: back to the rows of the form.
    const sentRows = sent.quantities.flatMap((row, i) => row.value.trim() ? [i] : []);
    for (const finding of answer.findings) finding.field = finding.field.replace(/^quantities\[(\d+)\]/, (_, i) => `quantities[${sentRows[Number(i)]}]`);
    panel.querySelector("[data-checker-list]").replaceChildren(...answer.findings.map(finding => item(finding, sent)));
    say(answer.findings.length === 0 ? panel.dataset.good : fill(panel.dataset.count, answer.findings.length));
    const bar = form.querySelector("[data-checkbar]");
    bar.firstElementChild.textContent = fill(bar.dataset.checkbar, answer.findings.length);
    field("Advised").value = answer.digest;
  } catch (failed) {
    // Offline: the check comes again with the next pause and, in any case, at submitting.
    console.info(failed.name);
    if (mine === asked) say(panel.dataset.away);
  }
};
panel?.addEventListener("click", event => {
  const link = event.target.closest("a[data-start]");
  const target = link && document.getElementById(link.hash.slice(1));
  if (!target) return;
  event.preventDefault();
  target.focus();
  target.scrollIntoView({ block: "center" });
  if (Number(link.dataset.length) > 0 && target.setSelectionRange) target.setSelectionRange(Number(link.dataset.start), Number(link.dataset.start) + Number(link.dataset.length));
});

// ---- Suggestions: buttons below an empty field, learned from published listings ----
const offer = (name, entries, choose) => {
  const control = field(name);
  const old = document.getElementById(`suggest-${name}`);
  old?.remove();
  if (!control || entries.length === 0) return;
  const line = element("p", null, "suggest");
  line.id = `suggest-${name}`;
  for (const entry of entries) {
    const button = element("button", entry.words, "btn btn--line btn--sm");
    button.type = "button";
    button.addEventListener("click", () => {
      choose(control, entry);
      button.remove();
      if (!line.querySelector("button")) line.remove();
      control.focus();
      control.dispatchEvent(new Event("input", { bubbles: true }));
    });
    line.append(button, " ");
  }
  control.after(line);
};
const suggest = async () => {
  const wanted = ["Field", "Industry", "Keywords"].filter(name => !value(name).trim());
  if (wanted.length === 0 || value("Title").length + value("Description").length < 12) return;
  try {
    const response = await fetch(form.dataset.suggest, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ title: value("Title"), summary: value("Summary"), description: value("Description") }),
    });
    if (!response.ok) return;
    const answer = await response.json();
    const code = entry => entry ? [{ value: entry.code, words: fill(form.dataset.suggestText, entry.name) }] : [];
    if (wanted.includes("Field")) offer("Field", code(answer.field), (control, entry) => { control.value = entry.value; });
    if (wanted.includes("Industry")) offer("Industry", code(answer.industry), (control, entry) => { control.value = entry.value; });
    if (wanted.includes("Keywords")) offer("Keywords", answer.keywords.map(word => ({ value: word, words: fill(form.dataset.suggestKeyword, word) })), (control, entry) => { control.value = control.value ? `${control.value}、${entry.value}` : entry.value; });
  } catch (failed) {
    // Only a comfort: without an answer the fields are filled by hand as before.
    console.info(failed.name);
  }
};

// ---- The draft saves itself ----
const status = form?.querySelector("[data-autosave-status]");
let stopped = form?.dataset.autosave !== "on";
let dirty = false;
let saving = null;
const tell = (state, words, href, link) => {
  status.dataset.state = state;
  status.textContent = words;
  if (href) {
    const go = element("a", link);
    go.href = href;
    status.append(" ", go);
  }
};
const save = async keepalive => {
  if (stopped || !dirty || saving || !value("Title").trim()) return;
  dirty = false;
  const body = new URLSearchParams([...new FormData(form)].filter(([, v]) => typeof v === "string"));
  if (!keepalive) tell("saving", form.dataset.saving);
  try {
    const response = await fetch(`${location.pathname}?handler=Autosave`, { method: "POST", body, redirect: "manual", keepalive });
    if (response.type === "opaqueredirect") {
      // The sign-in has expired. What was sent is kept for half an hour and comes back after signing in.
      stopped = true;
      tell("expired", form.dataset.expired, `/account/sign-in?return=${encodeURIComponent(location.pathname)}`, form.dataset.signIn);
      return;
    }
    const answer = response.headers.get("Content-Type")?.includes("json") ? await response.json() : { state: "offline" };
    if (answer.state === "saved") {
      field("Version").value = answer.version;
      // The form has no action: it is sent to the page's own address, which from now on is that of the draft.
      if (location.pathname !== answer.address) history.replaceState(null, "", answer.address);
      tell("saved", fill(form.dataset.saved, answer.at));
    } else if (answer.state === "newer") {
      stopped = true;
      tell("newer", fill(form.dataset.newer, answer.at), answer.address, form.dataset.open);
    } else if (answer.state === "closed") {
      stopped = true;
      tell("closed", form.dataset.closed, answer.address, form.dataset.open);
    } else if (answer.state === "unreadable") {
      dirty = true;
      tell("unreadable", fill(form.dataset.unreadable, answer.message));
    } else if (answer.state === "stale") {
      stopped = true;
      tell("stale", form.dataset.stale);
    } else if (answer.state !== "untitled") {
      dirty = true;
      tell("offline", form.dataset.offline);
    }
  } catch (failed) {
    console.info(failed.name);
    dirty = true;
    tell("offline", form.dataset.offline);
  }
};
const saveOnce = async keepalive => {
  if (saving) return;
  const running = save(keepalive);
  saving = running;
  try { await running; } finally { saving = null; }
};

if (form) {
  const checkLater = later(700, () => { if (panel) check(); });
  const saveLater = later(2500, () => { saveOnce(false); });
  const suggestLater = later(1500, () => { suggest(); });
  const changed = () => { dirty = true; checkLater(); saveLater(); suggestLater(); };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  // A closed tab or a phone put away: what is not saved yet goes out at once.
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") { saveLater.stop(); saveOnce(true); } });
  form.addEventListener("submit", event => {
    saveLater.stop();
    stopped = true;
    if (!saving) return;
    // A save on its way would make this form an older version than the stored one: wait for it, then send.
    event.preventDefault();
    const button = event.submitter;
    saving.finally(() => form.requestSubmit(button));
  });
  if (panel && value("Title")) check();
}
