import { useMutation } from "@tanstack/react-query";

/** Send is a request that only says what it would do, or does it as it was shown. */
type Send<Input, Answer> = (input: Input, dryRun: boolean, shown: unknown) => Promise<Answer>;

/**
 * useDryRun shows what a request would do before it does it. What is done is what
 * was shown: a change of the input, told by reset, asks for another look.
 */
export function useDryRun<Input, Answer>(send: Send<Input, Answer>, onDone: (answer: Answer) => unknown) {
  const look = useMutation({ mutationFn: (input: Input) => send(input, true, undefined) });
  const act = useMutation({ mutationFn: (input: Input) => send(input, false, look.data), onSuccess: onDone });
  return {
    /** What it would do, until it is done. */
    preview: act.isSuccess ? undefined : look.data,
    /** What it has done. */
    result: act.data,
    looking: look.isPending,
    acting: act.isPending,
    error: look.error ?? act.error,
    look: (input: Input) => {
      act.reset();
      look.mutate(input);
    },
    act: () => {
      if (look.isSuccess && !act.isPending && !act.isSuccess) act.mutate(look.variables);
    },
    reset: () => {
      look.reset();
      act.reset();
    },
  };
}

/** confirming tells the server that all warnings that were shown are answered for. */
export function confirming(shown: unknown): { confirmed_warnings?: number } {
  const warnings = typeof shown === "object" && shown !== null && "warnings" in shown && Array.isArray(shown.warnings) ? shown.warnings : [];
  return warnings.length > 0 ? { confirmed_warnings: warnings.length } : {};
}

/** standing tells the server what the import that was shown would change. */
export function standing(shown: unknown): { standing?: string } {
  return typeof shown === "object" && shown !== null && "standing" in shown && typeof shown.standing === "string" && shown.standing !== "" ? { standing: shown.standing } : {};
}
