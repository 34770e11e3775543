// Cut-outs: the part of a page or transcript round a place. Each page's picture is in the file once.

const MARGIN = 28; // points round a place
const WIDEST = 1.5; // pixels a point at most, or letters blur; fewer show more beside the place
const pictures = new Map();

function picture(key) {
  if (!pictures.has(key)) {
    const bytes = Uint8Array.from(atob(data.sheets[key].png), (sign) => sign.charCodeAt(0));
    pictures.set(key, URL.createObjectURL(new Blob([bytes], { type: "image/png" })));
  }
  return pictures.get(key);
}

// Figures of places of one document, each no wider than `width`.
function placed(sha, places, width, widest = WIDEST) {
  if (!places.length) return [make("p", "missing", words.no_place)];
  return places.map((place) => {
    const figure = make("figure", "");
    figure.append(make("figcaption", "", place.said));
    if (!data.documents.includes(sha)) figure.append(make("p", "missing", words.no_picture));
    else if (place.lines) figure.append(transcript(sha, place.lines));
    else if (!data.sheets[sha + ":" + place.page]) figure.append(make("p", "missing", words.too_large));
    else figure.append(cutout(sha + ":" + place.page, place.box, width, widest));
    return figure;
  });
}

function cutout(key, box, width, widest) {
  const sheet = data.sheets[key];
  const need = Math.min(sheet.width, Math.max(box[2] - box[0] + 2 * MARGIN, width / widest));
  const left = Math.max(0, Math.min((box[0] + box[2] - need) / 2, sheet.width - need));
  const top = Math.max(0, box[1] - MARGIN);
  const bottom = Math.min(sheet.height, box[3] + MARGIN);
  const scale = Math.min(widest, width / need);
  const view = framed(key, box, scale);
  const button = make("button", "cut");
  button.type = "button";
  button.title = words.enlarge;
  button.setAttribute("aria-label", words.enlarge);
  button.style.width = need * scale + "px";
  button.style.height = (bottom - top) * scale + "px";
  view.style.left = -left * scale + "px";
  view.style.top = -top * scale + "px";
  button.append(view);
  button.addEventListener("click", () => enlarge(key, box));
  return button;
}

// A whole page at a scale, with the place framed.
function framed(key, box, scale) {
  const sheet = data.sheets[key];
  const view = make("div", "view");
  view.style.width = sheet.width * scale + "px";
  view.style.height = sheet.height * scale + "px";
  const image = make("img");
  image.alt = "";
  image.src = picture(key);
  const frame = make("div", "frame");
  frame.style.left = (box[0] - 2) * scale + "px";
  frame.style.top = (box[1] - 2) * scale + "px";
  frame.style.width = (box[2] - box[0] + 4) * scale + "px";
  frame.style.height = (box[3] - box[1] + 4) * scale + "px";
  view.append(image, frame);
  return view;
}

function enlarge(key, box) {
  const view = framed(key, box, 2);
  $("sheet").replaceChildren(view);
  $("large").showModal();
  view.querySelector(".frame").scrollIntoView({ block: "center", inline: "center" });
}

function transcript(sha, [first, last]) {
  const lines = make("ol", "lines");
  for (let number = first - 2; number <= last + 2; number += 1) {
    const line = data.sheets[sha + ":" + number];
    if (!line) continue;
    const item = make("li", number >= first && number <= last ? "meant" : "", line.text);
    item.value = number;
    lines.append(item);
  }
  return lines;
}

$("close").addEventListener("click", () => $("large").close());
