"use strict";
// What every page has: its data, elements, what the browser keeps, files. Texts of reports are only set as textContent.

const data = JSON.parse(document.getElementById("data").textContent);
const words = data.words;
const $ = (id) => document.getElementById(id);

function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

function makeButton(className, text, does, key) {
  const button = make("button", className, text);
  button.type = "button";
  if (key) button.setAttribute("aria-keyshortcuts", key);
  button.addEventListener("click", does);
  return button;
}

function word(group, name) {
  return words[group][name] || name;
}

// What a person said, kept by the browser if it can; `kept` says whether.
let kept = true;

function recall(name) {
  try {
    const text = localStorage.getItem(name);
    return text ? JSON.parse(text) : null;
  } catch (error) {
    kept = false;
    return null;
  }
}

function remember(name, value) {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify(value));
  } catch (error) {
    kept = false;
  }
}

function download(name, value) {
  const text = JSON.stringify(value, null, 2) + "\n";
  const link = make("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
