// The cut-outs of findings: each is drawn when its finding comes near the window, or when the page is printed.

const shown = [...document.querySelectorAll(".places")].map((element, number) => ({ element, number }));
const waiting = new Map(shown.map((one) => [one.element, one.number]));
const watcher = new IntersectionObserver(
  (entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => draw(entry.target)),
  { rootMargin: "600px" },
);

function draw(element) {
  if (!waiting.has(element)) return;
  const { sha, places } = data.places[waiting.get(element)];
  waiting.delete(element);
  watcher.unobserve(element);
  element.replaceChildren(...placed(sha, places, element.clientWidth));
}

for (const { element } of shown) watcher.observe(element);
addEventListener("beforeprint", () => [...waiting.keys()].forEach(draw));
