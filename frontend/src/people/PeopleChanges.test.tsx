import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { peopleImport } from "../../test/factories";
import { open } from "../../test/screen";
import { serve } from "../../test/server";
import ImportPeoplePage from "./ImportPeoplePage";

const post = "POST /people/imports";

const shown = async (over: Parameters<typeof peopleImport>[0]) => {
  serve({ [post]: () => peopleImport(over) });
  const { user } = await open(ImportPeoplePage, "/hr/people/import", "/hr/people/import");
  await user.upload(screen.getByLabelText("Staff list"), new File(["x"], "staff.csv", { type: "text/csv" }));
  return user;
};

test("what changes is shown person by person, old and new, and who comes back or leaves is said first", async () => {
  await shown({
    changes: [
      { employee_no: "E2", name: "Li Min", line: 6, kind: "comes_back", fields: [{ field: "status", before: "left", after: "active" }] },
      { employee_no: "E3", name: "Zhao Jing", line: 3, kind: "leaves", fields: [{ field: "status", before: "active", after: "left" }] },
      { employee_no: "E1", name: "Wang Fang", line: 2, kind: "changes", fields: [{ field: "position", before: "teller", after: "" }, { field: "login", before: "e1", after: "wang" }] },
    ],
    changes_left_off: 7,
  });
  expect(await screen.findByText("1 person who had left becomes staff again")).toBeVisible();
  expect(screen.getByText("1 person leaves")).toBeVisible();
  const rows = within(screen.getByRole("table", { name: "What changes, person by person" })).getAllByRole("row").map((r) => r.textContent);
  expect(rows.slice(1)).toEqual(["6E2 Li Mincomes backStatus: left → active", "3E3 Zhao JingleavesStatus: active → left", "2E1 Wang FangchangesPosition: teller → (empty)Login: e1 → wang"]);
  expect(screen.getByText("and 7 more")).toBeVisible();
});

test("what the file holds and nobody takes is named", async () => {
  await shown({
    unknown_columns: ["Hobby"], rows_above: ["Staff of 2026"], other_sheets: ["Help"],
    units_kept: [{ code: "BR", field: "parent_unit_code", stored: "HO", in_file: "EAST" }],
  });
  expect(await screen.findByText("Columns that are not known: Hobby")).toBeVisible();
  expect(screen.getByText("Rows above the headings: Staff of 2026")).toBeVisible();
  expect(screen.getByText("Other sheets: Help")).toBeVisible();
  expect(screen.getByText("BR, parent unit: HO stays; the file says EAST")).toBeVisible();
});

test("the page says what an absent column and an empty cell mean", async () => {
  await open(ImportPeoplePage, "/hr/people/import", "/hr/people/import");
  expect(screen.getByText("A column that the file does not have leaves what is stored.")).toBeVisible();
  expect(screen.getByText(/An empty cell of the position, the manager/)).toBeVisible();
});
