import { DownOutlined, HolderOutlined, UpOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Html } from "../Html";
import { type ItemProps, moved, plainText, promptOf } from "./parts";

/** Ordering asks to put things into an order, by buttons or by dragging. */
export function Ordering({ item, answer, onAnswer, labelledBy }: ItemProps) {
  const { t } = useTranslation();
  const options = item.options ?? [];
  const order = answer?.order ?? options.map((o) => o.id);
  const dragged = useRef<number | null>(null);
  const list = useRef<HTMLOListElement>(null);
  const [said, setSaid] = useState("");
  const textOf = (id: number) => options.find((o) => o.id === id)?.html ?? "";
  const move = (from: number, to: number) => {
    if (to < 0 || to >= order.length || from === to) return;
    onAnswer({ order: moved(order, from, to) });
    setSaid(t("quizzes.moved", { what: plainText(textOf(order[from] ?? 0)), n: to + 1, total: order.length }));
    const way = to < from ? "up" : "down";
    requestAnimationFrame(() => list.current?.querySelectorAll<HTMLElement>(`[data-way=${way}]`)[to]?.focus());
  };
  return (
    <div role="group" aria-labelledby={`${labelledBy} ${promptOf(item)}`}>
      <p className="small soft" style={{ marginBottom: 8 }}>{t("quizzes.order_lead")}</p>
      <ol role="list" className="ordering" ref={list}>
        {order.map((id, i) => (
          <li
            key={id}
            draggable
            onDragStart={(e) => { dragged.current = i; e.dataTransfer.effectAllowed = "move"; }}
            onDragOver={(e) => e.preventDefault()}
            onDrop={(e) => { e.preventDefault(); if (dragged.current !== null) move(dragged.current, i); dragged.current = null; }}
          >
            <HolderOutlined aria-hidden className="soft" />
            <span className="ordinal">{i + 1}</span>
            <Html html={textOf(id)} lang={item.locale} className="prose compact" />
            <span className="moves">
              <Button size="small" data-way="up" icon={<UpOutlined aria-hidden />} disabled={i === 0}
                aria-label={t("quizzes.move_up", { what: plainText(textOf(id)) })} onClick={() => move(i, i - 1)} />
              <Button size="small" data-way="down" icon={<DownOutlined aria-hidden />} disabled={i === order.length - 1}
                aria-label={t("quizzes.move_down", { what: plainText(textOf(id)) })} onClick={() => move(i, i + 1)} />
            </span>
          </li>
        ))}
      </ol>
      <span className="hidden-text" role="status">{said}</span>
      {answer?.order === undefined ? (
        <Button type="link" size="small" style={{ paddingInline: 0, marginTop: 6 }} onClick={() => onAnswer({ order })}>{t("quizzes.keep_order")}</Button>
      ) : (
        <Button type="link" size="small" style={{ paddingInline: 0, marginTop: 6 }} onClick={() => onAnswer({})}>{t("quizzes.clear")}</Button>
      )}
    </div>
  );
}
