// Runs once when the source panel loads: a citation marker opens its source in the panel.
// Without this script the marker's address opens the same source as a page of its own.
const toCited = () => {
  const found = element.querySelector(".jb-cited mark") || element.querySelector(".jb-cited");
  const pane = element.closest("#jb-panel");
  if (!pane) return;
  if (!found) {
    pane.scrollTop = 0; // another bulletin begins at its beginning
    return;
  }
  const above = found.getBoundingClientRect().top - pane.getBoundingClientRect().top;
  pane.scrollTop += above - pane.clientHeight / 3; // the page itself stays where it is
};

// A new value is drawn in the next frame; the one after it can be scrolled.
const whenDrawn = (act) => requestAnimationFrame(() => requestAnimationFrame(act));

// Above the panel: the citations of the answer one after another, and the way out.
let cited = [];
let at = -1;
const bar = document.createElement("div");
bar.id = "jb-bar";
bar.setAttribute("role", "toolbar");
const button = (id, act) => {
  const made = document.createElement("button");
  made.type = "button";
  made.id = id;
  made.addEventListener("click", act);
  bar.append(made);
  return made;
};
const before = button("jb-before", () => show(at - 1));
const place = document.createElement("span");
place.setAttribute("aria-live", "polite");
bar.append(place);
const after = button("jb-after", () => show(at + 1));
const back = button("jb-back", () => leave());
const name = () => {
  bar.setAttribute("aria-label", say("出处", "Sources"));
  before.textContent = say("‹ 上一处", "‹ Previous");
  after.textContent = say("下一处 ›", "Next ›");
  before.title = "Alt+↑";
  after.title = "Alt+↓";
  back.textContent = say("关闭", "Close");
  panel.setAttribute("aria-label", say("简报原文", "The bulletin"));
  if (cited.length < 2) place.textContent = say("原文", "Source");
};

const marked = (here) => {
  for (const one of document.querySelectorAll(".jb-mark.jb-on")) one.classList.remove("jb-on");
  if (here) here.classList.add("jb-on");
};
const leave = () => window.jianbao.shut("source");
document.addEventListener("jb-closed", (event) => {
  if (event.detail !== "source") return;
  marked(null);
  if (cited[at] && cited[at].isConnected) cited[at].focus();
});

const show = async (next) => {
  if (!cited[next]) return;
  at = next;
  name();
  const here = cited[at];
  before.disabled = at <= 0;
  after.disabled = at >= cited.length - 1;
  bar.classList.toggle("jb-alone", cited.length < 2);
  if (cited.length > 1) place.textContent = `${here.innerText} ${at + 1} / ${cited.length}`;
  marked(here);
  const opened = await server.open_source(here.getAttribute("href"));
  if (cited[at] !== here) return; // another one was asked for meanwhile
  props.value = opened;
  window.jianbao.open("source");
  whenDrawn(toCited);
};

const panel = element.closest("#jb-panel");
panel.before(bar);
panel.tabIndex = 0;
panel.setAttribute("role", "region");
before.disabled = after.disabled = true;
bar.classList.add("jb-alone");
name();

document.addEventListener("click", (event) => {
  const marker = event.target.closest && event.target.closest("a.jb-cite");
  if (!marker || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const answer = marker.closest(".jb-answer");
  cited = answer ? [...answer.querySelectorAll("a.jb-mark")] : [];
  // a source stands for the first of its markers
  const same = cited.findIndex((one) => one === marker || one.href === marker.href);
  const chosen = cited.includes(marker) ? cited.indexOf(marker) : same;
  if (chosen < 0) cited = [marker];
  show(Math.max(chosen, 0));
});

// Alt+↓ and Alt+↑ walk the citations of the answer that is open, or of the last one.
document.addEventListener("jb-walk", (event) => {
  if (!cited.length || !cited.every((one) => one.isConnected && one.matches(".jb-mark"))) {
    cited = [...document.querySelectorAll("#jb-now a.jb-mark")];
    at = event.detail > 0 ? -1 : cited.length;
  }
  show(at + event.detail);
});
document.addEventListener("jb-leave", leave);

// An address that names a source has filled the panel.
watch("value", () => {
  if (element.querySelector("article") && window.jianbao) window.jianbao.open("source");
  whenDrawn(toCited);
});
