import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { open } from "../../test/screen";
import { serve } from "../../test/server";
import SearchPage from "./SearchPage";

const hit = { kind: "policy", code: "POL-1", title: "Complaint rules", snippet: [{ text: "36 hours", hit: true }] };

test("a version that is not in force yet says so, with its number and its date", async () => {
  serve({
    "GET /search": () => ({
      items: [
        { ...hit, number: 1, heading: "Article 1", effective_from: "2026-01-01", in_force: true },
        { ...hit, number: 2, heading: "Article 2", effective_from: "2026-12-31", in_force: false },
      ],
    }),
  });
  await open(() => <SearchPage />, "/search", "/search?q=hours");
  const lines = (await screen.findAllByRole("listitem")).map((line) => line.textContent);
  expect(lines[0]).not.toContain("in force");
  expect(lines[1]).toMatch(/not in force yet.*version 2, in force from .*2026/);
});
