import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Modal } from "antd";
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { useBlocker } from "react-router";
import { api, ask } from "../api/client";
import type { Answer, Attempt } from "../api/views";
import { Html } from "../ui/Html";
import { ProblemNote } from "../ui/ProblemNote";
import { isAnswered, isTyped } from "../ui/item/parts";
import { AnswerQueue } from "./answerQueue";
import { Countdown } from "./Countdown";
import { ItemForm } from "../ui/item/ItemForm";
import { Navigator } from "./Navigator";
import { SaveNote } from "./SaveNote";
import { stepsOf } from "./steps";
import { useAttemptEvents } from "./useAttemptEvents";

const typing = 700; // ms of rest after which a typed answer is sent

/** OpenAttempt shows one item at a time and keeps every answer on its way to the server. */
export function OpenAttempt({ attempt }: { attempt: Attempt }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const queue = useQueue(attempt);
  useAttemptEvents(attempt.id);
  const state = useSyncExternalStore(queue.subscribe, queue.snapshot);
  const [index, setIndex] = useState(0);
  const [asking, setAsking] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const steps = useMemo(() => stepsOf(attempt.items), [attempt.items]);
  const step = steps[index];

  const submit = useMutation({
    mutationFn: async (late: boolean) => {
      if (!late) await queue.settle(); // when time is over the server takes what it has
      return ask(api.POST("/attempts/{id}/submission", { params: { path: { id: attempt.id } } }));
    },
    onSuccess: async (result) => {
      queue.forget();
      setAsking(false);
      client.setQueryData(["attempts", attempt.id], { ...attempt, answers: state.answers, submitted: true, result });
      await Promise.all(
        [["courses"], ["assignments"], ["certificates"], ["attempts", attempt.id]].map((queryKey) => client.invalidateQueries({ queryKey })),
      );
    },
  });

  const unsaved = state.unsaved.length > 0;
  const blocker = useBlocker(({ currentLocation, nextLocation }) =>
    currentLocation.pathname !== nextLocation.pathname && !submit.isPending && !submit.isSuccess && (unsaved || attempt.deadline_at !== null));
  useEffect(() => {
    if (!unsaved) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [unsaved]);

  const show = (next: number) => {
    setIndex(next);
    requestAnimationFrame(() => heading.current?.focus());
  };
  const answer = (value: Answer) => step && queue.set(step.item.position, value, isTyped(value) ? typing : 0);
  const blank = steps.map((s, i) => ({ ...s, i })).filter((s) => s.asks && !isAnswered(state.answers[s.item.position]));
  if (!step) return null;
  const { item, about, asks, n } = step;
  const last = index === steps.length - 1;

  return (
    <div className="quiz">
      <section className="quiz-item" aria-labelledby="item-title">
        {item.section && <p className="small soft">{item.section}</p>}
        <div className="row apart quiz-item-head">
          <h2 id="item-title" ref={heading} tabIndex={-1}>
            {asks ? t("quizzes.item_of", { n, total: steps.filter((s) => s.asks).length }) : t("quizzes.kind_description")}
          </h2>
          {asks && <span className="soft small">{t(`quizzes.kind_${item.kind}`)} · {t("quizzes.points", { points: item.points })}</span>}
        </div>
        {about && (
          <details className="case" open>
            <summary>{t("quizzes.case")}</summary>
            <Html html={about.html} lang={about.locale} />
          </details>
        )}
        <ItemForm key={item.position} item={item} answer={state.answers[item.position]} onAnswer={answer} />
        {asks && <SaveNote item={item} state={state.states[item.position]} answered={isAnswered(state.answers[item.position])} onRetry={queue.retry} onKeep={(which) => queue.keep(item.position, which)} />}
        <div className="quiz-foot">
          <Button size="large" disabled={index === 0} onClick={() => show(index - 1)}>{t("quizzes.previous")}</Button>
          {last ? (
            <Button size="large" type="primary" onClick={() => setAsking(true)}>{t("quizzes.to_submit")}</Button>
          ) : (
            <Button size="large" type="primary" onClick={() => show(index + 1)}>{t("quizzes.next")}</Button>
          )}
        </div>
      </section>

      <aside className="quiz-side stack" aria-label={t("quizzes.overview")}>
        {attempt.deadline_at && <Countdown deadline={attempt.deadline_at} serverNow={attempt.server_now} onOver={() => submit.mutate(true)} />}
        <Navigator steps={steps} state={state} current={index} onShow={show} />
        <Button block onClick={() => setAsking(true)}>{t("quizzes.submit")}</Button>
        {submit.isError && !asking && <ProblemNote error={submit.error} retry={() => submit.mutate(submit.variables)} />}
      </aside>

      <Modal
        open={asking}
        title={t("quizzes.submit_title")}
        okText={submit.isPending ? t("quizzes.submitting") : t("quizzes.submit")}
        cancelText={t("quizzes.keep_working")}
        okButtonProps={{ disabled: submit.isPending }}
        closable={{ "aria-label": t("app.close") }}
        onOk={() => submit.mutate(false)}
        onCancel={() => setAsking(false)}
      >
        <div className="stack">
          {blank.length === 0 ? (
            <p>{t("quizzes.all_answered")}</p>
          ) : (
            <div>
              <p>{t("quizzes.unanswered", { count: blank.length })}</p>
              <ul role="list" className="row" style={{ marginTop: 8 }}>
                {blank.map((s) => (
                  <li key={s.i}>
                    <Button size="small" onClick={() => { setAsking(false); show(s.i); }}>{t("quizzes.item_n", { n: s.n })}</Button>
                  </li>
                ))}
              </ul>
            </div>
          )}
          {unsaved && <p className="note warn">{t("quizzes.still_unsaved", { count: state.unsaved.length })}</p>}
          <p className="soft">{t("quizzes.submit_text")}</p>
          {submit.isError && <ProblemNote error={submit.error} />}
        </div>
      </Modal>
      <Modal
        open={blocker.state === "blocked"}
        title={t("quizzes.leave_title")}
        okText={t("quizzes.leave")}
        cancelText={t("quizzes.stay")}
        closable={{ "aria-label": t("app.close") }}
        onOk={() => blocker.proceed?.()}
        onCancel={() => blocker.reset?.()}
      >
        <p>{unsaved ? t("quizzes.leave_unsaved") : t("quizzes.leave_clock")}</p>
      </Modal>
    </div>
  );
}

function useQueue(attempt: Attempt): AnswerQueue {
  const [queue] = useState(() => {
    const path = { id: attempt.id };
    return new AnswerQueue(attempt.id, attempt.answers, attempt.revisions, {
      save: (item, { answer, after, claimedAt }) =>
        ask(api.PUT("/attempts/{id}/answers/{item}", { params: { path: { ...path, item } }, body: { ...answer, after, claimed_at: claimedAt } })),
      newest: () => ask(api.GET("/attempts/{id}", { params: { path } })),
    });
  });
  useEffect(() => {
    queue.retry();
    window.addEventListener("online", queue.retry);
    window.addEventListener("anwen:signed-in", queue.retry);
    return () => {
      window.removeEventListener("online", queue.retry);
      window.removeEventListener("anwen:signed-in", queue.retry);
      queue.close();
    };
  }, [queue]);
  return queue;
}
