// What can be done with an answer: copy it, ask again or on, read a quote over its marker.
// Without this script every one of these is a plain link or a title.

// 复制 copies what its address gives; without a clipboard it is saved as a file.
document.addEventListener("click", async (event) => {
  const tool = event.target.closest && event.target.closest("a.jb-tool[href*='.txt']");
  if (!tool || !navigator.clipboard) return;
  event.preventDefault();
  const answer = await fetch(tool.getAttribute("href"));
  if (!answer.ok) return;
  await navigator.clipboard.writeText(await answer.text());
  const name = tool.innerHTML;
  tool.textContent = say("已复制", "Copied");
  setTimeout(() => (tool.innerHTML = name), 1500);
});

// 修改后再问 puts the question as it was understood into the box; a question to go on with is
// asked at once.
document.addEventListener("click", (event) => {
  const link = event.target.closest && event.target.closest("a.jb-again, a.jb-next");
  const box = document.querySelector("#jb-question textarea");
  if (!link || !box || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  box.value = new URL(link.href).searchParams.get("q");
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
  if (link.matches(".jb-next")) {
    // the page takes the typed text in the next turn
    setTimeout(() => document.querySelector("#jb-ask").click(), 50);
  }
});

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
