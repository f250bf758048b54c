/** kinds are the kinds of question, as the server names them. */
export const kinds = ["single_choice", "multiple_choice", "true_false", "short_answer", "numerical", "matching", "ordering", "cloze", "drag", "essay", "description"] as const;

/** states say whether a question may be drawn. */
export const states = ["draft", "reviewed", "retired"] as const;

/** levels run from easy to hard. */
export const levels = ["1", "2", "3", "4", "5"] as const;
