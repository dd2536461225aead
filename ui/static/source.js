// Runs once when the source panel loads: a citation marker opens its source in the panel.
// Without this script the marker's address opens the same source as a page of its own.
const say = (zh, en) => (document.documentElement.lang.startsWith("zh") ? zh : en);
const toCited = () => {
  const found = element.querySelector(".jb-cited mark") || element.querySelector(".jb-cited");
  const pane = element.closest("#jb-panel");
  if (!found || !pane) return;
  const above = found.getBoundingClientRect().top - pane.getBoundingClientRect().top;
  pane.scrollTop += above - pane.clientHeight / 3; // the page itself stays where it is
};

// A new value is drawn in the next frame; the one after it can be scrolled.
const whenDrawn = (act) => requestAnimationFrame(() => requestAnimationFrame(act));

// Above the panel: the citations of the answer one after another, and the way back on a phone,
// where the panel is a drawer over the conversation.
const drawer = element.closest("#jb-main");
let cited = [];
let at = -1;
const bar = document.createElement("div");
bar.id = "jb-bar";
bar.setAttribute("role", "toolbar");
bar.setAttribute("aria-label", say("出处", "Sources"));
const button = (id, name, act) => {
  const made = document.createElement("button");
  made.type = "button";
  made.id = id;
  made.textContent = name;
  made.addEventListener("click", act);
  bar.append(made);
  return made;
};
const before = button("jb-before", say("‹ 上一处", "‹ Previous"), () => show(at - 1));
const after = button("jb-after", say("下一处 ›", "Next ›"), () => show(at + 1));
const place = document.createElement("span");
place.setAttribute("aria-live", "polite");
bar.append(place);
const shut = () => {
  drawer.classList.remove("jb-open");
  if (cited[at]) cited[at].focus();
};
button("jb-back", say("回到对话", "Back"), shut);

const show = async (next) => {
  at = next;
  before.disabled = at <= 0;
  after.disabled = at >= cited.length - 1;
  place.textContent = cited.length > 1 ? `${at + 1} / ${cited.length}` : "";
  props.value = await server.open_source(cited[at].getAttribute("href"));
  drawer.classList.add("jb-open");
  whenDrawn(toCited);
};

const panel = element.closest("#jb-panel");
panel.before(bar);
panel.tabIndex = 0;
panel.setAttribute("role", "region");
panel.setAttribute("aria-label", say("简报原文", "The bulletin"));
before.disabled = after.disabled = true;

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && drawer.classList.contains("jb-open")) shut();
});

document.addEventListener("click", (event) => {
  const marker = event.target.closest && event.target.closest("a.jb-cite");
  if (!marker || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const answer = marker.closest(".jb-answer, table") || document;
  const kind = marker.closest(".jb-sources") ? ".jb-sources a.jb-cite" : "a.jb-cite";
  const all = [...answer.querySelectorAll(kind)];
  cited = kind === "a.jb-cite" ? all.filter((one) => !one.closest(".jb-sources")) : all;
  show(cited.indexOf(marker));
});

watch("value", () => whenDrawn(toCited));
