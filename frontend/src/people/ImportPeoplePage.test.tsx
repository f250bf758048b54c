import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { peopleImport } from "../../test/factories";
import { open } from "../../test/screen";
import { Refusal, serve } from "../../test/server";
import ImportPeoplePage from "./ImportPeoplePage";

const post = "POST /people/imports";
const show = () => open(ImportPeoplePage, "/hr/people/import", "/hr/people/import");
const list = () => new File(["employee_no,name\nE1,Li Yang\n"], "staff.csv", { type: "text/csv" });

test("a staff list is shown before it is taken", async () => {
  const server = serve({ [post]: ({ body }) => peopleImport({ dry_run: body.dry_run === "true", created: 7 }) });
  const { user } = await show();
  await user.upload(screen.getByLabelText("Staff list"), list());
  expect(await screen.findByText("7")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Import 3 people" }));
  await screen.findByText("The list has been imported.");
  expect(server.sent(post).map((a) => a.body)).toEqual([{ file: "staff.csv", dry_run: "true" }, { file: "staff.csv", dry_run: "false" }]);
});

test("faults of the file are shown with their places, and nothing can be imported", async () => {
  serve({ [post]: () => new Refusal(422, "people.file_invalid", "The file cannot be taken.", [{ code: "x", line: 4, column: "name", message: "The name is missing." }]) });
  const { user } = await show();
  await user.upload(screen.getByLabelText("Staff list"), list());
  expect(await screen.findByRole("row", { name: /4 name The name is missing/ })).toBeVisible();
  expect(screen.queryByRole("button", { name: /^Import / })).toBeNull();
});

test("of many faults all are counted, and those that are not listed are told of", async () => {
  const listed = [{ code: "x", line: 4, column: "name", message: "The name is missing." }, { code: "api.more_faults", message: "And 4319 more that are not listed, 4320 in all." }];
  serve({ [post]: () => new Refusal(422, "people.import_faults", "The file has 4320 faults.", listed, 4320) });
  const { user } = await show();
  await user.upload(screen.getByLabelText("Staff list"), list());
  expect(await screen.findByRole("table", { name: "4320 faults" })).toBeVisible();
  expect(screen.getByText("and 4319 more")).toBeVisible();
  expect(screen.queryByText(/4320 in all/)).toBeNull();
});
