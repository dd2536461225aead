// Files that are asked about: one choice each, or all at once; nothing happens before 确定.
element.addEventListener("click", (event) => {
  const all = event.target.closest(".jb-all");
  if (!all) return;
  for (const box of element.querySelectorAll(".jb-asked input"))
    box.checked = box.value === all.dataset.take;
});
element.addEventListener("submit", (event) => {
  event.preventDefault();
  const boxes = [...element.querySelectorAll(".jb-asked fieldset")];
  const take = boxes.map((one) => one.querySelector("input:checked").value);
  for (const one of element.querySelectorAll(".jb-asked :is(button, input)")) one.disabled = true;
  trigger("decide", { take });
});
