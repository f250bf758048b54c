import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ask } from "../api/client";
import type { Complaint } from "../api/views";
import { ProblemNote } from "../ui/ProblemNote";
import { PersonSelect } from "../ui/staff/PersonSelect";

/** NameResponsible names the one person who answers for a complaint. */
export function NameResponsible({ complaint, onClose }: { complaint: Complaint; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [person, setPerson] = useState<string>();
  const name = useMutation({
    mutationFn: (employee_no: string) =>
      ask(api.PUT("/complaints/{reference}/responsible-person", { params: { path: { reference: complaint.reference } }, body: { employee_no } })),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["complaints"] });
      onClose();
    },
  });
  return (
    <Modal
      open
      title={t("complaints.name_title", { reference: complaint.reference })}
      okText={t("complaints.name")}
      cancelText={t("complaints.cancel")}
      closable={{ "aria-label": t("app.close") }}
      okButtonProps={{ disabled: !person || name.isPending }}
      onOk={() => person && name.mutate(person)}
      onCancel={onClose}
    >
      <div className="stack">
        {complaint.responsible && <p className="soft">{t("complaints.responsible_now", { name: complaint.responsible.name })}</p>}
        <div className="field">
          <label htmlFor="responsible">{t("complaints.responsible")}</label>
          <PersonSelect id="responsible" value={person} onChange={setPerson} />
        </div>
        {name.isError && <ProblemNote error={name.error} />}
      </div>
    </Modal>
  );
}
