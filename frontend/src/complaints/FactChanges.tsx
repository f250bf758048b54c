import { useTranslation } from "react-i18next";
import type { ComplaintImport } from "../api/views";
import { ChangeTable } from "../ui/staff/ChangeTable";
import { named } from "../ui/staff/named";
import { useTime } from "../ui/time";

const times = new Set(["received_at", "first_reply_at", "first_feedback_at", "closed_at", "answered_on"]);

/** FactChanges shows what a file changes, or has changed, of each complaint that is stored already. */
export function FactChanges({ report: r }: { report: ComplaintImport }) {
  const { t } = useTranslation();
  const time = useTime();
  const value = (field: string, v: string, name: string | null) => {
    if (field === "class" && (v === "general" || v === "complex")) return t(`complaints.class_${v}`);
    if (field === "satisfaction" && v) return t("complaints.score", { score: v });
    return times.has(field) ? time.wall(v) : named(v, name);
  };
  const names = new Map([
    ["class", t("complaints.field_class")], ["unit", t("complaints.field_unit")], ["received_at", t("complaints.field_received_at")],
    ["first_reply_at", t("complaints.field_first_reply_at")], ["first_feedback_at", t("complaints.field_first_feedback_at")],
    ["closed_at", t("complaints.field_closed_at")], ["channel", t("complaints.field_channel")], ["product", t("complaints.field_product")],
    ["cause", t("complaints.field_cause")], ["responsible", t("complaints.field_responsible")], ["satisfaction", t("complaints.field_satisfaction")],
    ["answered_on", t("complaints.field_answered_on")],
  ]);
  return (
    <ChangeTable
      title={t(r.dry_run ? "complaints.changes" : "complaints.changes_done")}
      subject={t("complaints.reference")}
      leftOff={r.changes_left_off}
      things={r.changes.map((c) => ({
        key: c.reference,
        line: c.line,
        fields: c.fields.map((f) => ({ label: names.get(f.field) ?? f.field, before: value(f.field, f.before, f.before_name), after: value(f.field, f.after, f.after_name) })),
      }))}
    />
  );
}
