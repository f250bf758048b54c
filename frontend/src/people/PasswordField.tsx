import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import "./password-field.css";

/** PasswordField is a field for a password that can be shown, so that a long one is typed right. */
export function PasswordField({ id, name, label, value, onChange, autoComplete, size, note }: {
  id: string;
  name?: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  autoComplete: "current-password" | "new-password";
  size?: "large";
  note?: string;
}) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="password-field">
        <Input
          id={id}
          type={shown ? "text" : "password"}
          autoComplete={autoComplete}
          autoCapitalize="none"
          spellCheck={false}
          required
          value={value}
          onChange={(e) => onChange(e.target.value)}
          {...(name && { name })}
          {...(size && { size })}
          {...(note && { "aria-describedby": `${id}-note` })}
        />
        <Button {...(size && { size })} aria-controls={id} onClick={() => setShown(!shown)}>
          {t(shown ? "people.hide_password" : "people.show_password")}
        </Button>
      </div>
      {note && <p id={`${id}-note`} className="small soft">{note}</p>}
    </div>
  );
}
