import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { manuscript, me } from "../../test/factories";
import { open } from "../../test/screen";
import { Refusal, serve } from "../../test/server";
import { AuthorTools } from "./AuthorTools";

const Tools = () => <AuthorTools slug="manners" />;
const show = () => open(Tools, "/courses/:slug", "/courses/manners");

test("the next revision of a course is begun from its page", async () => {
  const server = serve({ "POST /manuscripts": () => manuscript(), "GET /manuscripts": () => ({ items: [] }) });
  const { user, router } = await show();
  await user.click(screen.getByRole("button", { name: "Write the next revision" }));
  await screen.findByText("Elsewhere");
  expect(router.state.location.pathname).toBe("/officer/writing/manners");
  expect(server.sent("POST /manuscripts").map((a) => a.body)).toEqual([{ slug: "manners" }]);
});

test("a course that cannot be written says why, on its page", async () => {
  serve({ "POST /manuscripts": () => new Refusal(409, "courses.not_kept", "Its files were not kept.") });
  const { user } = await show();
  await user.click(screen.getByRole("button", { name: "Write the next revision" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("Its files were not kept.");
});

test("an author of one branch reads the history of a course and does not rewrite it", async () => {
  serve({});
  await open(Tools, "/courses/:slug", "/courses/manners", me({ institution_roles: [] }));
  expect(screen.getByRole("link", { name: "History and changes" })).toBeVisible();
  expect(screen.queryByRole("button", { name: "Write the next revision" })).toBeNull();
});
