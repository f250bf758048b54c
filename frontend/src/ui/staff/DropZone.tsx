import "./staff.css";
import { CloudUploadOutlined } from "@ant-design/icons";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";

interface Props { label: string; hint: string; accept: string; file: File | null; onFile: (file: File) => void }

/** DropZone takes one file, dragged or chosen. It is an ordinary file input to a keyboard. */
export function DropZone({ label, hint, accept, file, onFile }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [over, setOver] = useState(false);
  const take = (files: FileList | null) => {
    const first = files?.[0];
    if (first) onFile(first);
  };
  return (
    <div
      className={over ? "drop over" : "drop"}
      onDragOver={(e) => { e.preventDefault(); setOver(true); }}
      onDragLeave={() => setOver(false)}
      onDrop={(e) => { e.preventDefault(); setOver(false); take(e.dataTransfer.files); }}
    >
      <CloudUploadOutlined aria-hidden />
      <label htmlFor={id}>{label}</label>
      <p className="small soft" id={`${id}hint`}>{hint}</p>
      <span className="button-link quiet" aria-hidden>{t("app.file_choose")}</span>
      <input
        id={id}
        type="file"
        accept={accept}
        aria-describedby={`${id}hint`}
        onChange={(e) => { take(e.target.files); e.target.value = ""; }}
      />
      <p role="status" className="small">{file ? t("app.file_chosen", { name: file.name, size: sizeOf(file.size) }) : ""}</p>
    </div>
  );
}

function sizeOf(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
