import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { essay } from "../../test/factories";
import { open } from "../../test/screen";
import { Refusal, serve } from "../../test/server";
import { Essays } from "./Essays";

const put = "PUT /attempts/40/marks/1";
const show = () => open(() => <Essays quiz={3} />, "/", "/");

test("an essay is marked by criterion, with a comment", async () => {
  const criteria = [{ html: "Facts", points: "3" }, { html: "Words", points: "2" }];
  let items = [essay({ question: { ...essay().question, criteria } })];
  const server = serve({ "GET /quizzes/3/essays": () => ({ items }), [put]: () => { items = []; return { standing: "settled" }; } });
  const { user } = await show();
  await user.type(await screen.findByLabelText("Facts"), "2.5");
  expect(screen.getByRole("button", { name: "Give this mark" })).toBeDisabled();
  await user.type(screen.getByLabelText("Words"), "1");
  await user.type(screen.getByLabelText(/Comment/), "Name the rule.");
  await user.click(screen.getByRole("button", { name: "Give this mark" }));
  await screen.findByText("No answer is waiting to be marked.");
  expect(server.sent(put)[0]?.body).toEqual({ criteria: ["2.5", "1"], comment: "Name the rule.", decides: false });
});

test("a refused mark says why and keeps what was typed", async () => {
  serve({ "GET /quizzes/3/essays": () => ({ items: [essay()] }), [put]: () => new Refusal(422, "quizzes.too_many_points", "5 points at most.") });
  const { user } = await show();
  const points = await screen.findByLabelText("The answer as a whole");
  await user.type(points, "9");
  await user.click(screen.getByRole("button", { name: "Give this mark" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("5 points at most.");
  expect(points).toHaveValue("9");
});

test("marks that differ are decided by a third marker", async () => {
  const server = serve({ "GET /quizzes/3/essays": () => ({ items: [essay({ standing: "disputed", marked: false, others: [{ earned: "1", possible: "5" }, { earned: "4", possible: "5" }] })] }), [put]: () => ({ standing: "settled" }) });
  const { user } = await show();
  await screen.findByText(/1\/5, 4\/5/);
  await user.type(screen.getByLabelText("The answer as a whole"), "3");
  await user.click(screen.getByRole("button", { name: "Decide" }));
  expect(server.sent(put)[0]?.body).toMatchObject({ decides: true, criteria: ["3"] });
});

test("who gave one of two marks that differ decides nothing", async () => {
  serve({ "GET /quizzes/3/essays": () => ({ items: [essay({ standing: "disputed", marked: true, others: [{ earned: "1", possible: "5" }] })] }) });
  await show();
  await screen.findByText(/1\/5.*Somebody else decides/);
  expect(screen.queryByRole("button", { name: "Decide" })).not.toBeInTheDocument();
});
