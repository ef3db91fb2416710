// The token that proves a request comes from our page, put into every request of htmx in one place.
document.addEventListener("htmx:configRequest", (event) => {
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  if (token) event.detail.headers["X-CSRFToken"] = token[1];
});
// Whoever logs out leaves nothing behind in this browser: not even what was typed and not yet saved.
document.addEventListener("submit", (event) => {
  if (!(event.target.getAttribute("action") || location.pathname).includes("/account/logout/")) return;
  for (const key of Object.keys(localStorage)) if (key.startsWith("orientir:")) localStorage.removeItem(key);
});
// A passkey that did not work: allauth tells it to the console only.
document.addEventListener("allauth.error", (event) => {
  const told = document.getElementById("passkey-failed");
  if (!told) return;
  told.hidden = false;
  event.preventDefault();
});
