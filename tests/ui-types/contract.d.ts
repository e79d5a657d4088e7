// Made from the Rust types of the border by `cargo test -p evenkeel-tests contract`. Do not edit.

type AddItem = { 
/**
 * Its title.
 */
title: string, 
/**
 * What sort of work it is; none leaves it unsorted.
 */
kind: WorkKind | null, 
/**
 * How bad it is, for a bug.
 */
severity: Severity | null, 
/**
 * Its size, in hundredths of a point.
 */
size: Size | null, 
/**
 * Whether it comes first instead of last.
 */
first: boolean, };

type Answers = { journal: JournalAnswers, backlog: BacklogAnswers, team: TeamAnswers, };

type AppError = { 
/**
 * What the window acts on.
 */
kind: ErrorKind, 
/**
 * What happened, in a sentence.
 */
message: string, 
/**
 * What to do, in a sentence.
 */
hint: string | null, 
/**
 * The field of the call that is to be corrected.
 */
field: string | null, };

type BacklogAnswers = { item: ItemPage, };

type BacklogCommand = { "addItem": AddItem } | { "size": SizeItems };

type BacklogQuery = { "item": ItemQuestion };

type Command = { "journal": JournalCommand } | { "backlog": BacklogCommand } | { "team": TeamCommand };

type ErrorKind = "refused" | "notFound" | "file" | "inUse" | "readOnly" | "diskFull" | "cancelled" | "internal";

type HistoryEntry = { 
/**
 * Its place in the journal.
 */
number: number, 
/**
 * What was done.
 */
title: string, 
/**
 * When.
 */
at: Instant, 
/**
 * On which device.
 */
device: string, 
/**
 * By whom; may be empty.
 */
person: string, 
/**
 * The step that it took back.
 */
undoes: number | null, 
/**
 * How many rows it changed.
 */
changes: number, };

type HistoryWindow = { 
/**
 * Only operations before this one.
 */
before: number | null, 
/**
 * How many at most.
 */
limit: number, };

type Instant = number;

type ItemId = string;

type ItemPage = { 
/**
 * Its identity.
 */
id: ItemId, 
/**
 * Its label.
 */
label: string, 
/**
 * Its title.
 */
title: string, };

type ItemQuestion = { 
/**
 * The item.
 */
item: ItemId, };

type JournalAnswers = { undoState: UndoState, history: JournalHistory, };

type JournalCommand = { "undo": Nothing } | { "redo": Nothing };

type JournalHistory = { 
/**
 * The operations.
 */
operations: Array<HistoryEntry>, };

type JournalQuery = { "undoState": Nothing } | { "history": HistoryWindow };

type Nothing = Record<string, never>;

type Outcome = { 
/**
 * The title of the operation: “Set capacity split”.
 */
title: string, 
/**
 * The identities of things that it made, in order.
 */
created: Array<string>, 
/**
 * What else people should know, in a sentence.
 */
note: string | null, };

type Progress = { 
/**
 * Steps done.
 */
done: number, 
/**
 * Steps in all.
 */
of: number, };

type Query = { "journal": JournalQuery } | { "backlog": BacklogQuery } | { "team": TeamQuery };

type Rename = { 
/**
 * The new name.
 */
name: string, };

type Severity = "critical" | "high" | "low";

type Size = number;

type SizeItems = { 
/**
 * The items.
 */
items: Array<ItemId>, 
/**
 * The size in hundredths of a point; none makes them unsized.
 */
size: Size | null, 
/**
 * When it was so, if not now.
 */
at: Instant | null, };

type TeamAnswers = { overview: TeamOverview, };

type TeamCommand = { "rename": Rename };

type TeamOverview = { 
/**
 * The team's name.
 */
name: string, 
/**
 * Its time zone.
 */
zone: Zone, };

type TeamQuery = { "overview": Nothing };

type UndoState = { 
/**
 * The title of what would be taken back; none where there is nothing.
 */
undo: string | null, 
/**
 * The title of what would be done again.
 */
redo: string | null, };

type WorkKind = "feature" | "bug" | "debt" | "infrastructure";

type Zone = string;
