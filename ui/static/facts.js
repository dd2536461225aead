// The form of what is set by hand: a dialog that Esc and 取消 shut, and that goes when it is saved.
const show = () => {
  const dialog = element.querySelector("dialog");
  if (!dialog || dialog.open) return;
  dialog.showModal();
  dialog.querySelector("input").focus();
};
const leave = () => {
  const dialog = element.querySelector("dialog");
  if (dialog) dialog.close();
  trigger("leave");
};
element.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  const { date, place, series } = Object.fromEntries(new FormData(form));
  for (const one of form.querySelectorAll("button")) one.disabled = true;
  trigger("save", { id: form.dataset.id, date, place, series });
});
element.addEventListener("click", (event) => event.target.closest(".jb-no") && leave());
element.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  event.preventDefault();
  event.stopPropagation(); // what lies under it stays open
  leave();
});
watch("value", () => requestAnimationFrame(show));
