import { useLayoutEffect, useMemo, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import type { Answer } from "../../api/views";
import { Html } from "../Html";
import { type ItemProps, plainText, promptOf, withGap } from "./parts";

type Part = NonNullable<Answer["gaps"]>[number];

/** GapText is a text with gaps: each a small question of its own, or filled with one of the options. */
export function GapText({ item, answer, onAnswer, labelledBy }: ItemProps) {
  const { t } = useTranslation();
  const root = useRef<HTMLDivElement>(null);
  const [places, setPlaces] = useState<HTMLElement[]>([]);
  // The text keeps its element for as long as it is the same, or the places would go.
  const text = useMemo(() => <Html html={item.html} lang={item.locale} />, [item.html, item.locale]);
  useLayoutEffect(() => setPlaces([...(root.current?.querySelectorAll<HTMLElement>("[data-gap]") ?? [])]), [item.html]);
  const fill = (gap: number, part: Part) => onAnswer(withGap(answer, item.gaps.length, gap, part));
  return (
    <div role="group" aria-labelledby={`${labelledBy} ${promptOf(item)}`} ref={root}>
      {item.kind === "drag" && (
        <>
          <p className="small soft">{t("quizzes.drag_lead")}</p>
          <ul role="list" className="tokens" aria-label={t("quizzes.options")}>
            {(item.options ?? []).map((o) => (
              <li key={o.id} draggable className={answer?.gaps?.some((g) => g.choice === o.id) ? "used" : undefined}
                onDragStart={(e) => e.dataTransfer.setData("text/plain", String(o.id))}>
                <Html html={o.html} lang={item.locale} className="prose compact" />
              </li>
            ))}
          </ul>
        </>
      )}
      <div id={promptOf(item)} className="gap-text">{text}</div>
      {places.map((place) => {
        const gap = Number(place.dataset.gap) - 1;
        return createPortal(<Gap item={item} gap={gap} part={answer?.gaps?.[gap] ?? {}} onFill={(part) => fill(gap, part)} />, place, String(gap));
      })}
    </div>
  );
}

function Gap({ item, gap, part, onFill }: { item: ItemProps["item"]; gap: number; part: Part; onFill: (part: Part) => void }) {
  const { t } = useTranslation();
  const asked = item.gaps[gap];
  const label = t("quizzes.gap_n", { n: gap + 1 });
  if (!asked) return null;
  if (asked.kind === "short_answer" || asked.kind === "numerical") {
    return (
      <input
        className="gap"
        aria-label={label}
        autoComplete="off"
        inputMode={asked.kind === "numerical" ? "decimal" : "text"}
        maxLength={1000}
        size={Math.max(8, (part.text ?? "").length + 2)}
        value={part.text ?? ""}
        onChange={(e) => onFill(e.target.value === "" ? {} : { text: e.target.value })}
      />
    );
  }
  const options = asked.kind === "" ? (item.options ?? []) : asked.options;
  if (asked.kind === "multiple_choice") {
    const chosen = part.choices ?? [];
    return (
      <span role="group" aria-label={label} className="gap-choices">
        {options.map((o) => (
          <label key={o.id}>
            <input type="checkbox" checked={chosen.includes(o.id)}
              onChange={(e) => onFill({ choices: e.target.checked ? [...chosen, o.id].sort((a, b) => a - b) : chosen.filter((c) => c !== o.id) })} />
            {plainText(o.html)}
          </label>
        ))}
      </span>
    );
  }
  return (
    <select
      className="gap"
      aria-label={label}
      value={part.choice ?? ""}
      onChange={(e) => onFill(e.target.value === "" ? {} : { choice: Number(e.target.value) })}
      onDragOver={(e) => e.preventDefault()}
      onDrop={(e) => {
        e.preventDefault();
        const id = Number(e.dataTransfer.getData("text/plain"));
        if (options.some((o) => o.id === id)) onFill({ choice: id });
      }}
    >
      <option value="">{label}</option>
      {options.map((o) => <option key={o.id} value={o.id}>{plainText(o.html)}</option>)}
    </select>
  );
}
