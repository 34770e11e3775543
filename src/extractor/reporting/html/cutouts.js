// Cut-outs: the part of a page or transcript round a place. Each page's picture is in the file once. A value of a table
// is cut out with the name of its row and the head of its column.

const MARGIN = 28; // points round a place that is no row of a table
const CLOSE = 8; // points above and below a row
const BESIDE = 30; // points beside it
const WIDEST = 2; // pixels a point at most, or letters blur; fewer show more beside the place
const NEAR = 90; // points from the head of a table to a row that is shown in one piece with it
const pictures = new Map();

function picture(key) {
  if (!pictures.has(key)) {
    const bytes = Uint8Array.from(atob(data.sheets[key].png), (sign) => sign.charCodeAt(0));
    pictures.set(key, URL.createObjectURL(new Blob([bytes], { type: "image/png" })));
  }
  return pictures.get(key);
}

// From where to where across a page a cut-out must reach: over the row, if there is one.
const reachOf = ({ box, row }) => (row ? [Math.min(row[0], box[0]), Math.max(row[2], box[2])] : [box[0], box[2]]);

// Figures of places of one document, each no wider than `width`, and no higher than `most` if that is said. `reach`: they
// are cut out as others are that reach so far, so that both can be compared.
function placed(sha, places, width, widest = WIDEST, most = Infinity, reach = null) {
  if (!places.length) return [make("p", "missing", words.no_place)];
  return places.map((place) => {
    const figure = make("figure", "");
    figure.append(make("figcaption", "", place.said));
    if (!data.documents.includes(sha)) figure.append(make("p", "missing", words.no_picture));
    else if (place.lines) figure.append(transcript(sha, place.lines));
    else if (!data.sheets[sha + ":" + place.page]) figure.append(make("p", "missing", words.too_large));
    else figure.append(...cutout(sha, place, width - 2, widest, most, reach));
    return figure;
  });
}

function cutout(sha, place, width, widest, most, reach) {
  const key = sha + ":" + place.page;
  const sheet = data.sheets[key];
  const { box, row, head } = place;
  const [from, to] = reach || reachOf(place);
  const outer = [from, row ? Math.min(row[1], box[1]) : box[1], to, row ? Math.max(row[3], box[3]) : box[3]];
  const margin = row ? CLOSE : MARGIN;
  const need = Math.min(sheet.width, Math.max(outer[2] - outer[0] + 2 * (row ? BESIDE : MARGIN), width / widest));
  const left = Math.max(0, Math.min((outer[0] + outer[2] - need) / 2, sheet.width - need));
  const scale = Math.min(widest, width / need);
  const together = head && head.page === place.page && outer[1] - head.box[1] < NEAR;
  const top = Math.max(0, (together ? head.box[1] : outer[1] - margin) - 2);
  const bottom = Math.min(sheet.height, outer[3] + margin, top + most / scale);
  const piece = (name, from, to, marked) => strip(name, { left, top: from, need, bottom: to, scale }, marked);
  const pieces = [];
  // A head that is far above is a strip of its own, where its page is in the file.
  const other = head && sha + ":" + head.page;
  if (head && !together && data.sheets[other]) {
    const strip = piece(other, Math.max(0, head.box[1] - 2), head.box[3], null);
    strip.classList.add("head");
    pieces.push(strip);
  }
  return [...pieces, piece(key, top, bottom, place)];
}

// A strip of a page as wide as all. Where there is less room, as on paper, all of it is as much smaller.
function strip(key, { left, top, need, bottom, scale }, place) {
  const view = framed(key, place, scale);
  const button = makeButton("cut", undefined, () => enlarge(key, place));
  button.title = words.enlarge;
  button.setAttribute("aria-label", words.enlarge);
  button.style.width = need * scale + "px";
  button.style.aspectRatio = need + " / " + (bottom - top);
  const sheet = data.sheets[key];
  lay(view, [left, top, left + need, bottom], [-left, -top, sheet.width - left, sheet.height - top]);
  button.append(view);
  return button;
}

// Lay an element over a box within another one, in shares of that.
function lay(element, within, box) {
  const [wide, high] = [within[2] - within[0], within[3] - within[1]];
  element.style.left = (100 * box[0]) / wide + "%";
  element.style.top = (100 * box[1]) / high + "%";
  element.style.width = (100 * (box[2] - box[0])) / wide + "%";
  element.style.height = (100 * (box[3] - box[1])) / high + "%";
}

// A whole page at a scale, with the place framed and its row marked.
function framed(key, place, scale) {
  const sheet = data.sheets[key];
  const view = make("div", "view");
  view.style.width = sheet.width * scale + "px";
  view.style.height = sheet.height * scale + "px";
  const image = make("img");
  image.alt = "";
  image.src = picture(key);
  view.append(image);
  const mark = (name, [left, top, right, bottom]) => {
    const frame = make("div", name);
    lay(frame, [0, 0, sheet.width, sheet.height], [left - 2, top - 2, right + 2, bottom + 2]);
    view.append(frame);
  };
  if (place && place.row) mark("of-row", place.row);
  if (place) mark("frame", place.box);
  return view;
}

function enlarge(key, place) {
  const view = framed(key, place, 2);
  $("sheet").replaceChildren(view);
  $("large").showModal();
  const frame = view.querySelector(".frame");
  if (frame) frame.scrollIntoView({ block: "center", inline: "center" });
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
