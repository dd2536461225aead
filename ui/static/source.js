// Runs once when the source panel loads: a citation marker opens its source in the panel.
// Without this script the marker's address opens the same source as a page of its own.
const toCited = () => {
  const cited = element.querySelector(".jb-cited mark") || element.querySelector(".jb-cited");
  const pane = element.closest("#jb-panel");
  if (!cited || !pane) return;
  if (pane.getBoundingClientRect().top > window.innerHeight * 0.8) pane.scrollIntoView();
  const above = cited.getBoundingClientRect().top - pane.getBoundingClientRect().top;
  pane.scrollTop += above - pane.clientHeight / 3; // the page itself stays where it is
};

// A new value is drawn in the next frame; the one after it can be scrolled.
const whenDrawn = (act) => requestAnimationFrame(() => requestAnimationFrame(act));

document.addEventListener("click", async (event) => {
  const marker = event.target.closest && event.target.closest("a.jb-cite");
  if (!marker || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  props.value = await server.open_source(marker.getAttribute("href"));
  whenDrawn(toCited);
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
