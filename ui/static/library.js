// The table of the library: find, sort, pick, remove. It is drawn anew when the library changes;
// what is typed, picked and sorted stays.
const find = element.querySelector("#jb-find");
const remove = element.querySelector("#jb-remove");
const sure = element.querySelector("#jb-sure");
const found = element.querySelector("#jb-found");
const picked = new Set();
let folder = "";
let sorted = { column: -1, down: false };
const rows = () => [...element.querySelectorAll("tbody tr")];
const text = (row, column) => row.children[column].textContent.trim();

const arrange = () => {
  const heads = [...element.querySelectorAll("thead th")];
  heads.forEach((head, n) => {
    if (head.dataset.kind)
      head.setAttribute(
        "aria-sort",
        n !== sorted.column ? "none" : sorted.down ? "descending" : "ascending",
      );
  });
  if (sorted.column < 0 || !heads[sorted.column]) return;
  const numbers = heads[sorted.column].dataset.kind === "number";
  const order = (a, b) => {
    const [x, y] = [text(a, sorted.column), text(b, sorted.column)];
    return numbers ? (parseFloat(x) || 0) - (parseFloat(y) || 0) : x.localeCompare(y, "zh");
  };
  const all = rows().sort((a, b) => (sorted.down ? order(b, a) : order(a, b)));
  element.querySelector("tbody").append(...all);
};

const lies = (row) =>
  !folder || row.dataset.folders.split("//").some((one) => one === folder || one.startsWith(`${folder}/`));

const show = () => {
  const folders = [...element.querySelectorAll(".jb-folders button")];
  if (!folders.some((one) => one.dataset.folder === folder)) folder = ""; // it is gone
  for (const one of folders) one.setAttribute("aria-pressed", one.dataset.folder === folder);
  const words = find.value.trim().toLowerCase().split(/\s+/);
  let shown = 0;
  for (const row of rows()) {
    const said = row.textContent.toLowerCase();
    row.hidden = !lies(row) || !words.every((word) => said.includes(word));
    if (!row.hidden) shown += 1;
    const box = row.querySelector("input");
    box.checked = picked.has(box.value);
  }
  found.textContent = find.value.trim() || folder ? `${shown} / ${rows().length}` : "";
  remove.hidden = picked.size === 0 || !sure.hidden;
  remove.querySelector(".jb-count").textContent = picked.size;
  const every = element.querySelector("#jb-every");
  const seen = rows().filter((row) => !row.hidden);
  if (every) every.checked = seen.length > 0 && seen.every((r) => picked.has(r.querySelector("input").value));
};

const refresh = () => {
  const there = new Set(rows().map((row) => row.querySelector("input").value));
  for (const id of picked) if (!there.has(id)) picked.delete(id);
  arrange();
  show();
};

find.addEventListener("input", show);
element.addEventListener("change", (event) => {
  const box = event.target;
  if (box.type !== "checkbox") return;
  const boxes = box.id === "jb-every" ? rows().filter((r) => !r.hidden).map((r) => r.querySelector("input")) : [box];
  for (const one of boxes) box.checked ? picked.add(one.value) : picked.delete(one.value);
  show();
});
element.addEventListener("click", (event) => {
  const head = event.target.closest("thead th[data-kind]");
  if (head) {
    const column = [...head.parentElement.children].indexOf(head);
    sorted = { column, down: sorted.column === column && !sorted.down };
    arrange();
  }
  const chosen = event.target.closest("[data-folder]");
  if (chosen) {
    folder = chosen.dataset.folder;
    show();
  }
  const change = event.target.closest(".jb-change");
  if (change) trigger("facts", { id: change.dataset.id });
  const pressed = event.target.closest("#jb-remove, #jb-remove-no, #jb-remove-yes");
  if (!pressed) return; // a box that is being clicked is not there yet
  sure.hidden = pressed.id !== "jb-remove";
  if (pressed.id === "jb-remove-yes") trigger("remove", { ids: [...picked] });
  show();
});
watch("value", () => requestAnimationFrame(refresh));
refresh();
