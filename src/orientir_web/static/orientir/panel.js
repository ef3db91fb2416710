// The panel of a cell: a link «history» opens it beside the form. Without scripts the link is a page.
function openPanel(link) {
  const panel = document.getElementById("panel");
  return window.htmx.ajax("GET", link.getAttribute("href"), { target: panel, swap: "innerHTML" }).then(() => {
    if (panel.firstElementChild && !panel.open) panel.showModal();
  });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a.more");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  openPanel(link);
});

// A form that is no longer filled: what was typed and never saved is still here, and that is said.
const left = document.getElementById("left");
if (left && localStorage.getItem(left.dataset.key)) left.hidden = false;
