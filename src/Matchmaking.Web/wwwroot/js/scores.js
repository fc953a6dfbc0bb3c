// An expert's scores save themselves while he writes. The page works without this file; words come from data attributes and from the server.
const form = document.querySelector("form[data-scores]");
const status = form?.querySelector("[data-scores-status]");
const version = form?.querySelector("[name=Version]");
let timer = 0;
let dirty = false;
let stopped = false;
let saving = null;

const tell = (state, words) => {
  status.dataset.state = state;
  status.textContent = words;
};

const save = async keepalive => {
  if (stopped || !dirty) return;
  dirty = false;
  if (!keepalive) tell("saving", form.dataset.saving);
  try {
    const response = await fetch(`${location.pathname}?handler=Autosave`, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual", keepalive });
    if (response.type === "opaqueredirect") {
      stopped = true;
      tell("expired", form.dataset.expired);
      return;
    }
    const answer = await response.json();
    if (answer.state === "saved") {
      // Every form of the page tells the same version.
      for (const field of document.querySelectorAll("[name=Version]")) field.value = answer.version;
    } else if (answer.state !== "unreadable") {
      stopped = true;
    }
    tell(answer.state, answer.message);
  } catch (failed) {
    console.info(failed.name);
    dirty = true;
    tell("offline", form.dataset.offline);
  }
};

// One after the other: the second would be told that the first was faster.
const saveNext = keepalive => {
  saving = (saving ?? Promise.resolve()).then(() => save(keepalive));
  return saving;
};

if (form && version) {
  form.addEventListener("input", () => {
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(() => saveNext(false), 1200);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden") return;
    clearTimeout(timer);
    saveNext(true);
  });
  for (const each of document.querySelectorAll("main form")) {
    each.addEventListener("submit", event => {
      clearTimeout(timer);
      if (!saving || stopped) return;
      // A save that is under way changes the version that this form carries.
      event.preventDefault();
      const button = event.submitter;
      saving.then(() => {
        stopped = true;
        each.requestSubmit(button);
      });
    });
  }
}
