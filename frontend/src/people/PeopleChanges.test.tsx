import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { peopleImport } from "../../test/factories";
import { open } from "../../test/screen";
import { serve } from "../../test/server";
import ImportPeoplePage from "./ImportPeoplePage";

const post = "POST /people/imports";

const field = (name: string, before: string, after: string, names: [string | null, string | null] = [null, null]) => ({ field: name, before, after, before_name: names[0], after_name: names[1] });

const shown = async (over: Parameters<typeof peopleImport>[0]) => {
  serve({ [post]: () => peopleImport(over) });
  const { user } = await open(ImportPeoplePage, "/hr/people/import", "/hr/people/import");
  await user.upload(screen.getByLabelText("Staff list"), new File(["x"], "staff.csv", { type: "text/csv" }));
  return user;
};

test("what changes is shown person by person, old and new, and who comes back or leaves is said first", async () => {
  await shown({
    changes: [
      { employee_no: "E2", name: "Li Min", line: 6, kind: "comes_back", fields: [field("status", "left", "active")] },
      { employee_no: "E3", name: "Zhao Jing", line: 3, kind: "leaves", fields: [field("status", "active", "left")] },
      { employee_no: "E1", name: "Wang Fang", line: 2, kind: "changes", fields: [field("position", "teller", ""), field("login", "e1", "wang")] },
      { employee_no: "E4", name: "Chen Wei", line: 4, kind: "changes", fields: [field("unit_code", "BR1", "BR2", ["East branch", "West branch"]), field("manager_no", "E9", "E8", [null, "Sun Yi"]), field("language", "zh-Hans", "en")] },
    ],
    changes_left_off: 7,
  });
  expect(await screen.findByText("1 person who had left will be staff again")).toBeVisible();
  expect(screen.getByText("1 person will be recorded as having left")).toBeVisible();
  const rows = within(screen.getByRole("table", { name: "What will change, person by person" })).getAllByRole("row").map((r) => r.textContent);
  expect(rows.slice(1)).toEqual(["6E2 Li Mincomes backStatus: left → active", "3E3 Zhao JingleavesStatus: active → left", "2E1 Wang FangchangesPosition: teller → (empty)Login: e1 → wang",
    "4E4 Chen WeichangesUnit: BR1 East branch → BR2 West branchManager: E9 → E8 Sun YiLanguage: 简体中文 → English"]);
  expect(screen.getByText("and 7 more")).toBeVisible();
});

test("what the file holds and nobody takes is named", async () => {
  await shown({
    unknown_columns: ["Hobby"], rows_above: ["Staff of 2026"], other_sheets: ["Help"],
    units_kept: [{ code: "BR", field: "parent_unit_code", stored: "HO", in_file: "EAST" }],
  });
  expect(await screen.findByText("Columns that are not recognised: Hobby")).toBeVisible();
  expect(screen.getByText("Rows above the headings: Staff of 2026")).toBeVisible();
  expect(screen.getByText("Other sheets: Help")).toBeVisible();
  expect(screen.getByText("BR, parent unit: “HO” stays; the file says “EAST”")).toBeVisible();
});

test("the page says what an absent column and an empty cell mean", async () => {
  await open(ImportPeoplePage, "/hr/people/import", "/hr/people/import");
  expect(screen.getByText("If the file has no column for something, what is stored stays as it is.")).toBeVisible();
  expect(screen.getByText(/An empty cell for the position, the manager/)).toBeVisible();
});

test("after the import what was to happen is told as done", async () => {
  const changes = [
    { employee_no: "E2", name: "Li Min", line: 6, kind: "comes_back" as const, fields: [field("status", "left", "active")] },
    { employee_no: "E3", name: "Zhao Jing", line: 3, kind: "leaves" as const, fields: [field("status", "active", "left")] },
  ];
  serve({ [post]: ({ body }) => peopleImport({ dry_run: body.dry_run === "true", changes }) });
  const { user } = await open(ImportPeoplePage, "/hr/people/import", "/hr/people/import");
  await user.upload(screen.getByLabelText("Staff list"), new File(["x"], "staff.csv", { type: "text/csv" }));
  await user.click(await screen.findByRole("button", { name: "Import 3 people" }));
  expect(await screen.findByText("1 person has been recorded as having left")).toBeVisible();
  expect(screen.getByText("1 person who had left is staff again")).toBeVisible();
  const rows = within(screen.getByRole("table", { name: "What has changed, person by person" })).getAllByRole("row").map((r) => r.textContent);
  expect(rows.slice(1)).toEqual(["6E2 Li Mincame backStatus: left → active", "3E3 Zhao JingleftStatus: active → left"]);
});
