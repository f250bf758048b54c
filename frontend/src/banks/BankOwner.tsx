import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ask } from "../api/client";
import type { Bank } from "../api/views";
import { has, useMe } from "../app/me";
import { ProblemNote } from "../ui/ProblemNote";
import { PersonSelect } from "../ui/staff/PersonSelect";

/** BankOwner is who answers for a bank, and hands it on. */
export function BankOwner({ bank }: { bank: Bank }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const mayFind = has(useMe(), "compliance"); // the list of staff is not open to authors
  const [changing, setChanging] = useState(false);
  const [person, setPerson] = useState<string>();
  const change = useMutation({
    mutationFn: (owner: string) => ask(api.PATCH("/banks/{code}", { params: { path: { code: bank.code } }, body: { edition: bank.edition, owner } })),
    onSuccess: async () => {
      setChanging(false);
      await client.invalidateQueries({ queryKey: ["banks"] });
    },
  });
  return (
    <>
      <span>{t("banks.owned_by", { name: bank.owner?.name ?? "–" })}</span>
      {mayFind && !changing && <Button size="small" onClick={() => setChanging(true)}>{t("banks.hand_on")}</Button>}
      {changing && (
        <form className="row bank-form" aria-label={t("banks.hand_on")} style={{ alignItems: "flex-end" }} onSubmit={(e) => { e.preventDefault(); if (person) change.mutate(person); }}>
          <div className="field" style={{ minWidth: 240 }}>
            <label htmlFor="bank-owner" className="label">{t("banks.owner")}</label>
            <PersonSelect id="bank-owner" opened value={person} onChange={setPerson} />
          </div>
          <Button type="primary" htmlType="submit" disabled={!person || change.isPending}>{t("banks.hand_on")}</Button>
          <Button onClick={() => setChanging(false)}>{t("banks.cancel")}</Button>
          {change.isError && <ProblemNote error={change.error} />}
        </form>
      )}
    </>
  );
}
