import { Button, Input } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useTime } from "../time";
import { Discard } from "./Discard";
import { KeptWords } from "./KeptWords";
import { Leaving } from "./Leaving";
import type { Edited } from "./useEdited";

interface Props<T> {
  edited: Edited<T>;
  /** A text as the writer would read it: words, or something drawn. */
  show: (value: T) => string;
  drawn?: ReactNode;
}

/** wordsOf are all the words of a value, whatever its form. */
function wordsOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return typeof value === "string" ? value : "";
  return Object.values(value).map(wordsOf).filter(Boolean).join("\n\n");
}

/** Unsettled asks what an edited text needs decided: whose text stays, what becomes of kept words, and whether to leave words behind. */
export function Unsettled<T>({ edited, show, drawn }: Props<T>) {
  const { t } = useTranslation();
  const time = useTime();
  const { theirs, state, foundFrom, others } = edited;
  const given = !theirs && !edited.sendsItself && (state === "failed" || (state === "changed" && foundFrom !== undefined));
  return (
    <>
      {theirs && (
        <section className="note warn" aria-labelledby="conflict">
          <b id="conflict">{theirs.editor ? t("app.text_conflict_by", { name: theirs.editor }) : t("app.text_conflict_somebody")}</b>
          {drawn ?? (
            <>
              <label htmlFor="theirs" className="small">{t("app.text_theirs", { n: theirs.edition })}</label>
              <Input.TextArea id="theirs" className="mono" readOnly value={show(theirs.value)} autoSize={{ minRows: 6, maxRows: 16 }} />
            </>
          )}
          <div className="row">
            <Button onClick={() => edited.decide("mine")}>{t("app.text_keep_mine")}</Button>
            <Button onClick={() => edited.decide("theirs")}>{t("app.text_take_theirs")}</Button>
          </div>
        </section>
      )}
      {given && (
        <div className="note">
          {foundFrom !== undefined && <span>{t("app.text_found", { time: time.instant(foundFrom) })}</span>}
          <div className="row"><Discard onDiscard={() => edited.discard()} /></div>
        </div>
      )}
      {others.map((other) => (
        <KeptWords key={other.key} title={t("app.text_other_tab", { time: time.instant(other.at) })} text={show(other.value) || wordsOf(other.value)} onDiscard={() => edited.discard(other)}>
          <Button disabled={state === "saving"} onClick={() => edited.take(other)}>{t("app.text_go_on")}</Button>
        </KeptWords>
      ))}
      <Leaving isUnsaved={edited.isUnsaved} sendsItself={edited.sendsItself} />
    </>
  );
}
