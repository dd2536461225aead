// The thumbs under an answer.
element.addEventListener("click", (event) => {
  const thumb = event.target.closest(".jb-thumb");
  if (!thumb) return;
  const turn = thumb.closest(".jb-turn");
  for (const one of turn.querySelectorAll(".jb-thumb")) one.setAttribute("aria-pressed", one === thumb);
  trigger("opinion", { number: Number(turn.dataset.number), good: Number(thumb.dataset.good) });
});
