// The list of conversations: a link opens one in place, ✎ renames it, ✕ asks once more and deletes.
// Going back opens what was open before.
const opened = () => new URLSearchParams(location.search).get("conversation") || "";

element.addEventListener("click", (event) => {
  const row = event.target.closest("li.jb-chat");
  if (!row) return;
  const link = event.target.closest("a");
  if (link) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    trigger("open", { id: row.dataset.id });
    document.dispatchEvent(new CustomEvent("jb-chosen"));
  } else if (event.target.closest(".jb-rename")) {
    rename(row);
  } else if (event.target.closest(".jb-delete")) {
    confirmDelete(row);
  }
});

const rename = (row) => {
  const link = row.querySelector("a");
  const field = document.createElement("input");
  field.value = row.querySelector(".jb-title").textContent;
  field.maxLength = 40;
  field.className = "jb-renaming";
  field.setAttribute("aria-label", say("新名称", "New name"));
  link.hidden = true;
  row.prepend(field);
  field.select();
  let left = false;
  const leave = (keep) => {
    if (left) return;
    left = true;
    const title = field.value.trim();
    field.remove();
    link.hidden = false;
    if (keep && title) trigger("rename", { id: row.dataset.id, title });
    link.focus();
  };
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) leave(true);
    if (event.key === "Escape") {
      event.stopPropagation();
      leave(false);
    }
  });
  field.addEventListener("blur", () => leave(true));
};

const confirmDelete = (row) => {
  if (row.querySelector(".jb-confirm")) return;
  const asked = document.createElement("span");
  asked.className = "jb-confirm";
  const button = (words, name, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = name;
    made.textContent = words;
    made.addEventListener("click", (event) => {
      event.stopPropagation();
      asked.remove();
      act();
    });
    asked.append(made);
    return made;
  };
  button(say("确认删除", "Delete"), "jb-yes", () => trigger("delete", { id: row.dataset.id }));
  button(say("取消", "Cancel"), "jb-no", () => row.querySelector(".jb-delete").focus());
  row.append(asked);
  asked.firstChild.focus();
};

window.jianbaoWent = [];
window.addEventListener("popstate", () => {
  const id = opened();
  const shown = document.querySelector("#jb-current textarea, #jb-current input");
  if (!shown || id === shown.value) return;
  if (window.jianbao) window.jianbao.toAsking();
  window.jianbaoWent.push(id); // what comes of this is in the address already
  if (id) trigger("open", { id });
  else trigger("fresh");
});
