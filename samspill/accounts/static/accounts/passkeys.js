// Passkeys: show their buttons where the browser knows them, and say in words when one was not used.
"use strict";

if (window.PublicKeyCredential) {
  document.querySelectorAll("[data-needs-passkeys]").forEach((button) => { button.hidden = false; });
}
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.querySelectorAll("[data-passkey-trouble]").forEach((words) => { words.hidden = false; });
});
