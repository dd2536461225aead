// What an address opens comes in a moment: until then the page does not greet.
if (/[?&](conversation|q)=/.test(location.search)) document.documentElement.classList.add("jb-led");

// The form that a thumb down opens comes from the server: it is looked for so many times.
const toReason = (tries) => {
  const reason = document.querySelector("#jb-reason textarea");
  if (reason && reason.checkVisibility()) {
    if (!reason.closest("#jb-opinion").contains(document.activeElement)) reason.focus();
  } else if (tries) setTimeout(() => toReason(tries - 1), 100);
};

// The thumbs under an answer.
element.addEventListener("click", (event) => {
  const thumb = event.target.closest(".jb-thumb");
  if (!thumb) return;
  const turn = thumb.closest(".jb-turn");
  for (const one of turn.querySelectorAll(".jb-thumb")) one.setAttribute("aria-pressed", one === thumb);
  trigger("opinion", { number: Number(turn.dataset.number), good: Number(thumb.dataset.good) });
  if (thumb.dataset.good === "0") toReason(50);
});
