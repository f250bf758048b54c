import { useTranslation } from "react-i18next";

interface Props { unknown_columns: string[]; rows_above: string[]; other_sheets: string[] }

/** LeftOut names what of a file was not read: columns that nobody knows, rows above the headings, other sheets. */
export function LeftOut({ file }: { file: Props }) {
  const { t } = useTranslation();
  const list = (items: string[]) => items.join(t("app.list_comma"));
  if (file.unknown_columns.length + file.rows_above.length + file.other_sheets.length === 0) return null;
  return (
    <div className="note warn" style={{ overflowWrap: "anywhere" }}>
      <b>{t("app.left_out")}</b>
      {file.unknown_columns.length > 0 && <span>{t("app.left_out_columns", { list: list(file.unknown_columns) })}</span>}
      {file.rows_above.length > 0 && <span>{t("app.left_out_rows", { list: list(file.rows_above) })}</span>}
      {file.other_sheets.length > 0 && <span>{t("app.left_out_sheets", { list: list(file.other_sheets) })}</span>}
    </div>
  );
}
