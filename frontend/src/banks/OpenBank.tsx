import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Input, Modal } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api, ask } from "../api/client";
import type { Texts } from "../api/views";
import { Unsettled } from "../ui/edited/Unsettled";
import { useUnsent } from "../ui/edited/useUnsent";
import { ProblemNote } from "../ui/ProblemNote";
import { LanguageTabs } from "../ui/staff/LanguageTabs";

/** OpenBank makes a bank that the reader owns. */
export function OpenBank({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const bank = useUnsent<{ code: string; names: Texts }>("bank/new", { code: "", names: {} });
  const { code, names } = bank.value;
  const filled = Object.fromEntries(Object.entries(names).filter(([, name]) => name.trim() !== "")) as Record<string, string>;
  const open = useMutation({
    mutationFn: () => ask(api.POST("/banks", { body: { code, names: filled } })),
    onSuccess: async () => {
      bank.sent();
      await client.invalidateQueries({ queryKey: ["banks"] });
      await navigate(`/officer/banks/${code}`);
    },
  });
  return (
    <Modal
      open
      title={t("banks.open")}
      okText={t("banks.open_now")}
      cancelText={t("banks.cancel")}
      closable={{ "aria-label": t("app.close") }}
      okButtonProps={{ disabled: code === "" || Object.keys(filled).length === 0 || open.isPending }}
      onOk={() => open.mutate()}
      onCancel={onClose}
    >
      <div className="stack">
        <div className="field">
          <label htmlFor="bank-code">{t("banks.code")}</label>
          <Input id="bank-code" className="mono" maxLength={60} placeholder="complaints-2026" value={code} onChange={(e) => bank.write({ code: e.target.value.trim(), names })} aria-describedby="bank-code-hint" />
          <p id="bank-code-hint" className="small soft">{t("banks.code_hint")}</p>
        </div>
        <LanguageTabs filled={(l) => !!names[l]?.trim()}>
          {(l) => (
            <div className="field">
              <label htmlFor={`bank-name-${l}`}>{t("banks.name")}</label>
              <Input id={`bank-name-${l}`} maxLength={200} value={names[l] ?? ""} onChange={(e) => bank.write({ code, names: { ...names, [l]: e.target.value } })} />
            </div>
          )}
        </LanguageTabs>
        <Unsettled edited={bank} show={(v) => v.code} />
        {open.isError && <ProblemNote error={open.error} />}
      </div>
    </Modal>
  );
}
