import { expect, test } from "vitest";
import { insertions } from "./insertion";

const make = (key: string) => insertions.find((i) => i.key === key)!.make;

test("marks go around what is selected, and it stays selected", () => {
  const done = make("bold")("先登记后处理", 1, 3);
  expect(done.text).toBe("先**登记**后处理");
  expect(done.text.slice(...done.select)).toBe("登记");
});

test("a block goes below the line of the cursor and tears none apart", () => {
  const done = make("callout")("第一行\n第二行", 1, 1);
  expect(done.text).toBe("第一行\n\n> [!WARNING]\n> \n\n第二行");
  expect(make("heading")("", 0, 0).text).toBe("## \n");
});
