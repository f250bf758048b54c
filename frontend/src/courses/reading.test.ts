import { expect, test } from "vitest";
import { readingMinutes } from "./reading";

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
