import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ask } from "../api/client";
import { coursesQuery } from "../api/queries";
import { useDryRun } from "../ui/dryRun";
import { ProblemNote } from "../ui/ProblemNote";
import { Picker } from "../ui/staff/Picker";
import { PersonSelect } from "../ui/staff/PersonSelect";
import { UnitSelect } from "../ui/staff/UnitSelect";

/** AssignCourse asks a course of a unit or a person, after showing whom it would reach. */
export function AssignCourse() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const courses = useQuery(coursesQuery);
  const [slug, setSlug] = useState<string>();
  const [to, setTo] = useState<"unit" | "person">("unit");
  const [unit, setUnit] = useState<string>();
  const [person, setPerson] = useState<string>();
  const [due, setDue] = useState("");
  const target = to === "unit" ? unit : person;
  const { preview, result, ...assignment } = useDryRun(
    (_: void, dry_run) => ask(api.POST("/courses/{slug}/assignments", {
      params: { path: { slug: slug ?? "" } },
      body: { ...(to === "unit" ? { unit_code: unit } : { employee_no: person }), ...(due && { due_on: due }), dry_run },
    })),
    () => client.invalidateQueries({ queryKey: ["assignments"] }),
  );
  const change = <T,>(set: (value: T) => void) => (value: T) => {
    set(value);
    assignment.reset();
  };
  return (
    <section className="panel stack" aria-labelledby="assign">
      <h2 id="assign">{t("training.assign")}</h2>
      <div className="form">
        <div className="field">
          <label htmlFor="assign-course">{t("courses.course")}</label>
          <Picker
            id="assign-course"
            label={t("courses.course")}
            value={slug}
            placeholder={t("courses.choose_course")}
            options={(courses.data?.items ?? []).map((c) => ({ value: c.slug, label: c.title }))}
            onChange={change(setSlug)}
          />
        </div>
        <div role="radiogroup" aria-label={t("training.assign_to")} className="row">
          {(["unit", "person"] as const).map((k) => (
            <label key={k} className="row" style={{ gap: 8, minHeight: 32 }}>
              <input type="radio" name="assign-to" checked={to === k} onChange={() => change(setTo)(k)} /> {t(`training.assign_to_${k}`)}
            </label>
          ))}
        </div>
        <div className="pair">
          <div className="field">
            <label htmlFor="assign-target">{t(`training.target_${to}`)}</label>
            {to === "unit" ? (
              <UnitSelect id="assign-target" width="100%" value={unit} onChange={change(setUnit)} placeholder={t("training.choose_unit")} />
            ) : (
              <PersonSelect id="assign-target" value={person} onChange={change(setPerson)} />
            )}
          </div>
          <div className="field">
            <label htmlFor="assign-due">{t("training.due_date")}</label>
            <input id="assign-due" type="date" className="native-input" value={due} onChange={(e) => change(setDue)(e.target.value)} />
          </div>
        </div>
        {assignment.error && <ProblemNote error={assignment.error} />}
        {preview && (
          <div className="note" role="status">
            <b>{t("training.would_assign", { count: preview.assigned })}</b>
            <span>{t("training.already_assigned", { count: preview.already_assigned })}</span>
            {preview.sample.length > 0 && (
              <span className="soft">{t("training.for_example")} {preview.sample.map((p) => `${p.name} (${p.unit_name})`).join(", ")}</span>
            )}
          </div>
        )}
        {result && <p className="note good" role="status">{t("training.has_assigned", { count: result.assigned })}</p>}
        <div className="row">
          <Button disabled={!slug || !target || assignment.looking} onClick={() => assignment.look()}>{t("training.preview")}</Button>
          <Button type="primary" disabled={!preview || preview.assigned === 0 || assignment.acting} onClick={assignment.act}>
            {t("training.assign_now")}
          </Button>
        </div>
      </div>
    </section>
  );
}
