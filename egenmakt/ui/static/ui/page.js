// What every page can do: a toast goes, a changed form is not left by mistake, a page is printed.

const SECONDS = 10;

for (const toast of document.querySelectorAll("[data-toast]")) {
  const go = () => {
    if (toast.matches(":hover, :focus-within")) setTimeout(go, 1000);
    else toast.remove();
  };
  setTimeout(go, SECONDS * 1000);
}

// Nothing that was written is kept in the browser: the text may be about a person.
let changed = false;
for (const form of document.querySelectorAll("form[data-leave]")) {
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
}
window.addEventListener("beforeunload", (event) => {
  if (changed) event.preventDefault();
});

for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}

// After a form that needs mending, the first thing read is what to mend.
document.querySelector(".notice-stop[role=alert] a")?.focus();

// On a phone the rooms run past the edge: the one you are in is brought into view.
document.querySelector(".rooms [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
