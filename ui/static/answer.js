// What can be done with an answer: copy it, ask again or on, read a quote over its marker.
// Without this script every one of these is a plain link or a title.

// A page of an office's own network has no clipboard of the new kind where it comes over http.
const copied = async (text) => {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // not allowed: the old way may be
    }
  }
  const here = document.activeElement;
  const held = document.createElement("textarea");
  held.className = "jb-hidden";
  held.value = text;
  document.body.append(held);
  held.select();
  const done = document.execCommand("copy");
  held.remove();
  if (here) here.focus();
  return done;
};

// 复制 copies what its address gives; what cannot be copied is saved as a file.
document.addEventListener("click", async (event) => {
  const tool = event.target.closest && event.target.closest("a.jb-tool[href*='.txt']");
  if (!tool || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  if (tool.dataset.copied) return;
  const answer = await fetch(tool.getAttribute("href"));
  if (!answer.ok || !(await copied(await answer.text()))) {
    location.assign(tool.getAttribute("href"));
    return;
  }
  const name = tool.innerHTML;
  tool.dataset.copied = "1"; // else a second click takes this word for the name
  tool.textContent = say("已复制", "Copied");
  setTimeout(() => {
    tool.innerHTML = name;
    delete tool.dataset.copied;
  }, 1500);
});

const typed = (text) => {
  const box = document.querySelector("#jb-question textarea");
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
};

// 修改后再问 puts the question as it was understood into the box; a question to go on with is
// asked at once; 限定范围再问 opens the limits beside the question.
document.addEventListener("click", (event) => {
  if (!event.target.closest || event.ctrlKey || event.metaKey) return;
  const limit = event.target.closest(".jb-limit");
  if (limit) {
    typed(limit.dataset.question);
    const bounds = document.querySelector("#jb-bounds > button, #jb-bounds .label-wrap");
    if (bounds && !bounds.classList.contains("open")) bounds.click();
    return;
  }
  const link = event.target.closest("a.jb-again, a.jb-next");
  if (!link || !document.querySelector("#jb-question textarea")) return;
  event.preventDefault();
  typed(new URL(link.href).searchParams.get("q"));
  if (link.matches(".jb-next") && !document.querySelector(".jb-running")) {
    // the page takes the typed text in the next turn
    setTimeout(() => document.querySelector("#jb-question .submit-button").click(), 50);
  }
});

// A question that was just asked, or opened, stands at the top: its answer begins in sight. What is
// complete is told to screen readers, once: answer, cautions, sources.
const told = document.createElement("div");
told.className = "jb-hidden";
told.setAttribute("role", "status");
document.body.append(told);
let asked = "";
let spoken = "";
const follow = () => {
  const scroll = document.querySelector("#jb-scroll");
  const turn = document.querySelector("#jb-now .jb-turn");
  if (!turn) asked = spoken = ""; // the same question may begin the next conversation
  if (!scroll || !turn) return;
  scroll.style.setProperty("--jb-view", `${scroll.clientHeight}px`);
  const id = `${document.querySelectorAll("#jb-past .jb-turn").length} ${turn.querySelector(".jb-question").textContent}`;
  if (id !== asked) {
    asked = id;
    spoken = "";
    const box = document.activeElement;
    if (matchMedia("(pointer: coarse)").matches && box && box.matches("#jb-question textarea")) box.blur();
    scroll.scrollTop += turn.getBoundingClientRect().top - scroll.getBoundingClientRect().top;
  }
  if (turn.classList.contains("jb-running")) {
    const at = turn.querySelector(".jb-at");
    if (at && spoken !== at.innerText) told.textContent = spoken = at.innerText;
  } else if (spoken !== id) {
    spoken = id;
    const parts = turn.querySelectorAll(".jb-answer > p, .jb-table, .jb-struck > summary, .jb-sources");
    told.textContent = [...parts].map((part) => part.innerText).join("\n");
  }
};
const watchTurns = () => {
  const column = document.querySelector("#jb-scroll");
  if (!column) return setTimeout(watchTurns, 100);
  new MutationObserver(follow).observe(column, { childList: true, subtree: true, characterData: true });
  new ResizeObserver(follow).observe(column);
  follow();
};
watchTurns();

// The quote of a marker, over it, as long as the mouse or the focus is there; Esc hides it.
const tip = document.createElement("div");
tip.id = "jb-tip";
tip.setAttribute("role", "tooltip");
tip.hidden = true;
document.body.append(tip);
const showTip = (event) => {
  const marker = event.target.closest && event.target.closest("a.jb-cite");
  if (!marker || !(marker.title || marker.dataset.tip)) return;
  if (marker.title) {
    marker.dataset.tip = marker.title; // else the browser shows its own beside
    marker.removeAttribute("title");
  }
  tip.textContent = marker.dataset.tip;
  tip.hidden = false;
  marker.setAttribute("aria-describedby", tip.id);
  const at = marker.getBoundingClientRect();
  const left = Math.min(at.left, innerWidth - tip.offsetWidth - 8);
  const above = at.top - tip.offsetHeight - 6;
  tip.style.left = `${Math.max(8, left)}px`;
  tip.style.top = `${above > 8 ? above : at.bottom + 6}px`;
};
const hideTip = () => (tip.hidden = true);
for (const kind of ["mouseover", "focusin"]) document.addEventListener(kind, showTip);
for (const kind of ["mouseout", "focusout", "scroll"]) document.addEventListener(kind, hideTip, true);
document.addEventListener("keydown", (event) => event.key === "Escape" && hideTip());
