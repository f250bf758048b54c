import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PolicyDraft } from "../api/views";
import { Unsettled } from "../ui/edited/Unsettled";
import { useUnsent } from "../ui/edited/useUnsent";

interface Props { draft: PolicyDraft; mayApprove: boolean; pending: boolean; onApprove: (material: boolean, note: string, sent: () => void) => void; onReturn: (reason: string, sent: () => void) => void }

/** ReviewDraft decides about somebody else's draft: material or editorial, or back to its writers. */
export function ReviewDraft({ draft: d, mayApprove, pending, onApprove, onReturn }: Props) {
  const { t } = useTranslation();
  const [material, setMaterial] = useState<boolean>();
  const note = useUnsent(`policy-review/${d.id}`, "");
  return (
    <>
      <fieldset className="choices">
        <legend>{t("policies.is_it_material")}</legend>
        {([true, false] as const).map((value) => (
          <label key={String(value)} className="option">
            <input type="radio" name="material" checked={material === value} onChange={() => setMaterial(value)} />
            <span><b>{t(value ? "policies.material" : "policies.editorial")}</b><br /><span className="small soft">{t(value ? "policies.material_text" : "policies.editorial_text")}</span></span>
          </label>
        ))}
      </fieldset>
      <div className="field" style={{ maxWidth: 620 }}>
        <label htmlFor="decision-note">{t("policies.decision_note")}</label>
        <Input.TextArea id="decision-note" rows={2} maxLength={2000} value={note.value} onChange={(e) => note.write(e.target.value)} />
      </div>
      <Unsettled edited={note} show={(words) => words} />
      <div className="row">
        <Button type="primary" disabled={!mayApprove || material === undefined || pending} onClick={() => onApprove(material === true, note.value, note.sent)}>{t("policies.approve")}</Button>
        <Button disabled={!note.value.trim() || pending} onClick={() => onReturn(note.value, note.sent)}>{t("policies.return_draft")}</Button>
      </div>
    </>
  );
}
