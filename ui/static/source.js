// Runs once when the source panel loads: a citation marker opens its source in the panel.
// Without this script the marker's address opens the same source as a page of its own.
const show = async (address) => {
  props.value = await server.open_source(address);
};

document.addEventListener("click", async (event) => {
  const marker = event.target.closest && event.target.closest("a.jb-cite");
  if (!marker || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  await show(marker.getAttribute("href"));
});

watch("value", () => {
  const cited = element.querySelector(".jb-cited mark") || element.querySelector(".jb-cited");
  if (cited) cited.scrollIntoView({ block: "center" });
});
