import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { courseLine, people, units } from "../../test/factories";
import { open, pick } from "../../test/screen";
import { Refusal, serve } from "../../test/server";
import { AssignCourse } from "./AssignCourse";

const post = "POST /courses/complaints/assignments";
const answers = () => ({
  "GET /courses": () => ({ items: [courseLine()] }),
  "GET /units": units,
  "GET /people": () => people("Li Yang"),
  [post]: ({ body }: { body: Record<string, unknown> }): unknown => ({ assigned: 12, already_assigned: 3, dry_run: body.dry_run, sample: [] }),
});
const show = () => open(AssignCourse, "/", "/");

test("a course is assigned to a unit after it was shown whom that reaches", async () => {
  const server = serve(answers());
  const { user } = await show();
  await pick(user, "Course", "Handling complaints");
  await pick(user, "Unit", "Head office");
  expect(screen.getByRole("button", { name: "Assign" })).toBeDisabled();
  await user.click(screen.getByRole("button", { name: "Preview" }));
  await screen.findByText(/12 people would be assigned/);
  await user.click(screen.getByRole("button", { name: "Assign" }));
  await screen.findByText("Assigned to 12 people.");
  expect(server.sent(post).map((a) => a.body)).toEqual([{ unit_code: "HQ", dry_run: true }, { unit_code: "HQ", dry_run: false }]);
});

test("another choice asks for another look", async () => {
  serve(answers());
  const { user } = await show();
  await pick(user, "Course", "Handling complaints");
  await pick(user, "Unit", "Head office");
  await user.click(screen.getByRole("button", { name: "Preview" }));
  await screen.findByText(/12 people would be assigned/);
  await user.click(screen.getByRole("radio", { name: /person/i }));
  expect(screen.queryByText(/would be assigned/)).toBeNull();
  expect(screen.getByRole("button", { name: "Assign" })).toBeDisabled();
});

test("a refusal is shown in the server's words, and nothing can be assigned", async () => {
  serve({ ...answers(), [post]: () => new Refusal(422, "courses.due_past", "The due date is past.") });
  const { user } = await show();
  await pick(user, "Course", "Handling complaints");
  await pick(user, "Unit", "Head office");
  await user.click(screen.getByRole("button", { name: "Preview" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("The due date is past.");
  expect(screen.getByRole("button", { name: "Assign" })).toBeDisabled();
});
