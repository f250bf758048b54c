import { Input } from "antd";
import { useEffect, useId, useState } from "react";

const rest = 350; // ms after the last key

/** SearchField tells its text when the typing rests. */
export function SearchField({ label, value, onSearch }: { label: string; value: string | undefined; onSearch: (text: string | undefined) => void }) {
  const id = useId();
  const [text, setText] = useState(value ?? "");
  useEffect(() => {
    if (text === (value ?? "")) return;
    const timer = setTimeout(() => onSearch(text.trim() || undefined), rest);
    return () => clearTimeout(timer);
  });
  return (
    <div className="field">
      <label htmlFor={id} className="label">{label}</label>
      <Input id={id} type="search" allowClear style={{ width: 220, maxWidth: "100%" }} value={text} onChange={(e) => setText(e.target.value)} />
    </div>
  );
}
