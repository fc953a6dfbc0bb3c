// Progressive enhancement only: every page works without this file. Words come from data attributes, written by the server.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");
  const fill = (template, ...values) => template.replace(/\{(\d)\}/g, (_, i) => values[Number(i)]);
  const typing = element => element instanceof HTMLElement
    && (element.isContentEditable || element.matches("textarea, select, input:not([type=radio], [type=checkbox], [type=button], [type=submit])"));

  // The error summary takes the focus, so that it is read first.
  document.querySelector("[data-error-summary]")?.focus();

  // How much is written: <p data-count-of="id" data-count-text="已写{0}字，最多{1}字" data-count-max="60">
  for (const line of document.querySelectorAll("[data-count-of]")) {
    const control = document.getElementById(line.dataset.countOf);
    if (!control) continue;
    control.addEventListener("input", () => {
      line.textContent = fill(line.dataset.countText, control.value.length.toLocaleString(root.lang), Number(line.dataset.countMax).toLocaleString(root.lang));
    });
  }

  // A form is sent once. The button is only marked: a disabled one would not be sent along.
  document.addEventListener("submit", event => {
    const form = event.target;
    if (event.defaultPrevented || form.getAttribute("method")?.toLowerCase() !== "post" || "repeat" in form.dataset) return;
    if ("sent" in form.dataset) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "";
    event.submitter?.setAttribute("aria-disabled", "true");
  });
  addEventListener("pageshow", event => {
    if (!event.persisted) return;
    for (const form of document.querySelectorAll("form[data-sent]")) {
      delete form.dataset.sent;
      for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
    }
  });

  // Rows of quantities. <div data-rows="Input.Quantities" data-max="50"> holds [data-row]s and a <template data-row-template>;
  // [data-add-row] and [data-remove-row] are submit buttons, which the server answers when there is no script.
  for (const list of document.querySelectorAll("[data-rows]")) {
    const scope = list.closest("fieldset, form") ?? document;
    const prefix = list.dataset.rows;
    const inName = new RegExp(`^(${prefix.replace(/[.[\]]/g, "\\$&")})\\[[^\\]]*\\]`);
    const inId = new RegExp(`(${prefix.replace(/[.[\]]/g, "_")})_(?:\\d+|n)__`, "g");
    const rows = () => [...list.querySelectorAll("[data-row]")];
    const add = scope.querySelector("[data-add-row]");

    const number = () => {
      rows().forEach((row, i) => {
        for (const element of row.querySelectorAll("*")) {
          for (const name of ["id", "for", "aria-describedby", "aria-labelledby", "list"]) {
            const value = element.getAttribute(name);
            if (value) element.setAttribute(name, value.replace(inId, `$1_${i}__`));
          }
          if (element.name) element.name = element.name.replace(inName, `$1[${i}]`);
          if (element.dataset.rowLabel) element.setAttribute("aria-label", fill(element.dataset.rowLabel, i + 1));
          if (element.matches("[data-remove-row]")) element.value = String(i);
        }
      });
      if (add) add.hidden = rows().length >= Number(list.dataset.max ?? Infinity);
    };

    scope.addEventListener("click", event => {
      const button = event.target.closest("button");
      if (button?.matches("[data-add-row]")) {
        event.preventDefault();
        const template = list.querySelector("template[data-row-template]");
        list.insertBefore(template.content.cloneNode(true), template);
        number();
        rows().at(-1).querySelector("input, select, textarea")?.focus();
      } else if (button?.matches("[data-remove-row]") && list.contains(button)) {
        event.preventDefault();
        const row = button.closest("[data-row]");
        const next = row.nextElementSibling?.matches("[data-row]") ? row.nextElementSibling : row.previousElementSibling;
        row.remove();
        number();
        (next?.querySelector("[data-remove-row]") ?? add)?.focus();
        list.dispatchEvent(new Event("input", { bubbles: true }));
      }
    });
  }

  // Single keys of the desk and of its list of cases. Never while typing, never with a modifier, and they can be switched off.
  const desk = document.querySelector("form[data-desk-keys]");
  const cases = document.querySelector("[data-case-keys]");
  if (desk || cases) {
    const toggle = document.querySelector("[data-keys-toggle]");
    const stored = () => { try { return localStorage.getItem("desk-keys") !== "off"; } catch { return true; } };
    let on = stored();
    const show = () => {
      if (!toggle) return;
      toggle.hidden = false;
      toggle.setAttribute("aria-pressed", String(on));
      toggle.textContent = on ? toggle.dataset.on : toggle.dataset.off;
    };
    show();
    toggle?.addEventListener("click", () => {
      on = !on;
      // Private windows may refuse storage; the switch then holds for this page only.
      try { localStorage.setItem("desk-keys", on ? "on" : "off"); } catch (refused) { console.info(refused.name); }
      show();
    });
    const step = by => {
      const links = [...cases.querySelectorAll("a[data-row-link]")];
      const now = links.indexOf(document.activeElement);
      links[now < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(now + by, 0), links.length - 1)]?.focus();
    };
    document.addEventListener("keydown", event => {
      if (!on || event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.isComposing || typing(event.target)) return;
      const key = event.key.toLowerCase();
      const link = document.querySelector(`a[data-key="${CSS.escape(key)}"]`);
      if (link) {
        link.click();
      } else if (cases && (key === "j" || key === "k")) {
        step(key === "j" ? 1 : -1);
      } else if (cases && key === "f") {
        event.preventDefault();
        cases.querySelector("form select, form input:not([type=hidden])")?.focus();
      } else if (desk && "1234".includes(key)) {
        const radio = desk.querySelector(`input[type=radio][value="${key}"]`);
        if (!radio) return;
        radio.checked = true;
        radio.focus();
        radio.dispatchEvent(new Event("change", { bubbles: true }));
        event.preventDefault();
      } else if (desk && key === "enter" && (event.target === document.body || event.target.matches("input[type=radio]"))) {
        if (!desk.querySelector("input[type=radio]:checked")) return;
        event.preventDefault();
        desk.requestSubmit();
      }
    });
  }
})();
