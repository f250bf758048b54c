import "./staff.css";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Tag, type Tone } from "../Tag";

/** ChangedThing is a person or a case with its fields before and after. */
export interface ChangedThing {
  key: string;
  name?: string;
  line: number;
  kind?: { text: string; tone: Tone };
  fields: { label: string; before: string; after: string }[];
}

const step = 100;

/** ChangeTable shows what an import changes, old → new, thing by thing; leftOff more are not listed. */
export function ChangeTable({ title, subject, things, leftOff }: { title: string; subject: string; things: ChangedThing[]; leftOff: number }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(step);
  if (things.length === 0) return null;
  const hidden = Math.max(0, things.length - shown) + leftOff;
  return (
    <div className="stack" style={{ gap: 8 }}>
      <div className="scroll-x" tabIndex={0} role="region" aria-label={title}>
        <table className="plain-table change-table">
          <caption>{title}</caption>
          <thead>
            <tr>
              <th scope="col">{t("app.fault_line")}</th>
              <th scope="col">{subject}</th>
              <th scope="col">{t("app.change_what")}</th>
            </tr>
          </thead>
          <tbody>
            {things.slice(0, shown).map((c) => (
              <tr key={c.key}>
                <td className="mono">{c.line}</td>
                <th scope="row" style={{ color: "inherit" }}>
                  <span className="mono">{c.key}</span> {c.name}
                  {c.kind && <div><Tag tone={c.kind.tone}>{c.kind.text}</Tag></div>}
                </th>
                <td>
                  <ul>
                    {c.fields.map((f) => (
                      <li key={f.label}>{f.label}{t("app.colon")}{f.before !== "" && <><del>{f.before}</del> → </>}<ins>{f.after || t("app.emptied")}</ins></li>
                    ))}
                  </ul>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {hidden > 0 && (
        <p className="row small soft">
          {t("app.faults_more", { count: hidden })}
          {things.length > shown && <Button size="small" onClick={() => setShown(shown + 5 * step)}>{t("app.show_more")}</Button>}
        </p>
      )}
    </div>
  );
}
