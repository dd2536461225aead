// The keyboard: / goes to the question, Alt+↑↓ walks the citations, Esc closes what is open. Enter
// asks, unless it ends a word of an input method or an answer is still being made: then a word says
// that it waits, as long as that lasts.
const waits = document.createElement("p");
waits.id = "jb-waits";
waits.setAttribute("role", "status");
const tellThatItWaits = () => {
  document.querySelector("#jb-question").before(waits);
  waits.textContent = say("上一个问题还在作答：请等它答完，或先停止", "The question before is still being answered: wait for it, or stop it");
};
const QUESTION = "#jb-question textarea";
document.addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "Enter" || event.shiftKey || !event.target.matches(QUESTION)) return;
    const busy = document.querySelector(".jb-running");
    waits.remove();
    if (event.isComposing || event.keyCode === 229) event.stopImmediatePropagation();
    else if (busy) {
      event.preventDefault();
      event.stopImmediatePropagation();
      tellThatItWaits();
    }
  },
  true,
);
document.addEventListener("keydown", (event) => {
  const writes = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && window.jianbao && !writes && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    window.jianbao.toQuestion();
  } else if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    document.dispatchEvent(new CustomEvent("jb-walk", { detail: event.key === "ArrowDown" ? 1 : -1 }));
  } else if (event.key === "Escape" && !event.isComposing) {
    if (!window.jianbao || event.target.matches("input[aria-expanded='true']")) return; // a menu's own
    if (event.target.closest("#jb-opinion")) document.querySelector("#jb-leave-opinion").click();
    else if (window.jianbao.isOpen("source")) document.dispatchEvent(new CustomEvent("jb-leave"));
    else if (matchMedia("(max-width: 1199px)").matches) window.jianbao.shut("chats");
  }
});

// What Gradio names in English, or not at all.
const named = () => {
  for (const [place, zh, en] of [
    ["#jb-question .submit-button", "提问", "Ask"],
    ["#jb-question .stop-button", "停止", "Stop"],
  ]) {
    const found = document.querySelector(place);
    if (found) found.setAttribute("aria-label", say(zh, en));
  }
};
const whenThere = () => (document.querySelector("#jb-question .submit-button") ? named() : requestAnimationFrame(whenThere));
whenThere();
