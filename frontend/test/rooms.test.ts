// The rooms of the client do not import each other, and only api/client.ts fetches.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const src = join(import.meta.dirname, "../src");
const rooms = ["people", "courses", "training", "quizzes", "banks", "certificates", "policies", "briefings", "complaints", "performance", "records", "search", "audit"];
const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((f) => /\.tsx?$/.test(f));

test("a room imports no other room", () => {
  const crossings: string[] = [];
  for (const file of files) {
    const room = rooms.find((r) => file.startsWith(`${r}/`));
    if (!room) continue;
    for (const [, wanted] of readFileSync(join(src, file), "utf8").matchAll(/from "\.\.\/(\w+)\//g)) {
      if (wanted && wanted !== room && rooms.includes(wanted)) crossings.push(`${file} imports ${wanted}`);
    }
  }
  expect(crossings).toEqual([]);
});

test("only api/client.ts calls fetch", () => {
  const callers = files.filter((f) => !f.endsWith(".test.ts") && /(?<![.\w])fetch\(/.test(readFileSync(join(src, f), "utf8")));
  expect(callers).toEqual(["api/client.ts"]);
});

test("no file of a component is longer than 250 lines", () => {
  const long = files.filter((f) => f.endsWith(".tsx") && readFileSync(join(src, f), "utf8").split("\n").length > 251);
  expect(long).toEqual([]);
});
