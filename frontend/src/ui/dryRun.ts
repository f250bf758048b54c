import { useMutation } from "@tanstack/react-query";

/** Send is a request that only says what it would do, or does it. */
type Send<Input, Answer> = (input: Input, dryRun: boolean) => Promise<Answer>;

/**
 * useDryRun shows what a request would do before it does it. What is done is what
 * was shown: a change of the input, told by reset, asks for another look.
 */
export function useDryRun<Input, Answer>(send: Send<Input, Answer>, onDone: (answer: Answer) => unknown) {
  const look = useMutation({ mutationFn: (input: Input) => send(input, true) });
  const act = useMutation({ mutationFn: (input: Input) => send(input, false), onSuccess: onDone });
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
