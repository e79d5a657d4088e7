// Which view answers a query, and which reply a request: the generated types in a form that `ask` and `host` can use.

/** The view that answers a query: `AnswerTo<{ journal: { undoState: {} } }>` is `UndoState`. */
type AnswerTo<Q> = {
  [Area in keyof Q & keyof Answers]: {
    [Noun in keyof Q[Area] & keyof Answers[Area]]: Answers[Area][Noun];
  }[keyof Q[Area] & keyof Answers[Area]];
}[keyof Q & keyof Answers];

/** What a request to the desktop is answered with. */
type ReplyTo<R> = HostReplies[keyof R & keyof HostReplies];
