import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ask } from "../api/client";
import type { RoleName } from "../api/views";
import { ProblemNote } from "../ui/ProblemNote";
import { Choice } from "../ui/staff/Choice";
import { UnitSelect } from "../ui/staff/UnitSelect";
import { roleNames } from "./roleText";

/** GrantForm grants a person a role over a unit and all below it. */
export function GrantForm({ person }: { person: number }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [role, setRole] = useState<RoleName>();
  const [unit, setUnit] = useState<string>();
  const grant = useMutation({
    mutationFn: (body: { role: RoleName; unit_code: string }) => ask(api.POST("/people/{id}/roles", { params: { path: { id: person } }, body })),
    onSuccess: () => {
      setRole(undefined);
      return client.invalidateQueries({ queryKey: ["people", person, "roles"] });
    },
  });
  return (
    <div className="stack">
      <div className="row" style={{ alignItems: "flex-end" }}>
        <Choice label={t("people.role")} any={t("people.choose")} value={role} options={roleNames.map((r) => ({ value: r, label: t(`people.role_${r}`) }))} onChoose={setRole} />
        <div className="field">
          <label htmlFor="grant-unit" className="label">{t("people.over_unit")}</label>
          <UnitSelect id="grant-unit" value={unit} onChange={setUnit} placeholder={t("people.choose")} />
        </div>
        <Button type="primary" disabled={!role || !unit || grant.isPending} onClick={() => role && unit && grant.mutate({ role, unit_code: unit })}>{t("people.grant")}</Button>
      </div>
      {grant.isError && <ProblemNote error={grant.error} />}
    </div>
  );
}
