import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ask } from "../../api/client";
import { Picker } from "./Picker";

interface Props { id: string; value: string | undefined; opened?: boolean; onChange: (employeeNo: string | undefined) => void }

/** PersonSelect finds a member of staff by name or number; its value is the employee number. What a button opened has the keyboard. */
export function PersonSelect({ id, value, opened = false, onChange }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const q = useDeferredValue(text.trim());
  const people = useQuery({
    queryKey: ["people", "choice", q],
    queryFn: () => ask(api.GET("/people", { params: { query: { ...(q && { q }), limit: 20 } } })),
    placeholderData: keepPreviousData,
  });
  return (
    <Picker
      id={id}
      label={t("app.find_person")}
      allowClear
      autoFocus={opened} // eslint-disable-line jsx-a11y/no-autofocus -- a button opened it, and whoever pressed that goes on here
      placeholder={t("app.find_person")}
      value={value}
      loading={people.isFetching}
      showSearch={{ filterOption: false, onSearch: setText }}
      options={(people.data?.items ?? []).map((p) => ({ value: p.employee_no, label: `${p.name} · ${p.employee_no} · ${p.unit_name}` }))}
      onChange={onChange}
    />
  );
}
