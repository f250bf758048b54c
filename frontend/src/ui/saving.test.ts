import { expect, test } from "vitest";
import { withStorage } from "../../test/device";
import { localeNow, startI18n } from "../i18n";
import { Backups } from "./edited/backups";
import { EditedText } from "./edited/EditedText";
import { drop, keep, keepWord, kept, keptNames, keptWord } from "./saving";

test.each(["full", "forbidden"] as const)("on a device whose storage is %s nothing is kept, and everything works", (how) =>
  withStorage(how, async () => {
    keep("a", 1);
    keepWord("b", "x");
    drop("a");
    expect([kept("a"), keptWord("b"), keptNames("")]).toEqual([undefined, undefined, []]);
    await startI18n();
    expect(localeNow()).toBe("en"); // as the browser asks
    const text = new EditedText(new Backups(1, "note", ""), { edition: 1, editor: "", value: "old" });
    text.write("new");
    expect(text.snapshot()).toMatchObject({ value: "new", state: "changed" });
  }));

test("a value and a word come back as they were left", () => {
  keep("anwen.a", { n: [1] });
  keepWord("anwen.b", "off");
  expect([kept("anwen.a"), keptWord("anwen.b"), kept("anwen.b")]).toEqual([{ n: [1] }, "off", undefined]); // a bare word is no value
  expect(keptNames("anwen.").sort()).toEqual(["anwen.a", "anwen.b"]);
  drop("anwen.a");
  expect(kept("anwen.a")).toBeUndefined();
});
