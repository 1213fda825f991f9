// The floor walk on a bad line: taps and words are kept on this phone first, then sent, as often as it takes.
// Each visit has a key made here, so what arrives twice is kept once. What the server refuses stays here, with its words.
"use strict";
(() => {
  const root = document.querySelector("[data-walk]");
  if (!root) return;
  const said = root.dataset;
  const place = `floorwalk.${said.walk}`;
  const waiting = document.getElementById("waiting");
  const refusals = document.getElementById("refused");
  const template = document.getElementById("found");
  const saved = document.getElementById("saved");
  const [SOONEST, LATEST, TYPED, RENEWED] = [2000, 60000, 1200, 2500];
  let memory = { ops: [], refused: [] };
  let busy = false;
  let asked = false; // once more, while it was busy
  let pause = SOONEST;
  let timer = 0;
  let renewing = 0;

  function read() {
    try {
      memory = JSON.parse(localStorage.getItem(place)) || memory;
    } catch {
      // nothing can be kept beyond this page: it still waits here
    }
    return memory;
  }

  function keep(change) {
    const state = read();
    change(state);
    memory = state;
    try {
      localStorage.setItem(place, JSON.stringify(state));
    } catch {
      // as above
    }
    show();
  }

  function newKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  function add(op) {
    keep((state) => {
      if (op.kind === "words") state.ops = state.ops.filter((each) => !(each.kind === "words" && each.key === op.key));
      state.ops.push({ ...op, id: newKey() });
    });
  }

  function later(milliseconds) {
    clearTimeout(timer);
    timer = setTimeout(send, milliseconds);
  }

  async function send() {
    clearTimeout(timer);
    asked = busy;
    if (busy) return;
    busy = true;
    try {
      for (let op = read().ops[0]; op; op = read().ops[0]) {
        if (!(await sent(op))) break;
        pause = SOONEST;
        if (!read().ops.length) renew();
      }
    } finally {
      busy = false;
      if (asked) later(0);
    }
  }

  function token() {
    // the cookie's own, which changes with each signing in; the page's when a site hides it from scripts
    const own = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    return own ? own[1] : root.querySelector("[name=csrfmiddlewaretoken]").value;
  }

  async function sent(op) {
    const form = new FormData();
    for (const [name, value] of Object.entries(op)) form.append(name, value);
    form.append("owner", said.walk); // should somebody else have signed in on this phone, it waits for its own person
    let answer;
    try {
      answer = await fetch(said[`${op.kind}Url`], {
        method: "POST",
        body: form,
        redirect: "manual",
        headers: { Accept: "application/json", "X-CSRFToken": token() },
      });
    } catch {
      return again(said.offline);
    }
    if (answer.status === 422) {
      const why = await answer.json().catch(() => ({ said: "" }));
      refuse(op, why.said);
      return true;
    }
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) return again(said.signin);
    if (!answer.ok) return again(said.offline);
    keep((state) => {
      state.ops = state.ops.filter((each) => each.id !== op.id);
    });
    return true;
  }

  function again(words) {
    waiting.querySelector("span").textContent = words;
    later(pause);
    pause = Math.min(pause * 2, LATEST);
    return false;
  }

  // The page that is kept for when there is no line shall know what was sent.
  function renew() {
    clearTimeout(renewing);
    renewing = setTimeout(() => fetch(location.pathname, { redirect: "manual" }).catch(() => null), RENEWED);
  }

  function refuse(op, why) {
    keep((state) => {
      const related = state.ops.filter((each) => each.key === op.key);
      const words = related.map((each) => each.text || "").join(" ").trim();
      const follow = op.kind === "visit" ? op.key : null;
      state.ops = state.ops.filter((each) => each.id !== op.id && each.key !== follow);
      state.refused.push({ id: op.id, why, words: words || op.text || "", name: op.name || "" });
    });
  }

  function show() {
    waiting.hidden = !memory.ops.length;
    refusals.hidden = !memory.refused.length;
    refusals.replaceChildren(
      ...memory.refused.map((each) => {
        const line = document.createElement("li");
        const text = document.createElement("p");
        const forget = document.createElement("button");
        text.textContent = [each.name, each.words, each.why].filter(Boolean).join(" · ");
        forget.textContent = said.forget;
        forget.className = "plain";
        forget.dataset.forget = each.id;
        line.append(text, forget);
        return line;
      }),
    );
  }

  function panel(line, part) {
    line.querySelector(".found")?.remove();
    line.append(part.content.cloneNode(true));
    return line.querySelector(".found");
  }

  function open(line) {
    const isOpen = line.hasAttribute("data-open");
    line.toggleAttribute("data-open", !isOpen);
    line.querySelector(".who").setAttribute("aria-expanded", String(!isOpen));
    if (isOpen) line.querySelector(".found")?.remove();
    else if (line.dataset.key) showSaved(line);
    else panel(line, template);
  }

  function showSaved(line) {
    const part = panel(line, saved);
    part.querySelector("[data-said]").textContent = line.dataset.said;
    const words = part.querySelector("[data-words]");
    words.id = `words-${line.dataset.key}`;
    words.value = line.dataset.text || "";
    part.querySelector("label").htmlFor = words.id;
  }

  function visit(line, button) {
    const key = newKey();
    line.dataset.key = key;
    line.dataset.said = button.textContent.trim();
    const name = line.querySelector("b").textContent;
    add({ kind: "visit", key, person: line.dataset.person, found: button.dataset.found, at: new Date().toISOString(), name });
    showSaved(line);
    line.querySelector("[data-undo]").focus();
    send();
  }

  function undo(line) {
    add({ kind: "undo", key: line.dataset.key });
    delete line.dataset.key;
    delete line.dataset.text;
    panel(line, template).querySelector("button").focus();
    send();
  }

  document.addEventListener("click", (event) => {
    const line = event.target.closest("[data-person]");
    const forget = event.target.closest("[data-forget]");
    if (forget) keep((state) => (state.refused = state.refused.filter((each) => each.id !== forget.dataset.forget)));
    if (!line) return;
    const found = event.target.closest("[data-found]");
    if (event.target.closest(".who") || found || event.target.closest("[data-undo]")) event.preventDefault();
    if (found) visit(line, found);
    else if (event.target.closest("[data-undo]")) undo(line);
    else if (event.target.closest(".who")) open(line);
  });

  document.addEventListener("input", (event) => {
    const line = event.target.closest("[data-person]");
    if (!line || !event.target.matches("[data-words]")) return;
    line.dataset.text = event.target.value;
    add({ kind: "words", key: line.dataset.key, text: event.target.value });
    later(TYPED);
  });
  document.addEventListener("change", (event) => event.target.matches("[data-words]") && send());
  window.addEventListener("online", () => {
    pause = SOONEST;
    send();
  });
  document.addEventListener("visibilitychange", () => document.hidden || send());

  // Signing out throws away what is kept of the page, even without a line. The taps stay: they are this person's, and only sent as theirs.
  document.addEventListener("submit", (event) => event.target.matches(".me") && window.caches?.delete("floor-walk"));

  async function keepPage() {
    await navigator.serviceWorker.register(said.workerUrl);
    const { active } = await navigator.serviceWorker.ready;
    const drawn = document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]");
    active.postMessage({ keep: Array.from(drawn, (each) => each.href || each.src) });
  }
  if (navigator.serviceWorker) keepPage().catch(() => null); // without one the taps are kept all the same

  for (const op of read().ops) {
    const line = op.kind === "visit" && document.querySelector(`[data-person="${op.person}"]`);
    if (line) Object.assign(line.dataset, { key: op.key, said: template.content.querySelector(`[data-found="${op.found}"]`)?.textContent.trim() || "" });
    const typed = op.kind === "words" && document.querySelector(`[data-key="${op.key}"]`);
    if (typed) typed.dataset.text = op.text;
    const undone = op.kind === "undo" && document.querySelector(`[data-key="${op.key}"]`);
    if (undone) delete undone.dataset.key;
  }
  show();
  send();
})();
