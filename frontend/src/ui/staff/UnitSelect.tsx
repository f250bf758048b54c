import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { unitsQuery } from "../../api/queries";
import { Picker } from "./Picker";

interface Props { id: string; value: string | undefined; onChange: (code: string | undefined) => void; placeholder?: string; width?: number | string }

/** UnitSelect chooses an org unit by name or code; its value is the code. */
export function UnitSelect({ id, value, onChange, placeholder, width = 240 }: Props) {
  const { t } = useTranslation();
  const units = useQuery(unitsQuery);
  const options = (units.data?.items ?? []).map((u) => ({
    value: u.code,
    label: u.name,
    depth: u.path.split(/[./]/).filter(Boolean).length,
    search: `${u.name} ${u.code}`.toLowerCase(),
  }));
  const least = Math.min(...options.map((o) => o.depth));
  return (
    <Picker
      id={id}
      label={t("app.units")}
      allowClear
      style={{ width }}
      loading={units.isPending}
      placeholder={placeholder}
      value={value}
      options={options}
      showSearch={{ filterOption: (text, option) => String(option?.search).includes(text.toLowerCase()) }}
      optionRender={(o) => <span style={{ paddingInlineStart: 14 * (o.data.depth - least) }}>{o.data.label} <span className="mono soft small">{o.data.value}</span></span>}
      onChange={onChange}
    />
  );
}
