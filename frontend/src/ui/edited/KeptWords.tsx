import { Button, Input } from "antd";
import type { TextAreaRef } from "antd/es/input/TextArea";
import { type ReactNode, useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useCopied } from "../copied";
import { Discard } from "./Discard";

interface Props {
  title: string;
  label?: string;
  text: string;
  onDiscard: () => void;
  children?: ReactNode;
}

/** KeptWords are unsaved words that are not in a form: to read, to copy, to give up. */
export function KeptWords({ title, label, text, onDiscard, children }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const area = useRef<TextAreaRef>(null);
  const { copy, said } = useCopied(text, () => area.current?.resizableTextArea?.textArea.select());
  return (
    <section className="note warn" aria-label={title}>
      <b>{title}</b>
      <label htmlFor={id} className="small">{label ?? t("app.text_yours")}</label>
      <Input.TextArea id={id} ref={area} className="mono" readOnly value={text} autoSize={{ minRows: 4, maxRows: 16 }} />
      <div className="row">
        {children}
        <Button onClick={copy}>{t("app.text_copy")}</Button>
        <Discard onDiscard={onDiscard} />
        <span className="small" role="status">{said}</span>
      </div>
    </section>
  );
}
