import { expect, test } from "vitest";
import { lineAt } from "./line";

test("a line is found where it stands", () => {
  const text = "一\n\nthree\nfour";
  const lines = [1, 2, 3, 4, 5, 0].map((n) => text.slice(...lineAt(text, n)));
  expect(lines).toEqual(["一", "", "three", "four", "", "一"]);
});
