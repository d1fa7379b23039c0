// The page reads well without this: it only adds two buttons, and keys.
"use strict";
(() => {
  const boxes = [...document.querySelectorAll(".legend input")];
  const buttons = document.querySelector(".legend .buttons");
  if (buttons) {
    buttons.hidden = false;
    for (const [id, checked] of [["all", true], ["none", false]]) {
      document.getElementById(id).addEventListener("click", () => {
        for (const box of boxes) box.checked = checked;
      });
    }
  }
  const parts = [...document.querySelectorAll(".part[tabindex]")];
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = parts.indexOf(document.activeElement);
    if (event.key === "Escape") {
      document.body.classList.add("quiet");
    } else if (at >= 0 && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      const step = event.key === "ArrowDown" ? 1 : -1;
      let next = at + step;
      while (parts[next] && !parts[next].checkVisibility()) next += step;
      if (parts[next]) {
        event.preventDefault();
        parts[next].focus();
      }
    }
  });
  for (const kind of ["focusin", "pointerover"]) {
    document.addEventListener(kind, (event) => {
      if (event.target instanceof Element && event.target.closest(".part")) document.body.classList.remove("quiet");
    });
  }
})();
