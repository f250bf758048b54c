interface Props<T extends string> { label: string; value: T | undefined; any?: string; options: { value: T; label: string }[]; onChoose: (value: T | undefined) => void }

/** Choice is a short list to choose from, as the platform draws it. */
export function Choice<T extends string>({ label, value, any, options, onChoose }: Props<T>) {
  return (
    <label className="field">
      <span className="label">{label}</span>
      <select className="native-select" value={value ?? ""} onChange={(e) => onChoose(options.find((o) => o.value === e.target.value)?.value)}>
        {any !== undefined && <option value="">{any}</option>}
        {options.map((o) => <option key={o.value} value={o.value}>{o.label}</option>)}
      </select>
    </label>
  );
}
