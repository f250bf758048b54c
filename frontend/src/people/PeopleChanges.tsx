import { useTranslation } from "react-i18next";
import type { PeopleImport } from "../api/views";
import { locales } from "../i18n";
import { ChangeTable } from "../ui/staff/ChangeTable";
import { named } from "../ui/staff/named";
import type { Tone } from "../ui/Tag";

const tones: Record<PeopleImport["changes"][number]["kind"], Tone> = { comes_back: "bad", leaves: "warn", changes: "plain", is_new: "accent" };

/** PeopleChanges shows what a staff list changes, or has changed, of each person: first who comes back and who leaves. */
export function PeopleChanges({ report: r }: { report: PeopleImport }) {
  const { t } = useTranslation();
  const count = (kind: string) => r.changes.filter((c) => c.kind === kind).length;
  const back = count("comes_back"), leaving = count("leaves");
  const tense = r.dry_run ? "" : "_done";
  const value = (field: string, v: string, name: string | null) => {
    if (field === "status" && (v === "active" || v === "on_leave" || v === "left")) return t(`people.status_${v}`);
    if (field === "language") return locales.find((l) => l.code === v)?.name ?? v;
    return named(v, name);
  };
  const label = useFieldNames();
  return (
    <>
      {back > 0 && <p className="note bad"><b>{t(`people.come_back${tense}`, { count: back })}</b></p>}
      {leaving > 0 && <p className="note warn"><b>{t(`people.leave${tense}`, { count: leaving })}</b></p>}
      <ChangeTable
        title={t(`people.changes${tense}`)}
        subject={t("people.person")}
        leftOff={r.changes_left_off}
        things={r.changes.map((c) => ({
          key: c.employee_no,
          name: c.name,
          line: c.line,
          kind: { text: t(`people.kind_${c.kind}${tense}`), tone: tones[c.kind] },
          fields: c.fields.map((f) => ({ label: label(f.field), before: value(f.field, f.before, f.before_name), after: value(f.field, f.after, f.after_name) })),
        }))}
      />
      {r.units_kept.length > 0 && (
        <div className="note warn">
          <b>{t("people.units_kept")}</b>
          {r.units_kept.slice(0, 20).map((u) => <span key={u.code + u.field}>{t("people.unit_kept", { code: u.code, field: label(u.field), stored: u.stored || t("app.emptied"), file: u.in_file })}</span>)}
          {r.units_kept.length > 20 && <span>{t("app.faults_more", { count: r.units_kept.length - 20 })}</span>}
        </div>
      )}
    </>
  );
}

/** useFieldNames gives the columns of a staff list the names that they have on the screen. */
function useFieldNames() {
  const { t } = useTranslation();
  const names = new Map([
    ["status", t("people.field_status")], ["name", t("people.field_name")], ["unit_code", t("people.field_unit_code")], ["position", t("people.field_position")],
    ["manager_no", t("people.field_manager_no")], ["login", t("people.field_login")], ["email", t("people.field_email")], ["zone", t("people.field_zone")],
    ["language", t("people.field_language")], ["unit_name", t("people.field_unit_name")], ["unit_name_zh_hant", t("people.field_unit_name_zh_hant")],
    ["unit_name_en", t("people.field_unit_name_en")], ["parent_unit_code", t("people.field_parent_unit_code")],
  ]);
  return (field: string) => names.get(field) ?? field;
}
