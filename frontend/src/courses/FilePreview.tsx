import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ask } from "../api/client";
import type { Locale } from "../api/views";
import { FaultTable } from "../ui/FaultTable";
import { Html } from "../ui/Html";
import { Loaded } from "../ui/Loaded";
import { languageOf } from "./manuscript";

/** FilePreview is what readers would see of a lesson, made by the server as they would get it. */
export function FilePreview({ slug, name, text }: { slug: string; name: string; text: string }) {
  const { t } = useTranslation();
  const calm = useCalm(useDeferredValue(text), 500);
  const lesson = name.startsWith("lessons/");
  const preview = useQuery({
    queryKey: ["manuscripts", slug, "preview", name, calm],
    queryFn: () => ask(api.POST("/manuscripts/{slug}/preview", { params: { path: { slug }, query: { name } }, body: { content: calm } })),
    enabled: lesson && calm !== "",
    gcTime: 0,
    placeholderData: (before) => before,
  });
  if (!lesson) return <p className="soft small">{t("courses.no_preview")}</p>;
  if (calm === "") return <p className="soft small">{t("courses.write_first")}</p>;
  return (
    <Loaded query={preview} lines={8}>
      {(p) => (
        <div className="sheet preview" role="region" tabIndex={0} aria-label={t("courses.preview_text")}>
          <h2>{p.title}</h2>
          <Html html={p.html} lang={languageOf(name)} />
          {p.faults.length > 0 && <div className="note warn" style={{ marginTop: 18 }}><FaultTable faults={p.faults} /></div>}
        </div>
      )}
    </Loaded>
  );
}

/** OtherText is the same text in another language, to translate from. */
export function OtherText({ slug, name, locale }: { slug: string; name: string; locale: Locale }) {
  const other = useQuery({
    queryKey: ["manuscripts", slug, "text", name, "beside"],
    queryFn: () => ask(api.GET("/manuscripts/{slug}/text", { params: { path: { slug }, query: { name } } })),
  });
  return <Loaded query={other} lines={8}>{(o) => <pre className="mono other-text" role="group" lang={locale} tabIndex={0} aria-label={name}>{o.content}</pre>}</Loaded>;
}

/** useCalm is the value once it has stayed the same for a while. */
function useCalm(value: string, wait: number): string {
  const [calm, setCalm] = useState(value);
  useEffect(() => {
    const timer = window.setTimeout(() => setCalm(value), wait);
    return () => window.clearTimeout(timer);
  }, [value, wait]);
  return calm;
}
