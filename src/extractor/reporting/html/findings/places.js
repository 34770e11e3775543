// The cut-outs of findings, drawn a few at a time so that a long page can be read at once; all before it is printed.

const AT_ONCE = 20;
const frames = [...document.querySelectorAll(".places")];
let drawn = 0;

function drawSome(most) {
  for (const end = Math.min(frames.length, drawn + most); drawn < end; drawn += 1) {
    const { sha, places } = data.places[drawn];
    frames[drawn].replaceChildren(...placed(sha, places, frames[drawn].clientWidth));
  }
}

function drawRest() {
  drawSome(AT_ONCE);
  if (drawn < frames.length) setTimeout(drawRest);
}

drawRest();
addEventListener("beforeprint", () => drawSome(frames.length));
