// Runs once when the source panel loads: a citation marker opens its source in the panel.
// Without this script the marker's address opens the same source as a page of its own.
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
bar.setAttribute("aria-label", "出处");
const button = (id, name, act) => {
  const made = document.createElement("button");
  made.type = "button";
  made.id = id;
  made.textContent = name;
  made.addEventListener("click", act);
  bar.append(made);
  return made;
};
const before = button("jb-before", "‹ 上一处", () => show(at - 1));
const after = button("jb-after", "下一处 ›", () => show(at + 1));
const place = document.createElement("span");
place.setAttribute("aria-live", "polite");
bar.append(place);
const shut = () => {
  drawer.classList.remove("jb-open");
  if (cited[at]) cited[at].focus();
};
button("jb-back", "回到对话", shut);

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
panel.setAttribute("aria-label", "简报原文");
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

// 复制 copies what its address gives; without this script, or a clipboard, it is saved as a file.
document.addEventListener("click", async (event) => {
  const tool = event.target.closest && event.target.closest("a.jb-tool[href*='.txt']");
  if (!tool || !navigator.clipboard) return;
  event.preventDefault();
  const answer = await fetch(tool.getAttribute("href"));
  if (!answer.ok) return;
  await navigator.clipboard.writeText(await answer.text());
  const name = tool.textContent;
  tool.textContent = "已复制";
  setTimeout(() => (tool.textContent = name), 1500);
});

// 修改后再问 puts the question as it was understood into the box; without this script its address
// does.
document.addEventListener("click", (event) => {
  const again = event.target.closest && event.target.closest("a.jb-again");
  const box = document.querySelector("#jb-question textarea");
  if (!again || !box || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  box.value = new URL(again.href).searchParams.get("q");
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
});
