import { expect, test } from "vitest";
import { floorSeconds, headingsOf, readingMinutes } from "./reading";

test.each([
  ["<p></p>", 1],
  [`<p>${"字".repeat(400)}</p>`, 1],
  [`<p>${"字".repeat(1200)}</p>`, 3],
  [`<p>${"word ".repeat(460)}</p>`, 2],
  [`<p>${"字".repeat(400)} ${"word ".repeat(230)}</p>`, 2],
  [`<img alt="${"字".repeat(4000)}">`, 1],
])("%.30s… takes %i minutes", (html, minutes) => {
  expect(readingMinutes(html)).toBe(minutes);
});

test("the sections of a text are its second-level headings", () => {
  expect(headingsOf('<h2 id="一">一 <em>节</em></h2><h3 id="x">no</h3><p>a</p><h2 id="b">B &amp; C</h2><h2>none</h2>')).toEqual([
    { id: "一", text: "一 节" },
    { id: "b", text: "B & C" },
  ]);
});

test.each([["<p></p>", 6], [`<p>${"字".repeat(2000)}</p>`, 30], [`<p>${"字".repeat(9000)}</p>`, 60]])("%.20s… counts as read after %i seconds at the earliest", (html, seconds) => {
  expect(floorSeconds(html)).toBe(seconds);
});
