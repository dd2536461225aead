// The frame of the page: the columns at the sides come and go, on a narrow window as sheets over
// the conversation, which Back closes; the right one can be made wider.
const COLUMNS = ["#jb-main", "#jb-side", "#jb-middle", "#jb-right"];
const frame = ([main, side, middle, right]) => {
  const narrow = matchMedia("(max-width: 820px)");
  const middling = matchMedia("(max-width: 1199px)");
  const CLASSES = { source: "jb-with-source", chats: "jb-with-chats" };
  const isOpen = (name) => main.classList.contains(CLASSES[name]);
  const kept = {
    get: (key) => {
      try {
        return localStorage.getItem(key);
      } catch {
        return null; // a browser may keep nothing
      }
    },
    set: (key, value) => {
      try {
        localStorage.setItem(key, value);
      } catch {
        return;
      }
    },
  };

  const drawn = () => {
    toggle.setAttribute("aria-expanded", isOpen("chats"));
    side.inert = !isOpen("chats");
    right.inert = !isOpen("source");
    const covered = narrow.matches && (isOpen("source") || isOpen("chats"));
    middle.inert = covered;
    shade.hidden = !(narrow.matches && isOpen("chats"));
  };
  const open = (name) => {
    if (isOpen(name)) return;
    if (middling.matches && name === "source") main.classList.remove(CLASSES.chats);
    main.classList.add(CLASSES[name]);
    if (narrow.matches) history.pushState({ sheet: name }, "");
    drawn();
  };
  const close = (name) => {
    main.classList.remove(CLASSES[name]);
    drawn();
    document.dispatchEvent(new CustomEvent("jb-closed", { detail: name }));
  };
  const shut = (name) => {
    if (!isOpen(name)) return;
    if (history.state && history.state.sheet === name) history.back();
    close(name);
  };
  // Who opens or begins a conversation in the library wants to see it.
  const toAsking = () => {
    const tab = document.querySelector("#jb-asking-button");
    if (tab && tab.getAttribute("aria-selected") !== "true") tab.click();
  };
  const toQuestion = () => {
    toAsking();
    const box = document.querySelector("#jb-question textarea");
    box.focus();
    if (document.activeElement !== box) requestAnimationFrame(() => box.focus()); // not drawn yet
  };
  window.jianbao = { open, shut, isOpen, toAsking, toQuestion };

  const toggle = document.createElement("button");
  toggle.type = "button";
  toggle.id = "jb-toggle";
  toggle.innerHTML = '<span aria-hidden="true" class="jb-icon jb-menu-icon"></span>';
  toggle.setAttribute("aria-controls", "jb-side");
  toggle.setAttribute("aria-label", say("对话列表", "Conversations"));
  toggle.addEventListener("click", () => {
    if (isOpen("chats")) shut("chats");
    else open("chats");
    if (!narrow.matches) kept.set("jb-chats", isOpen("chats") ? "1" : "0");
  });
  middle.prepend(toggle);

  const shade = document.createElement("div");
  shade.id = "jb-shade";
  shade.addEventListener("click", () => shut("chats"));
  main.append(shade);

  // The border between conversation and source: drag it, or move it with the arrow keys.
  const border = document.createElement("div");
  border.id = "jb-border";
  border.tabIndex = 0;
  border.setAttribute("role", "separator");
  border.setAttribute("aria-orientation", "vertical");
  border.setAttribute("aria-label", say("调整原文宽度", "Width of the source"));
  right.prepend(border);
  const LEAST = 320;
  const widen = (width) => {
    const most = Math.max(LEAST, main.clientWidth * 0.6);
    const fitting = Math.round(Math.min(Math.max(width, LEAST), most));
    main.style.setProperty("--jb-source", `${fitting}px`);
    border.setAttribute("aria-valuenow", Math.round((100 * fitting) / main.clientWidth));
    return fitting;
  };
  const moved = (width) => kept.set("jb-source", widen(width));
  border.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    border.setPointerCapture(event.pointerId);
    const move = (at) => moved(main.getBoundingClientRect().right - at.clientX);
    border.addEventListener("pointermove", move);
    border.addEventListener("pointerup", () => border.removeEventListener("pointermove", move), { once: true });
  });
  border.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: 32, ArrowRight: -32 }[event.key];
    if (step) moved(right.clientWidth + step);
  });
  border.setAttribute("aria-valuenow", 36); // of a hundred, as the style sheet has it
  const before = Number(kept.get("jb-source"));
  if (before) widen(before);

  if (!middling.matches && kept.get("jb-chats") !== "0") main.classList.add(CLASSES.chats);
  drawn();
  narrow.addEventListener("change", () => {
    // a column that becomes a sheet would cover the conversation unasked
    const wanted = !middling.matches && kept.get("jb-chats") !== "0";
    main.classList.toggle(CLASSES.chats, wanted);
    drawn();
  });
  window.addEventListener("popstate", (event) => {
    const sheet = event.state && event.state.sheet;
    if (!narrow.matches) return;
    for (const name of ["source", "chats"]) if (name !== sheet && isOpen(name)) close(name);
  });
  document.addEventListener("jb-chosen", () => {
    toAsking();
    if (middling.matches) shut("chats");
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("#jb-new")) return;
    toAsking();
    if (middling.matches) shut("chats");
    // the question comes next; on a phone the keyboard would cover the start
    if (!narrow.matches) toQuestion();
  });
  if (document.querySelector("#jb-panel article")) open("source"); // the address named one
  main.classList.add("jb-ready");
};

// The columns come in an order of their own.
const begin = () => {
  const found = COLUMNS.map((one) => document.querySelector(one));
  if (found.every(Boolean)) frame(found);
  else requestAnimationFrame(begin);
};
begin();
