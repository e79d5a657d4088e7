// Made from the Rust types of the border by `cargo test -p evenkeel-tests contract`. Do not edit.

type AddAbsence = { 
/**
 * Who is away.
 */
member: MemberId, 
/**
 * The first day, `YYYY-MM-DD`.
 */
firstDay: string, 
/**
 * The last day; empty is the first.
 */
lastDay?: string, 
/**
 * How much of each day: `whole` or empty, `half`, `25 %`, `2 h`, `1:30`.
 */
away?: string, 
/**
 * Why; may be empty.
 */
note?: string, };

type AddCriterion = { 
/**
 * Its name.
 */
name: string, 
/**
 * How much it counts; 1 if it is not given.
 */
weight?: Amount | null, 
/**
 * On which scale it is rated.
 */
scale: Scale, 
/**
 * Whether it is the debt interest in hours instead of a rating.
 */
isInterest?: boolean, };

type AddHoliday = { 
/**
 * The day, `YYYY-MM-DD`.
 */
day: string, 
/**
 * What is celebrated; may be empty.
 */
name?: string, };

type AddHours = { 
/**
 * The interrupt.
 */
interrupt: InterruptId, 
/**
 * How long: a number of minutes, or as it was written.
 */
time: WrittenTime, 
/**
 * Who; its owner if it is not given.
 */
member?: MemberId | null, 
/**
 * The day, if not today.
 */
on?: Day | null, };

type AddIncidentNote = { 
/**
 * The incident.
 */
incident: IncidentId, 
/**
 * What happened.
 */
text: string, 
/**
 * When, if not now.
 */
at?: WrittenMoment | null, 
/**
 * The role of who says so; may be empty.
 */
role?: string, 
/**
 * Who says so, where it is known.
 */
member?: MemberId | null, 
/**
 * A link to the evidence; may be empty.
 */
url?: string, };

type AddItem = { 
/**
 * Its title.
 */
title: string, 
/**
 * Its description, Markdown.
 */
description?: string, 
/**
 * What sort of work it is; none leaves it unsorted.
 */
kind?: WorkKind, 
/**
 * How bad it is, for a bug.
 */
severity?: Severity, 
/**
 * Its size.
 */
size?: Amount, 
/**
 * Whether it comes first instead of last.
 */
first?: boolean, 
/**
 * The item right above which it comes.
 */
before?: ItemId, };

type AddLane = { 
/**
 * Its name.
 */
name: string, };

type AddMember = { 
/**
 * Their name.
 */
name: string, 
/**
 * Hours on a working day, such as `6` or `7.5`; empty is not set (1.4).
 */
hours?: string, 
/**
 * The days on which they work, with Monday as bit 0; none is the team's whole week.
 */
days?: number | null, 
/**
 * Their first day in the team, `YYYY-MM-DD`; empty is the first day of the team itself.
 */
from?: string, 
/**
 * Their last one; empty while it is not known.
 */
to?: string, };

type AddObjective = { 
/**
 * Of what it is promised.
 */
of: ObjectiveSubject, 
/**
 * Its name; nothing is one of what it measures.
 */
name?: string, 
/**
 * What is measured.
 */
sli: ObjectiveKind, 
/**
 * Which counts of requests are read; nothing is all of the service.
 */
series?: string, 
/**
 * Over which window.
 */
window: ObjectiveWindow, 
/**
 * The days of a rolling window; none is 28.
 */
days?: number | null, 
/**
 * Its target in percent, such as `99.9`.
 */
target: string, 
/**
 * From which day on; none is today.
 */
validFrom?: Day | null, 
/**
 * Whether it is agreed with others: an SLA.
 */
isAgreement?: boolean, 
/**
 * The hours in which it holds; none is always.
 */
hours?: AgreedHours | null, };

type AddOutage = { 
/**
 * The services.
 */
services: Array<ServiceId>, 
/**
 * How bad it is.
 */
class: OutageClass, 
/**
 * When it began.
 */
from: WrittenMoment, 
/**
 * When it ended; nothing while it lasts.
 */
to?: WrittenMoment | null, 
/**
 * What it is, in a line.
 */
title?: string, 
/**
 * The incident to which it belongs.
 */
incident?: IncidentId | null, };

type AddService = { 
/**
 * Its name.
 */
name: string, 
/**
 * What people should know of it.
 */
note?: string, };

type AddState = { 
/**
 * Its name.
 */
name: string, 
/**
 * What it means.
 */
category: Category, };

type AddToSprint = { 
/**
 * Its title.
 */
title: string, 
/**
 * What sort of work it is; none leaves it unsorted.
 */
kind?: WorkKind | null, 
/**
 * How bad it is, for a bug.
 */
severity?: Severity | null, 
/**
 * Its size.
 */
size?: Amount | null, 
/**
 * Why it comes in.
 */
origin?: Origin | null, };

type AddUnknown = { 
/**
 * The service.
 */
service: ServiceId, 
/**
 * From when on.
 */
from: WrittenMoment, 
/**
 * Up to when.
 */
to: WrittenMoment, 
/**
 * Why, in a line.
 */
note?: string, };

type After = { 
/**
 * The operation that is taken to be the latest: where another came after it, nothing is undone or redone.
 */
operation?: number, };

type AgainQuestion = { 
/**
 * The forecast.
 */
forecast: RowId, 
/**
 * The theme of the pictures.
 */
theme: ThemeName, 
/**
 * Pixels from left to right.
 */
width: number, 
/**
 * Pixels from top to bottom.
 */
height: number, };

type AgreedHours = { 
/**
 * The zone of the hours; none is the team's.
 */
zone?: string | null, 
/**
 * Whether the team's holidays have none.
 */
withoutHolidays?: boolean, 
/**
 * The hours of each day of the week.
 */
spans: Array<HoursOfDay>, };

type Amount = number | string;

type AnswerGate = { 
/**
 * What is asked.
 */
question: GateQuestion, 
/**
 * Why it goes live although the gate says no; not given where nobody decides so.
 */
why?: string | null, 
/**
 * Who decides so; who sits at this device if it is not given.
 */
by?: string | null, };

type Answers = { journal: JournalAnswers, backlog: BacklogAnswers, priority: PriorityAnswers, sprint: SprintAnswers, flow: FlowAnswers, forecast: ForecastAnswers, capacity: CapacityAnswers, interrupt: InterruptAnswers, incident: IncidentAnswers, reliability: ReliabilityAnswers, onCall: OnCallAnswers, daily: DailyAnswers, delivery: DeliveryAnswers, exchange: ExchangeAnswers, team: TeamAnswers, };

type ApartPair = { 
/**
 * The one.
 */
one: ItemName, 
/**
 * Its title.
 */
oneTitle: string, 
/**
 * The other.
 */
other: ItemName, 
/**
 * Its title.
 */
otherTitle: string, };

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

type ApplyRota = { 
/**
 * The rotation.
 */
rotation: RotationId, 
/**
 * How many turns; twelve if it is not given.
 */
turns?: number | null, 
/**
 * Turns that go to others than proposed.
 */
picks?: Array<RotaPick>, };

type AsOf = Instant | string;

type AssignIncident = { 
/**
 * The incident.
 */
incident: IncidentId, 
/**
 * Who; none is nobody.
 */
owner?: MemberId | null, };

type AssignInterrupt = { 
/**
 * The interrupt.
 */
interrupt: InterruptId, 
/**
 * Who; none is nobody.
 */
owner?: MemberId | null, };

type AssignItems = { 
/**
 * The items.
 */
items: Array<ItemId>, 
/**
 * The member; none gives them back to all.
 */
owner: MemberId | null, };

type AttachLink = { 
/**
 * The item.
 */
item: ItemId, 
/**
 * An address or a path of a file; it is kept as text.
 */
url: string, 
/**
 * What it is; the address itself if it is empty.
 */
title?: string, };

type AttachedLink = { 
/**
 * Its identity.
 */
id: RowId, 
/**
 * An address or a path, as text.
 */
url: string, 
/**
 * What it is, in words.
 */
title: string, };

type AwayBar = { 
/**
 * Where it begins in the window.
 */
at: number, 
/**
 * How much of the window it is.
 */
width: number, 
/**
 * In words: “away 2–4 December”.
 */
said: string, };

type Axis = Array<number>;

type BackTestQuestion = { 
/**
 * Whether the attached file is meant.
 */
attached: boolean, 
/**
 * What is counted of the team's own Sprints; none is items. A file has its own unit, which is not known.
 */
unit?: Unit | null, 
/**
 * How many days each stretch has, where a file tells days; none is 14.
 */
days?: number | null, 
/**
 * What chance starts from; none is that of the day.
 */
seed?: Seed | null, };

type BackTestView = { 
/**
 * The walk, Sprint by Sprint.
 */
test: Backtest, 
/**
 * What it says: “85 % forecasts held 8 of 10 times.”
 */
said: Array<string>, 
/**
 * How it was forecast.
 */
method: string, };

type BacklogAnswers = { window: BacklogWindow, overview: BacklogOverview, item: ItemPage, duplicates: Duplicates, toldApart: Array<ApartPair>, nearTitles: Array<NearTitle>, labels: Array<LabelUse>, similar: Array<SimilarItem>, };

type BacklogCommand = { "addItem": AddItem } | { "rename": RenameItem } | { "describe": DescribeItem } | { "setKind": SetKind } | { "setSeverity": SetSeverity } | { "size": SizeItems } | { "assign": AssignItems } | { "block": BlockItems } | { "unblock": UnblockItems } | { "removeItems": RemoveItems } | { "move": ReorderItems } | { "split": SplitItem } | { "merge": MergeItems } | { "tellApart": TellApart } | { "tellApartNoMore": TellApart } | { "setParent": SetParent } | { "need": NeedItem } | { "needNoMore": NeedNoMore } | { "attach": AttachLink } | { "detach": DetachLink } | { "label": LabelItems } | { "ready": ReadyItems } | { "holdBack": HoldBackItems };

type BacklogCounts = { 
/**
 * Open: neither done nor cancelled.
 */
open: number, 
/**
 * Open and in no Sprint.
 */
backlog: number, 
/**
 * Open and selected.
 */
selected: number, 
/**
 * Done or cancelled.
 */
ended: number, 
/**
 * Open and unsized.
 */
withoutSize: number, 
/**
 * Open and unsorted.
 */
unsorted: number, };

type BacklogFilter = { 
/**
 * Where they are.
 */
whereabouts: Whereabouts, 
/**
 * Items of these kinds.
 */
kinds: Array<WorkKind>, 
/**
 * Also, or only, items without a kind.
 */
unsorted: boolean, 
/**
 * Items of these severities.
 */
severities: Array<Severity>, 
/**
 * Items of these lanes: of their selection, or else of their kind (1.2).
 */
lanes: Array<LaneId>, 
/**
 * Only items without a size.
 */
withoutSize: boolean, 
/**
 * Only items of which it was said that they are ready, or only all others.
 */
ready?: boolean | null, 
/**
 * Items with one of these labels, whatever their capitals.
 */
labels?: Array<string>, 
/**
 * Items of which an input of their score was set before this moment.
 */
ratedBefore?: Instant | null, 
/**
 * Items whose title or description has words that start so, or whose label or outside key does.
 */
text: string, };

type BacklogOverview = { 
/**
 * How many items are where.
 */
counts: BacklogCounts, 
/**
 * The lanes, in the team's order.
 */
lanes: Array<LaneName>, 
/**
 * The members, by name.
 */
members: Array<MemberName>, 
/**
 * Whether critical bugs are placed first (7.2).
 */
criticalFirst: boolean, 
/**
 * How the team scores.
 */
scoring: ScoringRules, 
/**
 * Whether any item has a label: then they can be asked for.
 */
hasLabels: boolean, };

type BacklogQuery = { "window": WindowQuestion } | { "overview": Nothing } | { "item": ItemQuestion } | { "duplicates": DuplicatesQuestion } | { "toldApart": Nothing } | { "nearTitles": NearTitlesQuestion } | { "labels": LabelsQuestion } | { "similar": SimilarQuestion };

type BacklogRow = { 
/**
 * Its identity.
 */
id: ItemId, 
/**
 * Its place among the open items, from 1; none once it has ended.
 */
place: number | null, 
/**
 * Its label.
 */
label: string, 
/**
 * Its title.
 */
title: string, 
/**
 * Its kind; none is unsorted.
 */
kind: WorkKind | null, 
/**
 * Its severity, for a bug.
 */
severity: Severity | null, 
/**
 * Its lane (rule 2).
 */
lane: LaneName | null, 
/**
 * Its size; none is unsized.
 */
size: Size | null, 
/**
 * Its keys elsewhere.
 */
keys: Array<OutsideName>, 
/**
 * For how many days it has been there, in the team's zone; 0 on the day of its creation.
 */
ageDays: number, 
/**
 * Its state's name.
 */
state: string, 
/**
 * What its state means.
 */
category: Category, 
/**
 * The Sprint in which it is selected.
 */
sprint: SprintName | null, 
/**
 * What stands in its way.
 */
blocked: string | null, 
/**
 * Who owns it.
 */
owner: string | null, 
/**
 * In how many Sprints it was not done.
 */
carried: number, 
/**
 * Whether it has parts.
 */
hasParts: boolean, 
/**
 * The item of which it is a part.
 */
parent: ItemName | null, 
/**
 * For what it waits, what is wrong first.
 */
waits: Array<WaitsFor>, 
/**
 * Whether it is ready to be selected; none where nobody said so.
 */
ready: boolean | null, 
/**
 * Why it is not ready.
 */
notReady: string | null, 
/**
 * Its score by the team's method in hundredths, where it has one.
 */
score: number | null, 
/**
 * The formula of that score with its numbers, or what it lacks.
 */
scoreText: string, 
/**
 * Whether an input of it is older than the team's limit.
 */
aged: boolean, 
/**
 * Its severity × reach in hundredths, where it has one.
 */
severityReach: number | null, };

type BacklogWindow = { 
/**
 * Its rows.
 */
rows: Array<BacklogRow>, 
/**
 * How many items pass the filter in all.
 */
total: number, };

type Backtest = { 
/**
 * The Sprints, the earliest first.
 */
sprints: Array<Backtested>, 
/**
 * How often what was completed reached the forecast, by mark.
 */
coverage: Array<Coverage>, 
/**
 * How often it reached what was committed, where both are known.
 */
committed: Coverage, };

type Backtested = { 
/**
 * Its name.
 */
name: string, 
/**
 * Its first day.
 */
first: Day, 
/**
 * Its last day.
 */
last: Day, 
/**
 * What was committed; none where that is not known.
 */
committed: Size | null, 
/**
 * What was completed.
 */
completed: Size, 
/**
 * The amount at each of [`MARKS`]; none where too little was known at its start.
 */
forecast: [Size, Size, Size, Size] | null, };

type BalanceQuestion = { 
/**
 * The shares before.
 */
shares: Array<LaneShare>, 
/**
 * The lane that moved.
 */
lane: LaneId, 
/**
 * Its new share.
 */
to: Share, 
/**
 * Whether the others give and take so that the sum stays 100 %.
 */
keepSum: boolean, };

type Balanced = { 
/**
 * The shares, in the same order.
 */
shares: Array<LaneShare>, 
/**
 * What they add up to.
 */
sum: Share, 
/**
 * What is over or missing, in words; none where they add up.
 */
difference: string | null, };

type Because = { 
/**
 * The fact, among all rows.
 */
id: RowId, 
/**
 * What it is, in words: “Full outage: payment provider”.
 */
said: string, 
/**
 * The outage that can be opened; none where a log of checks or maintenance says so.
 */
outage: OutageId | null, 
/**
 * The incident to which it belongs.
 */
incident: IncidentId | null, };

type BecomeItem = { 
/**
 * The interrupt.
 */
interrupt: InterruptId, 
/**
 * What sort of work it is.
 */
kind: WorkKind, 
/**
 * The item's title; the interrupt's if it is not given.
 */
title?: string | null, 
/**
 * How bad it is, for a bug; critical for a P1 if it is not given.
 */
severity?: Severity | null, 
/**
 * Its size.
 */
size?: Amount | null, };

type Behind = { "item": ItemId } | { "interrupt": InterruptId } | { "incident": IncidentId } | { "sprint": SprintId } | "commitment" | { "day": Day } | { "days": { 
/**
 * The first.
 */
first: Day, 
/**
 * The last.
 */
last: Day, } } | { "state": { 
/**
 * The day.
 */
day: Day, 
/**
 * The state.
 */
state: StateId, } } | "unsized" | "unsorted" | { "aged": { 
/**
 * The lowest age.
 */
from: number, 
/**
 * The age that they have not reached; none where there is no limit.
 */
to: number | null, } };

type BehindQuestion = { 
/**
 * The chart, as it was asked for.
 */
question: ChartQuestion, 
/**
 * What the point of the chart names.
 */
behind: Behind, };

type BehindRow = { 
/**
 * When it happened; none where only the day is known, or no moment belongs to it.
 */
at: Instant | null, 
/**
 * The day on which it happened, where only that is known.
 */
on: Day | null, 
/**
 * The label of the thing; may be empty.
 */
label: string, 
/**
 * Its title; may be empty.
 */
title: string, 
/**
 * What happened to it, or how it stood: “done, 5 points”.
 */
what: string, 
/**
 * The item to which the row leads.
 */
item: ItemId | null, 
/**
 * The interrupt to which it leads.
 */
interrupt: InterruptId | null, 
/**
 * The incident to which it leads.
 */
incident: IncidentId | null, 
/**
 * The Sprint to which it leads.
 */
sprint: SprintId | null, };

type BehindView = { 
/**
 * What is told of.
 */
title: string, 
/**
 * The facts, at most [`BehindView::MOST_ROWS`].
 */
rows: Array<BehindRow>, 
/**
 * How many more there are.
 */
more: number, };

type Block = { "kind": "paragraph", 
/**
 * Its text.
 */
content: Array<Span>, } | { "kind": "heading", 
/**
 * 1 to 6.
 */
level: number, 
/**
 * Its text.
 */
content: Array<Span>, } | { "kind": "list", 
/**
 * The first number of a numbered list.
 */
start: number | null, 
/**
 * Its items.
 */
items: Array<Array<Block>>, } | { "kind": "code", 
/**
 * The language that was named, or empty.
 */
language: string, 
/**
 * The text, without the last line break.
 */
text: string, } | { "kind": "quote", 
/**
 * What is quoted.
 */
blocks: Array<Block>, } | { "kind": "table", 
/**
 * The heading of each column.
 */
head: Array<Array<Span>>, 
/**
 * The cells of each row.
 */
rows: Array<Array<Array<Span>>>, } | { "kind": "rule" };

type BlockItems = { 
/**
 * The items.
 */
items: Array<ItemId>, 
/**
 * What stands in their way.
 */
reason: string, };

type Board = { 
/**
 * Today.
 */
today: Day, 
/**
 * The running Sprint; none while none runs.
 */
sprint: BoardSprint | null, 
/**
 * The team's states in their order, each with its items of the Sprint.
 */
columns: Array<BoardColumn>, 
/**
 * The planned Sprints, by their days.
 */
planned: Array<SprintName>, };

type BoardColumn = { 
/**
 * The state.
 */
state: StateId, 
/**
 * Its name.
 */
name: string, 
/**
 * What it means.
 */
category: Category, 
/**
 * Its items, in the order of the Product Backlog.
 */
items: Array<BoardItem>, };

type BoardItem = { 
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
title: string, 
/**
 * Its kind; none is unsorted.
 */
kind: WorkKind | null, 
/**
 * Its severity.
 */
severity: Severity | null, 
/**
 * Its size; none is unsized.
 */
size: Size | null, 
/**
 * The name of its lane; none is unsorted.
 */
lane: string | null, 
/**
 * What its lane's colour says; none is unsorted.
 */
tone: Tone | null, 
/**
 * Whether it belongs to the buffer.
 */
inBuffer: boolean, 
/**
 * Why it came in after the start.
 */
origin: Origin | null, 
/**
 * Its owner's name.
 */
owner: string | null, 
/**
 * What stands in its way.
 */
blocked: string | null, 
/**
 * For what it waits, what is wrong first.
 */
waits: Array<WaitsFor>, 
/**
 * How many Sprints closed without it being done.
 */
carried: number, 
/**
 * When it came into its state.
 */
since: Instant | null, 
/**
 * Whether it had ended before it came into this Sprint, and so is not in the scope.
 */
outside: boolean, 
/**
 * How far it is on its way to users; none where no deployment contains it (12.3).
 */
going: Going | null, };

type BoardLane = { 
/**
 * The lane; none is what is unsorted.
 */
lane: LaneId | null, 
/**
 * Its name as it was committed; empty for what is unsorted.
 */
name: string, 
/**
 * Whether it is the buffer.
 */
isBuffer: boolean, 
/**
 * Its share of this Sprint's capacity.
 */
share: Share, 
/**
 * What its colour says; none is unsorted.
 */
tone: Tone | null, 
/**
 * Its sums in points.
 */
points: TermsNow, 
/**
 * Its sums in items.
 */
items: TermsNow, };

type BoardQuestion = Record<symbol, never>;

type BoardSprint = { 
/**
 * Its identity.
 */
id: SprintId, 
/**
 * Its name.
 */
name: string, 
/**
 * The Sprint Goal; may be empty.
 */
goal: string, 
/**
 * Where it stands.
 */
phase: Phase, 
/**
 * The planned first day.
 */
firstDay: Day, 
/**
 * The planned last day.
 */
lastDay: Day, 
/**
 * The day on which it was started.
 */
startedOn: Day, 
/**
 * The last day before today on which the team worked in the Sprint; none on its first day.
 */
workedBefore: Day | null, 
/**
 * The last day on which the team may commit again; none where that is over or not agreed on (3.2).
 */
commitAgainUntil: Day | null, 
/**
 * Committed working days that are left, today included: as the burn-down says.
 */
workingDaysLeft: number, 
/**
 * The planned lanes, in points.
 */
points: TermsNow, 
/**
 * The planned lanes, in items.
 */
items: TermsNow, 
/**
 * What is done of the scope.
 */
count: ScopeCount, 
/**
 * Items of the scope without a size.
 */
unsizedItems: number, 
/**
 * The lanes in their order, and what is unsorted, where there is any.
 */
lanes: Array<BoardLane>, 
/**
 * How the buffer stands.
 */
buffer: BufferGauge, 
/**
 * How its capacity moved since the start; none where it did not.
 */
capacityMoved: CapacityMovedSaid | null, 
/**
 * What changed since the start, latest first.
 */
changes: Array<ScopeEntry>, };

type BudgetPolicyView = { 
/**
 * Whether anything follows.
 */
isOn: boolean, 
/**
 * The part of the budget that must be left.
 */
spentAt: Share, 
/**
 * The objectives because of which production comes first: “checkout is up: overspent by 12 %”.
 */
because: Array<string>, 
/**
 * What follows, in a sentence; none where nothing does.
 */
said: string | null, };

type BufferGauge = { 
/**
 * The Sprint.
 */
sprint: SprintName, 
/**
 * The name of its buffer lane.
 */
lane: string, 
/**
 * Free, in use or overflowing.
 */
state: BufferState, 
/**
 * How it stands, in words: “18 h of 20.5 h used, 2 h of it expected”.
 */
said: string, 
/**
 * The pace, in words: “At this rate, 2 h a working day, the buffer is empty on Thursday.”
 */
paceSaid: string | null, 
/**
 * What is not known, in words; none where all is.
 */
unknownSaid: string | null, 
/**
 * What came in, in words: “3 interrupts, 1 open; 1 item”.
 */
cameSaid: string, 
/**
 * Its share of the capacity.
 */
share: Share, 
/**
 * The hours that were kept; none where nobody's hours were set.
 */
kept: Minutes | null, 
/**
 * The hours that are used, as far as is known.
 */
used: Minutes, 
/**
 * The part of them that is expected.
 */
expected: Minutes, 
/**
 * By how much it overflows.
 */
over: Minutes, 
/**
 * How full it is; none where no hours were kept.
 */
fill: Share | null, 
/**
 * Interrupts of the Sprint.
 */
interrupts: number, 
/**
 * Those of them that are not over.
 */
open: number, 
/**
 * Items that were added as interrupts and are in the scope.
 */
items: number, 
/**
 * Their points.
 */
points: Size, 
/**
 * What the team decided last about an overflow, in words: “Decided on Thursday, 3 December: swapped out PAY-12.”
 */
decidedSaid: string | null, 
/**
 * What waits for a decision; none where the buffer does not overflow, or all of it is decided.
 */
asks: OverflowAsk | null, };

type BufferState = "free" | "inUse" | "overflowing";

type CalendarCell = { 
/**
 * The day.
 */
day: Day, 
/**
 * Whether they work on it.
 */
kind: CellKind, 
/**
 * How much of the day they are there.
 */
presence: Share, 
/**
 * Whether they are on call.
 */
onCall: boolean, 
/**
 * The absence, where there is one; also on a day on which they would not work.
 */
absence: RowId | null, 
/**
 * Its note; may be empty.
 */
note: string, 
/**
 * Minutes before all that takes from them; none where they are not set, as below.
 */
gross: Minutes | null, 
/**
 * Minutes of absence.
 */
away: Minutes | null, 
/**
 * Minutes after all that takes from them.
 */
net: Minutes | null, };

type CalendarDay = { 
/**
 * The day.
 */
day: Day, 
/**
 * Whether it lies in the month.
 */
inMonth: boolean, 
/**
 * Whether the team works.
 */
works: boolean, 
/**
 * The holiday that it is.
 */
holiday: DayHoliday | null, 
/**
 * The Sprint in which it lies.
 */
sprint: CalendarSprintDay | null, 
/**
 * Who is away of those who would work, by name.
 */
away: Array<DayAbsence>, 
/**
 * Who is on call, by name.
 */
onCall: Array<MemberName>, };

type CalendarFile = { 
/**
 * A name for it.
 */
fileName: string, 
/**
 * Its text.
 */
text: string, 
/**
 * How many shifts it holds.
 */
shifts: number, };

type CalendarFileQuestion = { 
/**
 * How many weeks from now, from 1 to 104; 26 if it is not given.
 */
weeks?: number | null, 
/**
 * Only one level.
 */
level?: RowId | null, 
/**
 * Only one person.
 */
member?: MemberId | null, };

type CalendarMonth = { 
/**
 * Its name: “November 2026”.
 */
title: string, 
/**
 * Its first day.
 */
firstDay: Day, 
/**
 * The first day of the month before.
 */
earlier: Day, 
/**
 * The first day of the month after.
 */
later: Day, 
/**
 * Today.
 */
today: Day, 
/**
 * Its weeks from Monday to Sunday; the first and the last hold days of the months beside it.
 */
weeks: Array<Array<CalendarDay>>, 
/**
 * Who belongs to the team on any of these days, by name.
 */
members: Array<MemberName>, 
/**
 * The part of a day that being on call takes on the first of its days that is not past (2.3).
 */
onCallFactor: Share, };

type CalendarMonthQuestion = { 
/**
 * A day of it; today's if it is not given.
 */
day?: Day | null, };

type CalendarRow = { 
/**
 * Who.
 */
member: MemberId, 
/**
 * Their name.
 */
name: string, 
/**
 * How much of their day this team has, on the first day that is shown.
 */
share: Share, 
/**
 * One for each day.
 */
cells: Array<CalendarCell>, 
/**
 * Their absences that have a day of these, with all their days.
 */
absences: Array<RowAbsence>, 
/**
 * Minutes before all that takes from them; none where their hours are not set, as below.
 */
gross: Minutes | null, 
/**
 * Minutes of absences.
 */
away: Minutes | null, 
/**
 * Minutes that being on call takes.
 */
call: Minutes | null, 
/**
 * Minutes of Scrum events.
 */
events: Minutes | null, 
/**
 * Minutes after all of them.
 */
net: Minutes | null, 
/**
 * What they are made of: “54 h less 9.75 h of Scrum events, 6 h away”.
 */
said: string | null, };

type CalendarRows = { 
/**
 * The Sprint; none while none is planned or runs.
 */
sprint: SprintLine | null, 
/**
 * Its name, or that of the one that would be proposed.
 */
name: string, 
/**
 * The first day.
 */
firstDay: Day, 
/**
 * The last day.
 */
lastDay: Day, 
/**
 * Today.
 */
today: Day, 
/**
 * All its days, those included on which nobody works.
 */
days: Array<RowDay>, 
/**
 * Those who belong to the team on any of them, by name.
 */
members: Array<CalendarRow>, 
/**
 * The sum over the members whose hours are set.
 */
total: TeamTotal | null, 
/**
 * The same in words: “209.5 h: 264 h less 44.5 h of Scrum events, 10 h away”.
 */
said: string | null, 
/**
 * Those whose hours nobody has set.
 */
unanswered: Array<string>, 
/**
 * The running Sprint and the planned ones, by their days.
 */
sprints: Array<SprintLine>, 
/**
 * How the capacity of the running Sprint moved since its start.
 */
moved: CapacityMovedSaid | null, 
/**
 * The part of a day that being on call takes on the first of its days that is not past (2.3).
 */
onCallFactor: Share, 
/**
 * When other parts hold, in words: “30 % from 4 January”.
 */
onCallLater: Array<string>, };

type CalendarRowsQuestion = { 
/**
 * The Sprint; the running one if it is not given, else the next planned one.
 */
sprint?: SprintId | null, };

type CalendarSprintDay = { 
/**
 * The Sprint.
 */
id: SprintId, 
/**
 * Its name.
 */
name: string, 
/**
 * Whether it is its first day.
 */
begins: boolean, 
/**
 * Whether it is its last day.
 */
ends: boolean, 
/**
 * Whether it is closed, so that its report says what it came to.
 */
closed: boolean, };

type CapacityAnswers = { planBoard: PlanBoard, triedPlan: Plan | null, planItems: PlanItems, balance: Balanced, whatIf: WhatIf, splitChoices: SplitChoices, splitSuggestion: SplitSuggestion, calendarMonth: CalendarMonth, calendarRows: CalendarRows, capacitySheet: CapacitySheet, holidayFile: HolidayFile, };

type CapacityCommand = { "setSplit": SetSplit } | { "setOwnSize": SetOwnSize } | { "usePolicy": UsePolicy } | { "copySplit": CopySplit } | { "savePolicy": SavePolicy } | { "renamePolicy": RenamePolicy } | { "removePolicy": RemovePolicy } | { "addAbsence": AddAbsence } | { "changeAbsence": ChangeAbsence } | { "removeAbsence": RemoveAbsence } | { "markAway": MarkAway } | { "markOnCall": MarkOnCall } | { "setOnCallFactor": SetOnCallFactor } | { "shareMember": ShareMember } | { "importHolidays": ImportHolidays };

type CapacityMovedSaid = { 
/**
 * Net minutes at the start.
 */
then: Minutes, 
/**
 * Net minutes as the calendar is now; of a closed Sprint as it was at the close.
 */
now: Minutes, 
/**
 * The same in words: “192 h, 12 h less than the 204 h at the start”.
 */
said: string, 
/**
 * The members whose net time is another one.
 */
members: Array<MemberMovedSaid>, };

type CapacityQuery = { "planBoard": PlanBoardQuestion } | { "triedPlan": TriedPlanQuestion } | { "planItems": PlanItemsQuestion } | { "balance": BalanceQuestion } | { "whatIf": WhatIfQuestion } | { "splitChoices": SprintQuestion } | { "splitSuggestion": SprintQuestion } | { "calendarMonth": CalendarMonthQuestion } | { "calendarRows": CalendarRowsQuestion } | { "capacitySheet": CapacitySheetQuestion } | { "holidayFile": HolidayFileQuestion };

type CapacitySheet = { 
/**
 * The Sprint.
 */
sprint: SprintLine, 
/**
 * Whether it was started, so that the sheet is the committed one.
 */
committed: boolean, 
/**
 * The working days that count.
 */
workingDays: number, 
/**
 * The members, by name.
 */
members: Array<SheetMember>, 
/**
 * The sum over the members whose hours are set.
 */
total: TeamTotal | null, 
/**
 * The same in words.
 */
said: string | null, 
/**
 * Those whose hours nobody has set.
 */
unanswered: Array<string>, 
/**
 * The points of the planned lanes in words: “36 points”, “no points yet”.
 */
pointsSaid: string, 
/**
 * How those points came about, or why there are none (2.4).
 */
method: string, 
/**
 * The closed Sprints from which the focus factor is learned, in order (2.4).
 */
learned: Array<LearnedSprint>, 
/**
 * The lanes with their budgets (2.5).
 */
lanes: Array<LaneBudget>, 
/**
 * How it moved since the start.
 */
moved: CapacityMovedSaid | null, };

type CapacitySheetQuestion = { 
/**
 * The Sprint; the running one if it is not given, else the next planned one.
 */
sprint?: SprintId | null, };

type CardInput = { 
/**
 * Which one.
 */
name: TermName, 
/**
 * In words.
 */
title: string, 
/**
 * The rating; none is not set.
 */
rating: Rating | null, 
/**
 * When it was given.
 */
setAt: Instant | null, 
/**
 * Whether it is older than the team's limit.
 */
aged: boolean, 
/**
 * On which scale it is rated.
 */
scale: Scale, 
/**
 * The keys of the scale with their numbers; none where the number is typed.
 */
steps: Array<ScaleStep>, };

type CardQuestion = { 
/**
 * The item.
 */
item: ItemId, };

type Carried = { 
/**
 * Time on call.
 */
minutes: number, 
/**
 * The same in words: “168 h”.
 */
said: string, 
/**
 * Time on weekends.
 */
weekend: string, 
/**
 * Time on holidays.
 */
holidays: string, 
/**
 * Shifts that began.
 */
shifts: number, 
/**
 * Pages.
 */
pages: number, 
/**
 * Pages in hours of sleep.
 */
asleep: number, 
/**
 * Its part of the greatest load, in hundredths of a percent, for a bar.
 */
part: number, };

type Category = "toDo" | "inProgress" | "done" | "cancelled";

type CausedIncident = { 
/**
 * The incident.
 */
id: IncidentId, 
/**
 * Its label.
 */
label: string, 
/**
 * Its title.
 */
title: string, 
/**
 * The link, to take it away.
 */
link: RowId, };

type CausingDeployment = { 
/**
 * The link.
 */
link: RowId, 
/**
 * The deployment.
 */
id: DeploymentId, 
/**
 * Its name: “checkout 2.4.0”.
 */
name: string, };

type CellKind = "works" | "dayOff" | "beforeStart" | "notTheirDay" | "notAMember";

type Change = { 
/**
 * By how much the scope changed.
 */
scope: Size, 
/**
 * By how much *done* changed.
 */
done: Size, };

type ChangeAbsence = { 
/**
 * The absence.
 */
id: RowId, 
/**
 * The first day, `YYYY-MM-DD`.
 */
firstDay: string, 
/**
 * The last day; empty is the first.
 */
lastDay?: string, 
/**
 * How much of each day: `whole` or empty, `half`, `25 %`, `2 h`, `1:30`.
 */
away?: string, 
/**
 * Why; may be empty.
 */
note?: string, };

type ChangeCriterion = { 
/**
 * The criterion.
 */
criterion: CriterionId, 
/**
 * Its name.
 */
name?: string | null, 
/**
 * How much it counts.
 */
weight?: Amount | null, 
/**
 * On which scale it is rated; what was rated stays as it is.
 */
scale?: Scale | null, };

type ChangeDeployment = { 
/**
 * Which one.
 */
id: DeploymentId, 
/**
 * What is said of it.
 */
deployment: DeploymentForm, };

type ChangeLevel = { 
/**
 * The level.
 */
id: RowId, 
/**
 * Its name.
 */
name?: string | null, 
/**
 * Whether being on call here takes a part of a working day.
 */
takesHours?: boolean | null, 
/**
 * Whether somebody should answer at all hours.
 */
allHours?: boolean | null, };

type ChangeMember = { 
/**
 * The member.
 */
id: MemberId, 
/**
 * Another name.
 */
name?: string | null, 
/**
 * Other hours on a working day; empty is not set.
 */
hours?: string | null, 
/**
 * The days on which they work, with Monday as bit 0; the team's whole week follows the team's.
 */
days?: number | null, 
/**
 * One day of the week on which they work from now on, or no longer.
 */
day?: DayChange | null, 
/**
 * Another first day; empty is the first day of the team itself.
 */
from?: string | null, 
/**
 * Another last day; empty while it is not known.
 */
to?: string | null, 
/**
 * The first day for which changed hours and days hold; today if it is not given.
 */
validFrom?: Day | null, };

type ChangeObjective = { 
/**
 * The objective.
 */
objective: ObjectiveId, 
/**
 * Another name.
 */
name?: string | null, 
/**
 * Another target in percent.
 */
target?: string | null, 
/**
 * From which day on the target holds; none is today.
 */
validFrom?: Day | null, };

type ChangeOutage = { 
/**
 * The outage.
 */
outage: OutageId, 
/**
 * How bad it was.
 */
class?: OutageClass | null, 
/**
 * When it began.
 */
from?: WrittenMoment | null, 
/**
 * When it ended; an empty text says that it lasts still.
 */
to?: WrittenMoment | null, 
/**
 * What it was, in a line.
 */
title?: string | null, };

type ChangeRow = { 
/**
 * The agreement.
 */
id: RowId, 
/**
 * In words: “Bo takes over from Ana”.
 */
said: string, 
/**
 * When.
 */
when: string, 
/**
 * Why; may be empty.
 */
note: string, };

type ChangeService = { 
/**
 * The service.
 */
service: ServiceId, 
/**
 * Another name.
 */
name?: string | null, 
/**
 * Another note.
 */
note?: string | null, };

type ChangeSprint = { 
/**
 * The Sprint.
 */
sprint: SprintId, 
/**
 * Another name.
 */
name?: string | null, 
/**
 * Another Sprint Goal.
 */
goal?: string | null, 
/**
 * Another first day, `YYYY-MM-DD`.
 */
firstDay?: string | null, 
/**
 * Another last day.
 */
lastDay?: string | null, };

type Chart = { 
/**
 * The picture: one SVG element with `role="img"`, named by [`Chart::title`], described by
 * [`Chart::description`]; without style attributes, scripts or references to other files.
 */
svg: string, 
/**
 * The finding, as one sentence: “Sprint 42: 17 points left, 3 working days”.
 */
title: string, 
/**
 * The text alternative, in two to four sentences.
 */
description: string, 
/**
 * The same figures as a table.
 */
table: ChartTable, 
/**
 * What the picture says at which place, in order of x.
 */
points: Array<ChartPoint>, };

type ChartGoal = { "label": string } | { "parent": ItemId };

type ChartKind = "burnDown" | "burnUp" | "twoLanes" | "velocity" | "split" | "splitTrend" | "interruptLoad" | "release" | "cumulativeFlow" | "cycleTime" | "throughput" | "ageing" | "delivery" | "health" | "errorBudget" | "incidentTimes";

type ChartPeriod = "sprint" | "month";

type ChartPoint = { 
/**
 * Pixels from the left edge, in the picture's own size.
 */
x: number, 
/**
 * Pixels from the top edge, in the picture's own size.
 */
y: number, 
/**
 * What to say there.
 */
label: string, 
/**
 * What stands behind it; none where there is no more to tell.
 */
behind: Behind | null, };

type ChartQuestion = { 
/**
 * Which chart.
 */
chart: ChartKind, 
/**
 * The Sprint; none is the running one, else the next planned, else the last closed.
 */
sprint?: SprintId | null, 
/**
 * What is counted; none is what fits (1.3).
 */
unit?: Unit | null, 
/**
 * Which edition of a closed Sprint, from 1; none is the latest.
 */
edition?: number | null, 
/**
 * A past moment: nothing is known that came later; none is now.
 */
asOf?: AsOf | null, 
/**
 * The first day of the window, `YYYY-MM-DD`; none is twelve weeks before the last.
 */
firstDay?: string | null, 
/**
 * The last day of the window, `YYYY-MM-DD`; none is the day of the moment.
 */
lastDay?: string | null, 
/**
 * How many closed Sprints are shown, the latest; none is as many as fit the chart.
 */
last?: number | null, 
/**
 * How the ideal line falls; none is evenly.
 */
ideal?: Ideal | null, 
/**
 * What one column stands for; none is as fits the window.
 */
step?: Step | null, 
/**
 * Towards what the work goes.
 */
goal?: ChartGoal | null, 
/**
 * The service; none is all of them.
 */
service?: ServiceId | null, 
/**
 * Whether Sprints or months are shown; none is as fits.
 */
period?: ChartPeriod | null, 
/**
 * The objective whose error budget is shown; none is the one of which least is left.
 */
objective?: ObjectiveId | null, 
/**
 * The theme.
 */
theme: ThemeName, 
/**
 * Pixels from left to right.
 */
width: number, 
/**
 * Pixels from top to bottom.
 */
height: number, };

type ChartTable = { 
/**
 * The heads of the columns; the first column names its row.
 */
columns: Array<string>, 
/**
 * The rows, each as long as the heads. What is not known is empty.
 */
rows: Array<Array<string>>, };

type ChartView = { 
/**
 * The picture, with its words and its table.
 */
chart: Chart, 
/**
 * The Sprint; none for a chart of several.
 */
sprint: SprintName | null, 
/**
 * What is counted; none where that is no choice.
 */
unit: Unit | null, 
/**
 * The terms behind what remains of a running Sprint.
 */
terms: TermsNow | null, };

type CheckColumn = { 
/**
 * Its name.
 */
name: string, 
/**
 * What it is.
 */
is: CheckColumnIs, };

type CheckColumnIs = "ignore" | "time" | "service" | "state";

type CheckName = "noGraveIncident" | "budgetLeft" | "noFreeze" | "itemsDone" | "itemsReviewed" | "onCallCovered";

type CloseSprint = { 
/**
 * The Sprint.
 */
sprint: SprintId, 
/**
 * One decision for each unfinished item.
 */
decisions: Array<DecisionFor>, 
/**
 * Whether the Sprint Goal was met, and why; left away only where there is no goal.
 */
goal?: Goal | null, };

type CloseSummary = { 
/**
 * The Sprint.
 */
sprint: SprintName, 
/**
 * The Sprint Goal; may be empty.
 */
goal: string, 
/**
 * The outcomes of the goal of which the close asks why; none where there is no goal.
 */
whyRequired: Array<GoalOutcome>, 
/**
 * The planned last day.
 */
lastDay: Day, 
/**
 * Today.
 */
today: Day, 
/**
 * What is done of the scope now.
 */
count: ScopeCount, 
/**
 * What the planned lanes come to now, in points.
 */
points: Terms, 
/**
 * The same in items.
 */
items: Terms, 
/**
 * The items that wait for a decision.
 */
unfinished: Array<Unfinished>, 
/**
 * The planned Sprints into which they can go, by their days.
 */
planned: Array<SprintName>, };

type ClosedSprintReport = { 
/**
 * The Sprint.
 */
sprint: SprintName, 
/**
 * The planned first day.
 */
firstDay: Day, 
/**
 * The planned last day.
 */
lastDay: Day, 
/**
 * The day on which it was started.
 */
startedOn: Day, 
/**
 * The day on which it was closed.
 */
closedOn: Day, 
/**
 * Which edition this is, from 1.
 */
edition: number, 
/**
 * All editions, from the first; none where only totals are known.
 */
editions: Array<EditionRow>, 
/**
 * What this edition says otherwise than the one before it; none for the first.
 */
changes: EditionChanges | null, 
/**
 * What was done of the scope at the close; none where only totals are known.
 */
count: ScopeCount | null, 
/**
 * What was sealed; none where only totals are known.
 */
report: SprintReport | null, 
/**
 * How the capacity moved from the start to the close; none where only totals are known.
 */
capacity: CapacityMovedSaid | null, 
/**
 * The totals, where only they are known (3.1).
 */
totals: PastTotals | null, };

type Command = { "journal": JournalCommand } | { "backlog": BacklogCommand } | { "priority": PriorityCommand } | { "sprint": SprintCommand } | { "flow": FlowCommand } | { "forecast": ForecastCommand } | { "capacity": CapacityCommand } | { "interrupt": InterruptCommand } | { "incident": IncidentCommand } | { "reliability": ReliabilityCommand } | { "onCall": OnCallCommand } | { "daily": DailyCommand } | { "delivery": DeliveryCommand } | { "exchange": ExchangeCommand } | { "team": TeamCommand };

type CommitAgain = { 
/**
 * The Sprint.
 */
sprint: SprintId, };

type CommitForm = { 
/**
 * Its hash.
 */
sha: string, 
/**
 * When it was written.
 */
authored?: WrittenMoment | null, 
/**
 * Its first line.
 */
subject?: string, };

type Compared = { 
/**
 * Its label.
 */
label: string, 
/**
 * Its score.
 */
score: Score | null, 
/**
 * Why it has none.
 */
missing: string | null, };

type ComparedItem = { 
/**
 * The item.
 */
item: ItemId, 
/**
 * Its label.
 */
label: string, 
/**
 * Its title.
 */
title: string, 
/**
 * Its place among the open items, from 1.
 */
place: number, };

type ComparedTerm = { 
/**
 * What it is, in words.
 */
title: string, 
/**
 * Of the one that stands above, in hundredths; none where it is not set or no term of its score.
 */
above: number | null, 
/**
 * Of the other one.
 */
below: number | null, };

type Comparison = { 
/**
 * The one that stands above.
 */
above: Compared, 
/**
 * The other one.
 */
below: Compared, 
/**
 * The terms of both, in the order of the formula.
 */
terms: Array<ComparedTerm>, 
/**
 * How the order and the scores agree.
 */
verdict: Verdict, 
/**
 * Why the one stands above, as a sentence.
 */
why: string, 
/**
 * What would swap the scores, smallest first; none where one has no score.
 */
swaps: Array<Swap>, 
/**
 * The smallest of them, as a sentence; none where no single input does it.
 */
sentence: string | null, };

type ComparisonQuestion = { 
/**
 * The one.
 */
one: ItemId, 
/**
 * The other.
 */
other: ItemId, 
/**
 * The way of scoring; none is the team's.
 */
method?: Method | null, };

type CopySplit = { 
/**
 * The Sprint.
 */
sprint: SprintId, };

type CorrectHours = { 
/**
 * The time that is corrected.
 */
hours: RowId, 
/**
 * How long it really was; an empty text, or no time, takes it away.
 */
time: WrittenTime, 
/**
 * Who; as it was if it is not given.
 */
member?: MemberId | null, 
/**
 * The day; as it was if it is not given.
 */
on?: Day | null, };

type CorrectIncidentNote = { 
/**
 * The note.
 */
id: RowId, 
/**
 * What happened.
 */
text: string, 
/**
 * When, if not now.
 */
at?: WrittenMoment | null, 
/**
 * The role of who says so; may be empty.
 */
role?: string, 
/**
 * Who says so, where it is known.
 */
member?: MemberId | null, 
/**
 * A link to the evidence; may be empty.
 */
url?: string, };

type CorrectMilestone = { 
/**
 * The incident.
 */
incident: IncidentId, 
/**
 * Which of its cycles, from 1; the present one if it is not given.
 */
cycle?: number | null, 
/**
 * The milestone.
 */
milestone: Milestone, 
/**
 * When it was; none or an empty text takes the milestone back.
 */
at?: WrittenMoment | null, 
/**
 * Why this is so.
 */
why: string, };

type CorrectNote = { 
/**
 * Which.
 */
note: RowId, 
/**
 * What is said.
 */
text: string, 
/**
 * A note or a decision.
 */
kind: DailyNoteKind, };

type CorrectSprint = { 
/**
 * The closed Sprint.
 */
sprint: SprintId, 
/**
 * Why: what was not known, or was wrong, when it was closed.
 */
reason: string, };

type Correction = { 
/**
 * The facts that arrived after the latest edition and happened before the close, in words.
 */
late: Array<LateFact>, 
/**
 * What an edition made now would say otherwise than the latest; none where it would say the same, and where only
 * totals are known.
 */
changes: EditionChanges | null, };

type CountRequests = { 
/**
 * The service.
 */
service: ServiceId, 
/**
 * The local day.
 */
day: Day, 
/**
 * Requests that count; 0 takes the day's count away.
 */
valid: number, 
/**
 * Those of them that were answered well.
 */
good: number, 
/**
 * Which count it is; nothing is the team's own.
 */
series?: string, };

type Coverage = { 
/**
 * The mark, in per cent.
 */
percent: number, 
/**
 * How often it held.
 */
held: number, 
/**
 * Of how many times.
 */
of: number, };

type CriterionId = string;

type CriterionView = { 
/**
 * Its identity.
 */
id: CriterionId, 
/**
 * Its name.
 */
name: string, 
/**
 * How much it counts.
 */
weight: Rating, 
/**
 * On which scale it is rated.
 */
scale: Scale, 
/**
 * Whether it is the debt interest in hours instead of a rating.
 */
isInterest: boolean, };

type CycleView = { 
/**
 * Which of its cycles it is, from 1.
 */
number: number, 
/**
 * The five milestones, in order.
 */
milestones: Array<MilestoneView>, 
/**
 * The times that are known, in words.
 */
times: Array<TimeView>, };

type DailyAnswers = { board: DailyBoard, markdown: DailyMarkdown, past: PastDailies, };

type DailyBlocker = { 
/**
 * The item.
 */
item: ItemId, 
/**
 * Its label.
 */
label: string, 
/**
 * Its title.
 */
title: string, 
/**
 * Who owns the item.
 */
owner: MemberId | null, 
/**
 * Their name.
 */
ownerName: string | null, 
/**
 * What stands in its way.
 */
reason: string, 
/**
 * Since when.
 */
since: Instant | null, 
/**
 * For how many working days.
 */
days: number, 
/**
 * The same in words: “since Monday, 23 November: 1 working day”.
 */
said: string, 
/**
 * Whether it has reached the team's limit.
 */
escalated: boolean, 
/**
 * For which items it waits.
 */
waits: Array<WaitsFor>, };

type DailyBoard = { 
/**
 * Today.
 */
today: Day, 
/**
 * Now.
 */
now: Instant, 
/**
 * The running Sprint; none while none runs.
 */
sprint: DailySprint | null, 
/**
 * The Daily Scrum of today, going on or over; none where none was begun.
 */
daily: DailyOfToday | null, 
/**
 * How many minutes the team gives it.
 */
minutes: number, 
/**
 * Since when there is news, in words: “since the Daily Scrum of Monday, 23 November”.
 */
sinceSaid: string, 
/**
 * What is new since then, in groups.
 */
news: Array<DailyNewsGroup>, 
/**
 * How much comes from production, held against what is usual.
 */
load: DailyLoad, 
/**
 * How the services are, the worst first (rule 3).
 */
services: Array<ServiceHealth>, 
/**
 * What in production needs somebody (rule 1).
 */
triage: Array<DailyTriage>, 
/**
 * What stands in the way of the Sprint's items, the oldest first.
 */
blockers: Array<DailyBlocker>, 
/**
 * After how many working days a blocker asks for more than the Daily Scrum.
 */
limitDays: number, 
/**
 * How the buffer stands; none where no Sprint runs.
 */
gauge: BufferGauge | null, 
/**
 * Items that are older than the team's 85th percentile, in words: “3 items are older than 4 days …”.
 */
ageingSaid: string, 
/**
 * The members of today, who is on call first, then who is there, then who is away.
 */
people: Array<DailyPerson>, 
/**
 * The items (rule 2).
 */
items: Array<DailyItem>, 
/**
 * The team's states, in their order.
 */
states: Array<DailyState>, 
/**
 * Items of the Sprint that nobody has begun.
 */
toDo: number, 
/**
 * What was said today.
 */
notes: Array<DailyNoteLine>, };

type DailyCommand = { "begin": Nothing } | { "end": Nothing } | { "note": KeepNote } | { "correct": CorrectNote } | { "removeNote": RemoveNote } | { "setBlockerLimit": SetBlockerLimit };

type DailyId = string;

type DailyItem = { 
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
title: string, 
/**
 * The name of its state.
 */
state: string, 
/**
 * What that means.
 */
category: Category, 
/**
 * Its size; none is unsized.
 */
size: Size | null, 
/**
 * Who owns it.
 */
owner: MemberId | null, 
/**
 * Their name.
 */
ownerName: string | null, 
/**
 * What stands in its way.
 */
blocked: string | null, 
/**
 * For how many days it has been in work; none where it is not.
 */
days: number | null, 
/**
 * Whether that is more than the team's 85th percentile.
 */
aged: boolean, 
/**
 * What is new of it since the last Daily Scrum, in words; empty where nothing is.
 */
news: string, };

type DailyLoad = { 
/**
 * Interrupts, and incidents without one, that came in this week.
 */
thisWeek: number, 
/**
 * How many of both come at most in 85 % of weeks; none where too few weeks are known.
 */
usual: number | null, 
/**
 * Whether more came than usual.
 */
spike: boolean, 
/**
 * The same in words.
 */
said: string, };

type DailyMarkdown = { 
/**
 * The text.
 */
text: string, };

type DailyNewsGroup = { 
/**
 * Its title: “Done”.
 */
title: string, 
/**
 * The news.
 */
lines: Array<DailyNewsLine>, 
/**
 * How many more there are.
 */
more: number, };

type DailyNewsLine = { 
/**
 * The item.
 */
item: ItemId | null, 
/**
 * The interrupt.
 */
interrupt: InterruptId | null, 
/**
 * The incident.
 */
incident: IncidentId | null, 
/**
 * The deployment.
 */
deployment: DeploymentId | null, 
/**
 * The service, of an outage; the first of several.
 */
service: ServiceId | null, 
/**
 * The first day, from today on, on which somebody else is on call.
 */
onCall: Day | null, 
/**
 * Its label; empty for what has none.
 */
label: string, 
/**
 * Its title; empty for what has none.
 */
title: string, 
/**
 * What is new; empty where the group says it.
 */
said: string, };

type DailyNoteKind = "note" | "decision";

type DailyNoteLine = { 
/**
 * Its identity.
 */
id: RowId, 
/**
 * A note or a decision.
 */
kind: DailyNoteKind, 
/**
 * What.
 */
text: string, 
/**
 * When it was written down.
 */
at: Instant, 
/**
 * Of whom.
 */
member: MemberId | null, 
/**
 * Their name.
 */
memberName: string | null, 
/**
 * Of which item.
 */
item: ItemId | null, 
/**
 * Its label.
 */
itemLabel: string | null, };

type DailyOfToday = { 
/**
 * Its identity.
 */
id: DailyId, 
/**
 * When it began.
 */
heldAt: Instant, 
/**
 * When it was ended.
 */
endedAt: Instant | null, };

type DailyPerson = { 
/**
 * Who.
 */
member: MemberId, 
/**
 * Their name.
 */
name: string, 
/**
 * Whether they are there today, wholly or in part.
 */
here: boolean, 
/**
 * Whether they are on call now or today.
 */
onCall: boolean, 
/**
 * What is to be known of their day, in words: “on call (Primary)”, “away until 27 November”; empty for an ordinary one.
 */
said: string, };

type DailyQuery = { "board": Nothing } | { "markdown": Nothing } | { "past": PastDailiesQuestion };

type DailySprint = { 
/**
 * Its identity.
 */
id: SprintId, 
/**
 * Its name.
 */
name: string, 
/**
 * The Sprint Goal; may be empty.
 */
goal: string, 
/**
 * Where it stands.
 */
phase: Phase, 
/**
 * Which of its working days today is, in words: “day 4 of 9”.
 */
said: string, };

type DailyState = { 
/**
 * Its identity.
 */
state: StateId, 
/**
 * Its name.
 */
name: string, 
/**
 * What it means.
 */
category: Category, };

type DailyTriage = { 
/**
 * The incident.
 */
incident: IncidentId | null, 
/**
 * The interrupt; of an incident the one that counts its hours.
 */
interrupt: InterruptId | null, 
/**
 * Its label.
 */
label: string, 
/**
 * Its title.
 */
title: string, 
/**
 * How grave it is.
 */
severity: IncidentSeverity, 
/**
 * What the team calls that.
 */
severityName: string, 
/**
 * Who has it.
 */
owner: MemberId | null, 
/**
 * Their name.
 */
ownerName: string | null, 
/**
 * Since when.
 */
since: Instant | null, 
/**
 * For how long, and what it took, in words: “for 5 h, 1 h 30 min of work”.
 */
said: string, };

type DateOrder = "dayFirst" | "monthFirst";

type Day = string;

type DayAbsence = { 
/**
 * The absence.
 */
id: RowId, 
/**
 * Who is away.
 */
member: MemberId, 
/**
 * Their name.
 */
name: string, 
/**
 * How much of the day.
 */
away: Share, 
/**
 * The same in words: “away”, “half a day away”.
 */
said: string, 
/**
 * Why; may be empty.
 */
note: string, 
/**
 * The first day of the absence.
 */
firstDay: Day, 
/**
 * Its last day.
 */
lastDay: Day, };

type DayChange = { 
/**
 * The day of the week, with Monday as 0.
 */
day: number, 
/**
 * Whether they work on it.
 */
works: boolean, };

type DayHoliday = { 
/**
 * Its identity.
 */
id: RowId, 
/**
 * What is celebrated; may be empty.
 */
name: string, };

type DayKind = "works" | "notTheirDay" | "notAMember";

type DebtInterestList = { 
/**
 * The items, the dearest first.
 */
rows: Array<InterestRow>, };

type DecideOverflow = { 
/**
 * What is decided.
 */
choice: OverflowChoice, 
/**
 * The items that give way, the first of them first; none where the Sprint is cancelled.
 */
items?: Array<ItemId>, 
/**
 * Why.
 */
reason: string, 
/**
 * Whether the Product Owner decides; needed to cancel the Sprint.
 */
productOwner?: boolean, };

type DecidedItem = { 
/**
 * The item.
 */
item: ItemId, 
/**
 * Its label.
 */
label: string, 
/**
 * Its title.
 */
title: string, 
/**
 * Its size; none is unsized.
 */
size: Size | null, 
/**
 * Its hours by hours per point, where they are known.
 */
minutes: Minutes | null, };

type DecimalSign = "point" | "comma";

type Decision<Z = Size> = { "nextSprint": { 
/**
 * That Sprint.
 */
sprint: SprintId, } } | "productBacklog" | { "split": { 
/**
 * The parts, at least one.
 */
parts: Array<SplitPart<Z>>, } } | "cancel";

type DecisionFor = { 
/**
 * The item.
 */
item: ItemId, 
/**
 * What becomes of it.
 */
decision: Decision<Amount>, };

type DecisionSaid = { 
/**
 * Its identity.
 */
id: RowId, 
/**
 * The day.
 */
on: Day, 
/**
 * What was decided.
 */
choice: OverflowChoice, 
/**
 * The same in words: “swapped out PAY-12 and PAY-7 at an overflow of 4 h”.
 */
said: string, 
/**
 * Why.
 */
reason: string, 
/**
 * The overflow at that moment.
 */
overflow: Minutes, 
/**
 * The items.
 */
items: Array<DecidedItem>, };

type Delimiter = "comma" | "semicolon" | "tab" | "pipe";

type DeliveryAnswers = { list: DeploymentList, deployment: DeploymentPage, measures: DeliveryMeasures, proposals: LinkProposals, settings: DeliverySettings, gate: GateView, gateAnswers: Array<GateAnswerRow>, };

type DeliveryCommand = { "deploy": Deploy } | { "finish": FinishDeployment } | { "change": ChangeDeployment } | { "remove": RemoveDeployment } | { "setItems": SetDeploymentItems } | { "linkIncident": LinkIncident } | { "rejectLink": RejectLink } | { "setLiveCheck": SetLiveCheck } | { "setFreeze": SetFreeze } | { "removeFreeze": RemoveFreeze } | { "answerGate": AnswerGate };

type DeliveryCommit = { 
/**
 * Its hash.
 */
sha: string, 
/**
 * When it was written.
 */
authoredAt: Instant | null, 
/**
 * Its first line.
 */
subject: string, 
/**
 * How long it took from then to production, in words.
 */
leadSaid: string | null, };

type DeliveryMeasures = { 
/**
 * The Sprint; none for the last days.
 */
sprint: SprintName | null, 
/**
 * The first day.
 */
firstDay: Day, 
/**
 * The last day, also where it lies ahead.
 */
lastDay: Day, 
/**
 * Whether the time is over.
 */
isOver: boolean, 
/**
 * Whether they are told as they were sealed.
 */
isSealed: boolean, 
/**
 * What each measure means, in order.
 */
definitions: Array<MeasureDefinition>, 
/**
 * All services together, then each that had a deployment in that time.
 */
rows: Array<MeasuresRow>, };

type DeliveryQuery = { "list": DeploymentsQuestion } | { "deployment": DeploymentQuestion } | { "measures": MeasuresQuestion } | { "proposals": Nothing } | { "settings": Nothing } | { "gate": GateQuestion } | { "gateAnswers": GateAnswersQuestion };

type DeliverySettings = { 
/**
 * The Definition of Live, each check once.
 */
checks: Array<LiveCheckRow>, 
/**
 * The freezes that are not over, by their beginnings.
 */
freezes: Array<FreezeRow>, 
/**
 * The services of the team.
 */
services: Array<ServiceName>, 
/**
 * The states in which items can be reviewed.
 */
states: Array<ReviewState>, 
/**
 * Today.
 */
today: Day, };

type Deploy = { 
/**
 * What is said of it.
 */
deployment: DeploymentForm, };

type DeployedItem = { 
/**
 * The item.
 */
id: ItemId, 
/**
 * Its label.
 */
label: string, 
/**
 * Its title.
 */
title: string, 
/**
 * Whether it is done by the Definition of Done.
 */
isDone: boolean, 
/**
 * How far it is on its way to users.
 */
live: ItemLive, };

type DeploymentBrief = { 
/**
 * Who it is.
 */
id: DeploymentId, 
/**
 * Its name: “checkout 2.4.0”.
 */
name: string, 
/**
 * When it ended, or began where no end is known.
 */
at: Instant, };

type DeploymentColumn = { 
/**
 * Its name.
 */
name: string, 
/**
 * What its cells become.
 */
target: DeploymentTarget, };

type DeploymentForm = { 
/**
 * The service.
 */
service: ServiceId, 
/**
 * The environment; production if it is not given.
 */
environment?: string | null, 
/**
 * Whether that is production; as its name says if it is not given.
 */
isProduction?: boolean | null, 
/**
 * What was deployed, by its version.
 */
version?: string, 
/**
 * When it began; when it ended if it is not given.
 */
started?: WrittenMoment | null, 
/**
 * When it ended; now if neither is given.
 */
finished?: WrittenMoment | null, 
/**
 * What became of it; it got there if it is not given.
 */
result?: DeploymentResult | null, 
/**
 * What it brought; what was known if it is not given.
 */
commits?: Array<CommitForm> | null, 
/**
 * The items that it contains; those that are known if it is not given.
 */
items?: Array<ItemId> | null, 
/**
 * The deployment that it repairs.
 */
repairs?: DeploymentId | null, 
/**
 * How; it takes it back if it is not given.
 */
repair?: Repair | null, 
/**
 * Whether it was unplanned work on something that users saw.
 */
isUnplanned?: boolean, 
/**
 * What people should know of it.
 */
note?: string, 
/**
 * Where more stands.
 */
url?: string, 
/**
 * The source that knows it, and the key by which, such as the number of a pipeline.
 */
outside?: [string, string] | null, };

type DeploymentId = string;

type DeploymentList = { 
/**
 * The services of the team.
 */
services: Array<ServiceName>, 
/**
 * The environments that occur.
 */
environments: Array<string>, 
/**
 * The Sprints that were started, the latest first.
 */
sprints: Array<SprintName>, 
/**
 * The deployments that are asked for, the latest first.
 */
rows: Array<DeploymentRow>, 
/**
 * From which of them on these are, from 0.
 */
from: number, 
/**
 * How many there are of what is asked for.
 */
found: number, 
/**
 * How many there are at all.
 */
all: number, 
/**
 * What they come to, in words.
 */
said: string, };

type DeploymentMarks = "tags" | "mainLine";

type DeploymentMarksCount = { 
/**
 * Which.
 */
marks: DeploymentMarks, 
/**
 * How many there are.
 */
count: number, };

type DeploymentPage = { 
/**
 * What lists say of it.
 */
row: DeploymentRow, 
/**
 * What it brought.
 */
commits: Array<DeliveryCommit>, 
/**
 * The items that it contains.
 */
items: Array<DeployedItem>, 
/**
 * What people should know of it.
 */
note: string, 
/**
 * Where more stands; may be empty.
 */
url: string, 
/**
 * The source that knows it; none where a person wrote it down.
 */
source: string | null, 
/**
 * Earlier deployments of the service to the environment, the latest first: what it may repair.
 */
earlier: Array<DeploymentBrief>, 
/**
 * The services of the team.
 */
services: Array<ServiceName>, };

type DeploymentQuestion = { 
/**
 * Which one.
 */
deployment: DeploymentId, };

type DeploymentResult = "running" | "succeeded" | "aborted";

type DeploymentResultChoice = "succeeded" | "aborted" | "running" | "leaveOut";

type DeploymentRow = { 
/**
 * Who it is.
 */
id: DeploymentId, 
/**
 * Its name: “checkout 2.4.0”.
 */
name: string, 
/**
 * The service.
 */
service: ServiceId, 
/**
 * The name of the service.
 */
serviceName: string, 
/**
 * The version, or the beginning of a commit's hash; may be empty.
 */
version: string, 
/**
 * The environment; may be empty.
 */
environment: string, 
/**
 * Whether that is production.
 */
isProduction: boolean, 
/**
 * When it began.
 */
startedAt: Instant, 
/**
 * When it ended; none while it runs, or where nobody knows.
 */
finishedAt: Instant | null, 
/**
 * When it ended, or began where no end is known.
 */
at: Instant, 
/**
 * What became of it.
 */
result: DeploymentResult, 
/**
 * How many commits it brought, as far as that is known.
 */
commits: number, 
/**
 * The median of their lead times, in words; none where it is not known when they were written.
 */
leadSaid: string | null, 
/**
 * The labels of the items that it contains.
 */
items: Array<string>, 
/**
 * What it repaired.
 */
repairs: DeploymentBrief | null, 
/**
 * How.
 */
repair: Repair | null, 
/**
 * The deployments that repaired it, the first of them.
 */
repairedBy: DeploymentBrief | null, 
/**
 * How that did so.
 */
repairedHow: Repair | null, 
/**
 * The incidents that it caused.
 */
incidents: Array<CausedIncident>, 
/**
 * Whether it failed: it was repaired, or caused an incident (12.2).
 */
isFailed: boolean, 
/**
 * Whether it was unplanned.
 */
isUnplanned: boolean, 
/**
 * Whether it is what production runs: the last of its service that got there.
 */
isCurrent: boolean, };

type DeploymentShown = { 
/**
 * Its line in the file, or its number.
 */
line: number, 
/**
 * The name of its service.
 */
service: string, 
/**
 * Its environment.
 */
environment: string, 
/**
 * Its version; may be empty.
 */
version: string, 
/**
 * When it was there, or began.
 */
at: Instant, 
/**
 * How it went.
 */
result: DeploymentResult, 
/**
 * How many commits it brought, as far as that is said.
 */
commits: number, 
/**
 * What else is said of it, in words: “takes back 1.4”.
 */
more: string, };

type DeploymentTarget = "key" | "service" | "environment" | "version" | "started" | "finished" | "result" | "commit" | "written" | "subject" | "number" | "rollback" | "hotfix" | "unplanned" | "ignore";

type DeploymentsColumn = { 
/**
 * Its name.
 */
name: string, 
/**
 * What it becomes.
 */
target: DeploymentTarget, 
/**
 * How many records hold something there.
 */
filled: number, 
/**
 * Up to three different values.
 */
examples: Array<string>, };

type DeploymentsFrom = "list" | "gitHubRuns" | "gitHub" | "gitLab" | "repository";

type DeploymentsLook = { 
/**
 * The mapping: the given one, or the proposed.
 */
mapping: DeploymentsMapping, 
/**
 * What wrote the file.
 */
from: DeploymentsFrom, 
/**
 * Its columns, with what they hold.
 */
columns: Array<DeploymentsColumn>, 
/**
 * Which commits of a repository may be deployments, with their number; empty for other files.
 */
marks: Array<DeploymentMarksCount>, 
/**
 * The values of the column by which records are chosen, with their number; empty while none is named.
 */
only: Array<ImportName>, 
/**
 * The title that the operation would have.
 */
title: string, 
/**
 * How many deployments would be new.
 */
new: number, 
/**
 * How many would be filled in.
 */
changed: number, 
/**
 * How many would stay as they are.
 */
unchanged: number, 
/**
 * The services that would be added.
 */
newServices: Array<string>, 
/**
 * The first deployments of the file, as they would come in.
 */
first: Array<DeploymentShown>, 
/**
 * The rows that would not be taken, the first of them.
 */
rows: Array<ImportProblem>, 
/**
 * How many such rows there are.
 */
rowsInAll: number, 
/**
 * The rows that are left out on purpose, the first of them.
 */
leftOut: Array<ImportProblem>, 
/**
 * How many such rows there are.
 */
leftOutInAll: number, 
/**
 * The cells that would not be taken, the first of them.
 */
cells: Array<ImportProblem>, 
/**
 * How many such cells there are.
 */
cellsInAll: number, 
/**
 * What else is to be known, in sentences.
 */
notes: Array<string>, };

type DeploymentsMapping = { 
/**
 * Where the keys come from. The same key of the same source is the same deployment.
 */
source: string, 
/**
 * The service of records that name none.
 */
service: string, 
/**
 * The environment of records that name none.
 */
environment: string, 
/**
 * Whether `3/4/2025` is in April or in March.
 */
dates: DateOrder, 
/**
 * The records that are taken; none is all of them.
 */
only?: ImportOnlyRows | null, 
/**
 * Which commits of a repository are deployments; none is as proposed.
 */
marks?: DeploymentMarks | null, 
/**
 * Whether releases before a release are taken: `2.0-rc.1`.
 */
prereleases: boolean, 
/**
 * What each column becomes.
 */
columns: Array<DeploymentColumn>, 
/**
 * What each word for a result stands for; none loses its rows.
 */
results: Array<ValueTo<DeploymentResultChoice>>, };

type DeploymentsQuestion = { 
/**
 * Those of one service.
 */
service?: ServiceId | null, 
/**
 * Those in the time of a Sprint.
 */
sprint?: SprintId | null, 
/**
 * Those to one environment.
 */
environment?: string | null, 
/**
 * Those to production that began before an incident did: those of its services first, then the others.
 */
before?: IncidentId | null, 
/**
 * From which row on, from 0.
 */
from?: number | null, 
/**
 * How many rows at most.
 */
limit?: number | null, };

type DescribeItem = { 
/**
 * The item.
 */
item: ItemId, 
/**
 * Its new description, Markdown.
 */
description: string, };

type Destination = { "nextSprint": { 
/**
 * That Sprint.
 */
sprint: SprintId, } } | "productBacklog";

type DetachLink = { 
/**
 * The item.
 */
item: ItemId, 
/**
 * The attachment.
 */
attachment: RowId, };

type Displaced = { 
/**
 * The item.
 */
item: ItemId, 
/**
 * Its label.
 */
label: string, 
/**
 * Its title.
 */
title: string, 
/**
 * Its size when it was named; none is unsized.
 */
size: Size | null, 
/**
 * Its hours by hours per point, where they are known.
 */
minutes: Minutes | null, 
/**
 * What was decided.
 */
choice: OverflowChoice, 
/**
 * How much of what went beyond is paired with it.
 */
paired: Minutes, 
/**
 * The labels of those that pushed it out, in order.
 */
by: Array<string>, };

type Displacement = { 
/**
 * The Sprint.
 */
sprint: SprintName, 
/**
 * The ledger.
 */
ledger: DisplacementLedger, 
/**
 * The decisions, in order of time.
 */
decisions: Array<DecisionSaid>, 
/**
 * What the team completed of what was left possible.
 */
possible: WhatWasPossible, 
/**
 * The same as a sentence for the review: “Completed 92 % of what the interrupts left possible.”
 */
sentence: string, 
/**
 * How the sentence is computed.
 */
method: string, 
/**
 * The whole in a line: “26 h used: 20.5 h from the buffer, 5.5 h beyond it.”
 */
said: string, };

type DisplacementLedger = { 
/**
 * The budget of the buffer; none where nobody's hours were set, and then nothing goes beyond it.
 */
kept: Minutes | null, 
/**
 * All that was used.
 */
used: Minutes, 
/**
 * The part that the buffer held.
 */
fromBuffer: Minutes, 
/**
 * The part beyond it.
 */
beyond: Minutes, 
/**
 * Each drawer, in the order in which they first drew.
 */
lines: Array<LedgerLine>, 
/**
 * What was pushed out, in the order in which it was named.
 */
displaced: Array<Displaced>, 
/**
 * What went beyond and is paired with no item.
 */
unpaired: Minutes, };

type Drawer = { "interrupt": InterruptId } | { "item": ItemId };

type DuplicateItem = { 
/**
 * The item as a list shows it.
 */
row: BacklogRow, 
/**
 * Its description as it was written.
 */
description: string, 
/**
 * Its labels.
 */
labels: Array<string>, 
/**
 * That it leaves the scope of the running Sprint if it is merged, in a sentence.
 */
leavesScope: string | null, };

type DuplicatePair = { 
/**
 * How alike their titles are, in percent.
 */
likeness: number, 
/**
 * The one that is proposed to stay: what is done, else what is selected, else what was there first.
 */
one: DuplicateItem, 
/**
 * The other.
 */
other: DuplicateItem, };

type Duplicates = { 
/**
 * The nearest first.
 */
pairs: Array<DuplicatePair>, 
/**
 * How many pairs there are in all.
 */
total: number, 
/**
 * How many titles were compared.
 */
titles: number, 
/**
 * How many pairs are left out, because somebody said that they are not the same.
 */
toldApart: number, };

type DuplicatesQuestion = { 
/**
 * Only those of this item; of all items if it is not given.
 */
item?: ItemId | null, 
/**
 * Whether items that are done count too: an open item may ask for what is there already.
 */
withDone?: boolean, };

type EditionChanges = { 
/**
 * The figures that differ, in words.
 */
figures: Array<FigureChange>, 
/**
 * The items that stand otherwise.
 */
items: Array<ItemChange>, 
/**
 * Whether changes of the scope have other days or sizes.
 */
days: boolean, };

type EditionRow = { 
/**
 * Its number, from 1.
 */
number: number, 
/**
 * The day on which it was sealed.
 */
recordedOn: Day, 
/**
 * Why it corrects the one before; none for the first, which the close sealed.
 */
reason: string | null, };

type Encoding = "utf8" | "utf16Le" | "utf16Be" | "cp1252";

type EndInterrupt = { 
/**
 * The interrupt.
 */
interrupt: InterruptId, 
/**
 * The day on which it was over, if not today.
 */
on?: Day | null, 
/**
 * The exact moment, where it is known.
 */
at?: Instant | null, };

type EndOutage = { 
/**
 * The outage.
 */
outage: OutageId, };

type EndRotation = { 
/**
 * The rotation.
 */
id: RotationId, 
/**
 * The local time from which on it says nothing any more; empty is now.
 */
at?: string, };

type ErrorKind = "refused" | "notFound" | "file" | "damaged" | "inUse" | "readOnly" | "diskFull" | "cancelled" | "internal";

type EstimateInterrupt = { 
/**
 * The interrupt.
 */
interrupt: InterruptId, 
/**
 * How long, in all; none or an empty text takes the estimate away.
 */
estimate?: WrittenTime | null, };

type ExchangeAnswers = { files: ImportFiles, look: ImportLook, preview: ImportPreview, previewAll: ImportPreviewAll, notTaken: ImportNotTaken, notTakenOfAll: ImportNotTaken, deployments: DeploymentsLook, deploymentsNotTaken: ImportNotTaken, reliability: ReliabilityLook, reliabilityNotTaken: ImportNotTaken, recognised: ImportRecognised, export: Exported, tables: ExportTables, };

type ExchangeCommand = { "import": ImportFile } | { "importAll": ImportFilesTogether } | { "importReliability": ImportReliability } | { "forgetMapping": ForgetMapping } | { "importDeployments": ImportDeployments };

type ExchangeQuery = { "files": Nothing } | { "look": ImportLookAt } | { "preview": ImportPreviewOf } | { "previewAll": ImportPreviewAllOf } | { "notTaken": ImportPreviewOf } | { "notTakenOfAll": ImportPreviewAllOf } | { "deployments": ImportDeploymentsLookAt } | { "deploymentsNotTaken": ImportDeployments } | { "reliability": ReliabilityFilesQuestion } | { "reliabilityNotTaken": ImportReliability } | { "recognised": Nothing } | { "export": ExportOf } | { "tables": Nothing };

type ExpectedLoad = { 
/**
 * Of how many interrupts the time is known.
 */
of: number, 
/**
 * The median of their times.
 */
each: Minutes, 
/**
 * What a week may take.
 */
aWeek: Minutes, };

type Experience = { 
/**
 * Net minutes of the team; none where only totals are known (3.1), or nobody's hours were set.
 */
net: Minutes | null, 
/**
 * Net person-days; none where they are not known.
 */
personDays: PersonDays | null, 
/**
 * The share that the buffer had.
 */
bufferShare: Share, 
/**
 * Minutes that unplanned work took: interrupts, and items of the buffer lane by hours per point.
 */
interrupts: Minutes, 
/**
 * Completed points of the planned lanes.
 */
completed: Size, };

type ExportFormat = "csv" | "json";

type ExportOf = { 
/**
 * What is exported.
 */
what: Exportable, 
/**
 * In which form.
 */
format: ExportFormat, 
/**
 * Whether CSV begins with a byte-order mark.
 */
mark: boolean, };

type ExportTable = { 
/**
 * Its name.
 */
name: string, 
/**
 * How many rows it has.
 */
rows: number, };

type ExportTables = { 
/**
 * The tables that can be exported, with the number of their rows.
 */
tables: Array<ExportTable>, };

type Exportable = "backlog" | { "table": string } | "everything";

type Exported = { 
/**
 * A name for the file.
 */
name: string, 
/**
 * What the file holds.
 */
text: string, 
/**
 * How many rows.
 */
rows: number, };

type FactRow = { 
/**
 * What it is.
 */
because: Because, 
/**
 * The bad time that it brought, weighted.
 */
bad: string, };

type FigureChange = { 
/**
 * What it counts: “Completed”.
 */
name: string, 
/**
 * Before.
 */
before: string, 
/**
 * Now.
 */
after: string, };

type FinishDeployment = { 
/**
 * Which one.
 */
deployment: DeploymentId, 
/**
 * Whether it got there.
 */
result: DeploymentResult, 
/**
 * When; now if it is not given.
 */
at?: WrittenMoment | null, };

type FlowAnswers = { chart: ChartView, behind: BehindView, };

type FlowCommand = never;

type FlowQuery = { "chart": ChartQuestion } | { "behind": BehindQuestion };

type Focus = { "known": { 
/**
 * Points a net person-day outside the buffer.
 */
factor: number, 
/**
 * From how many closed Sprints, at most six.
 */
sprints: number, 
/**
 * The points completed in them.
 */
completed: Size, 
/**
 * Their net person-days.
 */
personDays: PersonDays, } } | { "unknown": { 
/**
 * Why.
 */
reason: NoFocus, } };

type ForecastAnswers = { ask: ForecastView, choices: ForecastChoices, planOdds: PlanOdds | null, kept: KeptForecasts, again: ForecastView, backTest: BackTestView, };

type ForecastAsk = { "howMany": { 
/**
 * Until when.
 */
until: ForecastUntil, } } | { "when": { 
/**
 * What.
 */
work: ForecastWork, 
/**
 * Whether everything that stands above it in the Product Backlog is done first.
 */
above: boolean, } } | { "inOrder": { 
/**
 * What, in order.
 */
groups: Array<ForecastWork>, } } | { "plan": { 
/**
 * The Sprint; none is the next planned one, else the running one.
 */
sprint?: SprintId | null, } };

type ForecastChoice = { 
/**
 * Its name.
 */
name: string, 
/**
 * How many items have it.
 */
items: number, };

type ForecastChoices = { 
/**
 * Sprints that are not closed: the running one, then those that are planned.
 */
sprints: Array<SprintName>, 
/**
 * The Sprint whose plan is meant where none is named: the next planned one, else the running one.
 */
plan: SprintId | null, 
/**
 * Labels that open items of the planned lanes have, the most used first.
 */
labels: Array<ForecastChoice>, 
/**
 * Items with open parts, in the order of the Product Backlog.
 */
parents: Array<ParentChoice>, 
/**
 * How many open items there are.
 */
open: number, 
/**
 * How many weeks of the past forecasts are drawn from.
 */
weeks: number, 
/**
 * The first whole day: tomorrow.
 */
tomorrow: Day, 
/**
 * The share that the buffer has.
 */
buffer: Share, 
/**
 * How past forecasts held.
 */
held: Held, };

type ForecastCommand = { "keep": ForecastQuestion } | { "setWindow": SetForecastWindow };

type ForecastGroup = { 
/**
 * “Checkout”.
 */
name: string, 
/**
 * The marks, the most likely last.
 */
marks: Array<ForecastMark>, };

type ForecastMark = { 
/**
 * In per cent.
 */
percent: number, 
/**
 * “very likely”.
 */
likelihood: string, 
/**
 * “by 14 March”, “at least 9 items”.
 */
said: string, 
/**
 * The same without what would be otherwise; none where nothing would be.
 */
without: string | null, };

type ForecastQuery = { "ask": ForecastQuestion } | { "choices": Nothing } | { "planOdds": PlanOddsQuestion } | { "kept": Nothing } | { "again": AgainQuestion } | { "backTest": BackTestQuestion };

type ForecastQuestion = { 
/**
 * What.
 */
ask: ForecastAsk, 
/**
 * What is counted; none is what fits.
 */
unit?: Unit | null, 
/**
 * What would be otherwise.
 */
whatIf?: ForecastWhatIf, 
/**
 * What chance starts from; none is that of the day.
 */
seed?: Seed | null, 
/**
 * The theme of the pictures.
 */
theme: ThemeName, 
/**
 * Pixels from left to right.
 */
width: number, 
/**
 * Pixels from top to bottom.
 */
height: number, };

type ForecastUntil = { "day": string } | { "sprint": SprintId };

type ForecastView = { 
/**
 * The question in words.
 */
question: string, 
/**
 * The answer in words: a range with its likelihoods.
 */
answer: string, 
/**
 * The answer without what would be otherwise; none where nothing would be.
 */
without: string | null, 
/**
 * What is counted.
 */
unit: Unit, 
/**
 * The groups, each with what its marks say; one where it is one question.
 */
groups: Array<ForecastGroup>, 
/**
 * The items of a plan, each with the chance that it is done with all before it.
 */
items: Array<ItemOdds>, 
/**
 * The picture.
 */
chart: Chart, 
/**
 * What it is drawn from, as a picture.
 */
past: Chart, 
/**
 * What it is drawn from, in words.
 */
method: string, 
/**
 * What should be known beside it, in sentences.
 */
notes: Array<string>, 
/**
 * How past forecasts held.
 */
held: Held, 
/**
 * What chance started from.
 */
seed: Seed, };

type ForecastWhatIf = { 
/**
 * How much of what was done would be done, in basis points: 12,000 is a fifth more.
 */
throughput?: Share | null, 
/**
 * How much more there would be to do, as people write it: `3`, `-2`.
 */
scope?: string, 
/**
 * The share that the buffer would have, in basis points.
 */
buffer?: Share | null, 
/**
 * The day on which it would begin, `YYYY-MM-DD`; empty is the first whole day.
 */
start?: string, };

type ForecastWork = { "amount": string } | { "top": number } | { "items": Array<ItemId> } | { "label": string } | { "parent": ItemId };

type ForgetMapping = { 
/**
 * The kind of export.
 */
export: string, };

type FreezeRow = { 
/**
 * Who it is.
 */
id: RowId, 
/**
 * The service; none is all of them.
 */
service: ServiceName | null, 
/**
 * The first day.
 */
firstDay: Day, 
/**
 * The last day.
 */
lastDay: Day, 
/**
 * Why.
 */
why: string, 
/**
 * Whether it holds now.
 */
holds: boolean, };

type GapRow = { 
/**
 * From when on.
 */
from: Instant, 
/**
 * Up to when.
 */
to: Instant, 
/**
 * Where it begins in the window.
 */
at: number, 
/**
 * How much of the window it is.
 */
width: number, 
/**
 * In words.
 */
said: string, };

type GateAnswerRow = { 
/**
 * Who it is.
 */
id: RowId, 
/**
 * The name of the service.
 */
service: string, 
/**
 * What was to go live; may be empty.
 */
version: string, 
/**
 * When.
 */
at: Instant, 
/**
 * Whether the gate said yes.
 */
may: boolean, 
/**
 * Whether it went on: the gate said yes, or somebody decided so.
 */
goes: boolean, 
/**
 * The answer in a sentence.
 */
said: string, 
/**
 * What each check found.
 */
findings: Array<GateFinding>, 
/**
 * Who went on against a no.
 */
overriddenBy: string | null, 
/**
 * Why.
 */
overriddenWhy: string | null, };

type GateAnswersQuestion = { 
/**
 * Of one service.
 */
service?: ServiceId | null, 
/**
 * One answer.
 */
answer?: RowId | null, };

type GateFinding = { 
/**
 * The check.
 */
check: CheckName, 
/**
 * What it asks, in words.
 */
title: string, 
/**
 * What it found.
 */
standing: GateStanding, 
/**
 * Whether that stops.
 */
stops: boolean, 
/**
 * Why, in a sentence.
 */
reason: string, };

type GateItemRow = { 
/**
 * The item.
 */
id: ItemId, 
/**
 * Its label.
 */
label: string, 
/**
 * Its title.
 */
title: string, 
/**
 * Whether it is done.
 */
isDone: boolean, };

type GateQuestion = { 
/**
 * The service.
 */
service: ServiceId, 
/**
 * What is to go live, by its version.
 */
version?: string, 
/**
 * The items that it contains.
 */
items?: Array<ItemId>, };

type GateStanding = "holds" | "fails" | "unknown";

type GateView = { 
/**
 * The service.
 */
service: ServiceName, 
/**
 * What is to go live; may be empty.
 */
version: string, 
/**
 * Whether it may.
 */
may: boolean, 
/**
 * The answer in a sentence.
 */
said: string, 
/**
 * What each check found.
 */
findings: Array<GateFinding>, 
/**
 * The items that it is about.
 */
items: Array<GateItemRow>, };

type GivesWay = { 
/**
 * The item.
 */
item: ItemId, 
/**
 * Its label.
 */
label: string, 
/**
 * Its title.
 */
title: string, 
/**
 * Its size; none is unsized.
 */
size: Size | null, 
/**
 * Its hours by hours per point, where they are known.
 */
minutes: Minutes | null, 
/**
 * Whether it is begun.
 */
begun: boolean, 
/**
 * Whether a decision named it already.
 */
named: boolean, };

type Goal = { 
/**
 * Whether it was met.
 */
outcome: GoalOutcome, 
/**
 * Why; may be empty where it was met.
 */
why: string, };

type GoalOutcome = "met" | "partly" | "notMet";

type Going = "notLive" | "takenBack" | "live";

type GroupRow = { 
/**
 * Who it is.
 */
id: RowId, 
/**
 * Its name.
 */
name: string, 
/**
 * Whether its uptime is the mean of its services.
 */
isMean: boolean, 
/**
 * Its services with their weights.
 */
services: Array<[ServiceId, Share]>, };

type GroupedService = { 
/**
 * The service.
 */
service: ServiceId, 
/**
 * Its weight in a mean; none is as much as each other one.
 */
weight?: Share | null, };

type HandoverLine = { 
/**
 * Its label.
 */
label: string, 
/**
 * How grave it is: “P1”.
 */
severity: string, 
/**
 * Its title.
 */
title: string, 
/**
 * When it came, in words.
 */
when: string, };

type HandoverNoteLine = { 
/**
 * What to watch.
 */
text: string, 
/**
 * Who wrote it and when: “Ana, Fri 27 Nov 16:10”.
 */
by: string, };

type HandoverPage = { 
/**
 * The level.
 */
level: RowId, 
/**
 * Its name.
 */
levelName: string, 
/**
 * When.
 */
at: Instant, 
/**
 * In words: “Ana hands over to Bo on Mon 30 Nov 09:00”.
 */
said: string, 
/**
 * The shift that ends; empty where nobody is on call: “Mon 23 Nov 09:00 – Mon 30 Nov 09:00”.
 */
shift: string, 
/**
 * What is open: incidents, and interrupts that are not over.
 */
open: Array<HandoverLine>, 
/**
 * What happened in the shift that ends.
 */
happened: Array<HandoverLine>, 
/**
 * What to watch, as it was written, the newest last.
 */
notes: Array<HandoverNoteLine>, 
/**
 * All of it as Markdown, to be copied.
 */
markdown: string, };

type HandoverQuestion = { 
/**
 * The level; the first if it is not given.
 */
level?: RowId | null, };

type Held = { 
/**
 * In words: “Our 85 % forecasts held 8 of 10 times.”
 */
said: string, 
/**
 * At each mark.
 */
coverage: Array<Coverage>, };

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

type HistoryLine = { 
/**
 * When it happened.
 */
at: Instant, 
/**
 * When it was written down, where that was at least a minute later.
 */
recordedAt: Instant | null, 
/**
 * What happened: “sized 5 → 8”.
 */
text: string, 
/**
 * Who wrote it down; may be empty.
 */
person: string, };

type HistoryWindow = { 
/**
 * How many of the latest are left out.
 */
from: number, 
/**
 * How many at most.
 */
limit: number, };

type HoldBackItems = { 
/**
 * The items.
 */
items: Array<ItemId>, 
/**
 * What they lack.
 */
reason: string, };

type HolidayFile = { 
/**
 * What the file calls itself; may be empty.
 */
name: string, 
/**
 * The first year whose holidays are taken: this one.
 */
from: number, 
/**
 * The last one.
 */
until: number, 
/**
 * The days that would become holidays, in order.
 */
fresh: Array<HolidayFound>, 
/**
 * The days that are holidays already.
 */
known: Array<HolidayFound>, 
/**
 * How many days lie in other years.
 */
otherYears: number, 
/**
 * The events that are none of whole days, are cancelled, or cannot be read, with the reason.
 */
leftOut: Array<HolidayLeftOut>, };

type HolidayFileQuestion = { 
/**
 * The last year whose holidays are taken; two years from now if it is not given.
 */
until?: number | null, };

type HolidayFound = { 
/**
 * The day.
 */
day: Day, 
/**
 * What is celebrated.
 */
name: string, 
/**
 * Whether the team would work on it.
 */
works: boolean, };

type HolidayLeftOut = { 
/**
 * What it is called; may be empty.
 */
name: string, 
/**
 * Why it is left out.
 */
why: string, };

type HolidayRow = { 
/**
 * Its identity.
 */
id: RowId, 
/**
 * The day.
 */
day: Day, 
/**
 * What is celebrated.
 */
name: string, };

type HoursOfDay = { 
/**
 * The day of the week: Monday is 0.
 */
weekday: number, 
/**
 * The first minute of the day.
 */
from: number, 
/**
 * The minute after the last; 1440 is midnight.
 */
to: number, };

type HoursRow = { 
/**
 * Its identity.
 */
id: RowId, 
/**
 * The day.
 */
day: Day, 
/**
 * How long.
 */
minutes: Minutes, 
/**
 * The same in words: “2 h 15 min”.
 */
said: string, 
/**
 * Who worked, where it is known.
 */
member: MemberId | null, 
/**
 * Their name.
 */
memberName: string | null, 
/**
 * The Sprint on which it drew; none where none had the interrupt on that day.
 */
sprint: SprintName | null, 
/**
 * Whether that Sprint is closed.
 */
closed: boolean, };

type Ideal = "even" | "weighted";

type ImportBecause = "name" | "values" | "kept" | "chosen" | "nothing";

type ImportChoices = { 
/**
 * What the rows become.
 */
becomes: ImportRowsBecome, 
/**
 * The rows that are taken.
 */
only?: ImportOnlyRows | null, 
/**
 * What interrupts without a title are called.
 */
titled?: string | null, 
/**
 * Whether interrupts are made of incidents.
 */
withInterrupts: boolean, 
/**
 * Where the keys come from.
 */
source?: string | null, 
/**
 * How the bytes are read.
 */
encoding?: Encoding | null, 
/**
 * What stands between two cells.
 */
delimiter?: Delimiter | null, 
/**
 * What stands before the decimals of a size.
 */
decimal?: DecimalSign | null, 
/**
 * Whether the day or the month comes first.
 */
dates?: DateOrder | null, 
/**
 * Columns that become something else than proposed.
 */
columns: Array<ImportColumnTarget>, 
/**
 * Types that stand for something else.
 */
kinds: Array<ValueTo<ImportKind>>, 
/**
 * Priorities that stand for something else.
 */
severities: Array<ValueTo<Severity>>, 
/**
 * Severities of interrupts that are another one.
 */
incidentSeverities: Array<ValueTo<IncidentSeverity>>, 
/**
 * Statuses that stand for something else.
 */
states: Array<ValueTo<StateId>>, };

type ImportColumn = { 
/**
 * Its name.
 */
name: string, 
/**
 * What it becomes.
 */
target: ImportTarget, 
/**
 * What that was drawn from.
 */
because: ImportBecause, 
/**
 * How many columns have this name.
 */
repeated: number, 
/**
 * How many of the rows looked at hold a value there.
 */
filled: number, 
/**
 * How many rows were looked at.
 */
lookedAt: number, 
/**
 * Up to three different values.
 */
examples: Array<string>, };

type ImportColumnTarget = { 
/**
 * The name in the header.
 */
name: string, 
/**
 * What its cells become.
 */
target: ImportTarget, };

type ImportDeployments = { 
/**
 * The mapping.
 */
mapping: DeploymentsMapping, };

type ImportDeploymentsLookAt = { 
/**
 * The mapping; none to have one proposed.
 */
mapping: DeploymentsMapping | null, 
/**
 * The name of the file, without its ending.
 */
name: string | null, };

type ImportDifference = { 
/**
 * The item's key in its source.
 */
key: string, 
/**
 * The item's label here.
 */
label: string, 
/**
 * The item's title here.
 */
title: string, 
/**
 * The field.
 */
field: ImportField, 
/**
 * What the team has, in words.
 */
here: string, 
/**
 * What the file has, in words.
 */
there: string, };

type ImportDivided = { 
/**
 * The item.
 */
id: ItemId, 
/**
 * Its label.
 */
label: string, 
/**
 * Its title.
 */
title: string, 
/**
 * The Sprint that it leaves.
 */
sprint: SprintId, 
/**
 * The name of that Sprint.
 */
sprintName: string, };

type ImportField = "title" | "description" | "kind" | "severity" | "size" | "state" | "owner" | "parent" | "reported" | "ended" | "time" | "began" | "detected" | "acknowledged" | "mitigated" | "resolved" | "services";

type ImportFile = { 
/**
 * The mapping.
 */
mapping: ImportMapping, 
/**
 * Which of the attached exports it is, from 0.
 */
part?: number, 
/**
 * How fields that changed on both sides are settled, one by one.
 */
settled: Array<ImportSettled>, 
/**
 * How all the others are settled; none refuses the import while there are any.
 */
others: Side | null, 
/**
 * What the look said is a person's in the mapping, to be proposed for the next such file; none keeps nothing new.
 */
keep?: ImportKeep | null, };

type ImportFiles = { 
/**
 * The exports, in the order of their first files.
 */
exports: Array<ImportFilesOf>, };

type ImportFilesOf = { 
/**
 * The names of its files.
 */
names: Array<string>, 
/**
 * The tracker that wrote them, where it is known.
 */
tracker: string | null, 
/**
 * Why it cannot be read, and what to do; none where it can.
 */
refused: string | null, };

type ImportFilesTogether = { 
/**
 * What becomes of each; an export that is not named is not imported.
 */
imports: Array<ImportFile>, };

type ImportHolidays = { 
/**
 * The last year whose holidays are taken; two years from now if it is not given.
 */
until?: number | null, 
/**
 * The days that are not taken.
 */
leaveOut?: Array<Day>, };

type ImportKeep = { 
/**
 * The kind of export.
 */
export: string, 
/**
 * What a person changed.
 */
choices: ImportChoices, };

type ImportKind = "feature" | "bug" | "debt" | "infrastructure" | "leaveOut";

type ImportLook = { 
/**
 * The mapping: the given one, or the proposed.
 */
mapping: ImportMapping, 
/**
 * Whether it is JSON, of which rows have no lines but are records.
 */
isJson: boolean, 
/**
 * The columns of the file, in its order.
 */
columns: Array<ImportColumn>, 
/**
 * The first rows of the file, and what becomes of them.
 */
rows: Array<ImportRow>, 
/**
 * The values of the column by which rows are chosen, with the number of rows of each; empty while none is named.
 */
only: Array<ImportName>, 
/**
 * What the proposal is not sure of, in sentences.
 */
notes: Array<string>, 
/**
 * The states of the team, for the statuses of the file.
 */
states: Array<ImportState>, 
/**
 * The severities of interrupts with their names, for the severities of the file.
 */
severities: Array<SeverityName>, 
/**
 * What in the mapping is a person's, for an import to keep.
 */
keep: ImportKeep, 
/**
 * The day of the import whose changes are proposed here again; none where none was kept.
 */
keptOn: Day | null, };

type ImportLookAt = { 
/**
 * The mapping by which the sample is shown; none to have one proposed.
 */
mapping: ImportMapping | null, 
/**
 * The encoding, where a person has chosen it.
 */
encoding: Encoding | null, 
/**
 * The delimiter, where a person has chosen it.
 */
delimiter: Delimiter | null, 
/**
 * What the rows are to become, where a person has just chosen it; else as in the mapping, or as was kept.
 */
becomes?: ImportRowsBecome | null, 
/**
 * Which of the attached exports it is, from 0; a single file is the only one.
 */
part: number, 
/**
 * The name of the file; a list that no tracker wrote is named after it, so that two such lists are not one.
 */
name: string | null, };

type ImportMapping = { 
/**
 * The tracker whose keys these are: `Jira`. The same key of the same source is the same item or interrupt.
 */
source: string, 
/**
 * What the rows become.
 */
becomes: ImportRowsBecome, 
/**
 * The rows that are taken; none is all of them.
 */
only: ImportOnlyRows | null, 
/**
 * What an interrupt is called where no column becomes its title; not used for items.
 */
titled: string, 
/**
 * Whether an interrupt is made of each new incident that belongs to a Sprint; not used for anything else.
 */
withInterrupts: boolean, 
/**
 * The service of new incidents that name none; not used for anything else.
 */
service: string, 
/**
 * How the bytes are read.
 */
encoding: Encoding, 
/**
 * What stands between two cells.
 */
delimiter: Delimiter, 
/**
 * What stands before the decimals of a size.
 */
decimal: DecimalSign, 
/**
 * Whether `3/4/2025` is in April or in March.
 */
dates: DateOrder, 
/**
 * What each column becomes; several may become the same.
 */
columns: Array<ImportColumnTarget>, 
/**
 * What each type stands for; none is unsorted.
 */
kinds: Array<ValueTo<ImportKind>>, 
/**
 * What each priority or severity stands for; none says nothing.
 */
severities: Array<ValueTo<Severity>>, 
/**
 * How grave an interrupt of each severity is; none says nothing. Empty for items.
 */
incidentSeverities: Array<ValueTo<IncidentSeverity>>, 
/**
 * What each status stands for; none is the team's first state.
 */
states: Array<ValueTo<StateId>>, };

type ImportName = { 
/**
 * The name.
 */
name: string, 
/**
 * How many items or rows.
 */
count: number, };

type ImportNotTaken = { 
/**
 * A CSV file: line, column, value, reason.
 */
text: string, 
/**
 * How many lines it has under its header.
 */
count: number, };

type ImportOnlyRows = { 
/**
 * The name of the column.
 */
column: string, 
/**
 * The values; an empty one stands for an empty cell.
 */
values: Array<string>, };

type ImportPreview = { 
/**
 * The title that the operation would have.
 */
title: string, 
/**
 * How many items would be new.
 */
new: number, 
/**
 * How many would change.
 */
changed: number, 
/**
 * How many would stay as they are.
 */
unchanged: number, 
/**
 * How many have fields that changed on both sides.
 */
conflicting: number, 
/**
 * The fields that changed on both sides, the first of them.
 */
conflicts: Array<ImportDifference>, 
/**
 * How many such fields there are.
 */
conflictsInAll: number, 
/**
 * The fields that would be taken from the file, the first of them.
 */
taken: Array<ImportDifference>, 
/**
 * How many such fields there are.
 */
takenInAll: number, 
/**
 * The rows that would not be taken, the first of them.
 */
rows: Array<ImportProblem>, 
/**
 * How many such rows there are.
 */
rowsInAll: number, 
/**
 * The rows that are left out on purpose, the first of them.
 */
leftOut: Array<ImportProblem>, 
/**
 * How many such rows there are.
 */
leftOutInAll: number, 
/**
 * The cells that would not be taken, the first of them.
 */
cells: Array<ImportProblem>, 
/**
 * How many such cells there are.
 */
cellsInAll: number, 
/**
 * The columns that are not imported.
 */
notImported: Array<string>, 
/**
 * Columns of the mapping that the file does not have.
 */
missing: Array<string>, 
/**
 * Owners who are no members; their names are kept as labels.
 */
unknownOwners: Array<ImportName>, 
/**
 * New items that may be here already under another key, the first of them: their titles are nearly the same.
 */
near: Array<NearTitle>, 
/**
 * How many such items there are.
 */
nearInAll: number, 
/**
 * Open items of the running Sprint that would be taken out of it, because they get parts.
 */
divided: Array<ImportDivided>, 
/**
 * The Sprints of the past that come along, each with its history.
 */
sprints: Array<ImportSprint>, 
/**
 * What else is to be known, in sentences.
 */
notes: Array<string>, };

type ImportPreviewAll = { 
/**
 * The title that the operation would have.
 */
title: string, 
/**
 * How many items would be new.
 */
new: number, 
/**
 * How many that the team has would change.
 */
changed: number, 
/**
 * How many would stay as they are.
 */
unchanged: number, 
/**
 * How many fields changed on both sides.
 */
conflictsInAll: number, 
/**
 * How many rows would not be taken.
 */
rowsInAll: number, 
/**
 * How many cells would not be taken.
 */
cellsInAll: number, 
/**
 * How many rows are left out on purpose.
 */
leftOutInAll: number, 
/**
 * What each would do after those before it, in the order of the question.
 */
each: Array<ImportPreview>, };

type ImportPreviewAllOf = { 
/**
 * The exports with their mappings, in the order in which they would be imported.
 */
imports: Array<ImportPreviewOf>, };

type ImportPreviewOf = { 
/**
 * The mapping.
 */
mapping: ImportMapping, 
/**
 * Which of the attached exports it is, from 0.
 */
part?: number, };

type ImportProblem = { 
/**
 * The line of the file on which the row begins.
 */
line: number, 
/**
 * The column; empty where it is the whole row.
 */
column: string, 
/**
 * What stands there, shortened.
 */
value: string, 
/**
 * Why it was not taken.
 */
reason: string, };

type ImportRecognised = { 
/**
 * What they tell of reliability.
 */
reliability: ReliabilityFile | null, };

type ImportReliability = { 
/**
 * The mapping.
 */
mapping: ReliabilityMapping, 
/**
 * The name of a single file, without its ending.
 */
name?: string | null, };

type ImportRow = { 
/**
 * The line of the file.
 */
line: number, 
/**
 * What becomes of it, field by field; empty where the row is not taken.
 */
becomes: Array<ImportShown>, 
/**
 * What is wrong with the row or its cells, in sentences.
 */
problems: Array<string>, };

type ImportRowsBecome = "items" | "interrupts" | "incidents";

type ImportSettled = { 
/**
 * The item's key in its source.
 */
key: string, 
/**
 * The field.
 */
field: ImportField, 
/**
 * Whose value holds.
 */
side: Side, };

type ImportShifts = { 
/**
 * Where they come from: the name of the file.
 */
source?: string, 
/**
 * The level that the shifts are of; the first if it is not given.
 */
level?: RowId | null, 
/**
 * Who is meant by the names in the file.
 */
people?: Array<PersonChoice>, 
/**
 * The last day of events that repeat for ever; a year ahead if it is not given.
 */
until?: Day | null, 
/**
 * Which columns of a table say what.
 */
columns?: ShiftColumns | null, };

type ImportShown = { 
/**
 * The field.
 */
target: ImportTarget, 
/**
 * Its value.
 */
text: string, };

type ImportSprint = { 
/**
 * Its name.
 */
name: string, 
/**
 * Its planned first day.
 */
firstDay: Day, 
/**
 * Its planned last day.
 */
lastDay: Day, 
/**
 * How many items were ever in it.
 */
items: number, };

type ImportState = { 
/**
 * Its identity.
 */
id: StateId, 
/**
 * Its name.
 */
name: string, 
/**
 * What it means.
 */
category: Category, };

type ImportTarget = "key" | "id" | "title" | "description" | "kind" | "severity" | "size" | "state" | "stateCategory" | "created" | "started" | "resolved" | "parent" | "owner" | "hours" | "minutes" | "began" | "detected" | "acknowledged" | "mitigated" | "services" | "labels" | "sprint" | "base" | "ignore";

type IncidentAnswers = { list: IncidentList, triage: Triage, incident: IncidentPage, ofSprint: IncidentsOfSprint | null, line: ReadLine, };

type IncidentCommand = { "report": ReportIncident } | { "rename": RenameIncident } | { "setSeverity": SetIncidentSeverity } | { "assign": AssignIncident } | { "takeRole": TakeRole } | { "setServices": SetIncidentServices } | { "reach": ReachMilestone } | { "correct": CorrectMilestone } | { "reopen": ReopenIncident } | { "addNote": AddIncidentNote } | { "correctNote": CorrectIncidentNote } | { "removeNote": RemoveIncidentNote } | { "makeInterrupt": MakeInterrupt } | { "linkInterrupt": LinkInterrupt } | { "makeItem": MakeIncidentItem } | { "linkItem": LinkIncidentItem } | { "unlink": UnlinkIncident } | { "merge": MergeIncident } | { "separate": SeparateIncident };

type IncidentId = string;

type IncidentInterrupt = { 
/**
 * The link.
 */
link: RowId, 
/**
 * The interrupt.
 */
id: InterruptId, 
/**
 * Its label.
 */
label: string, 
/**
 * Its title.
 */
title: string, 
/**
 * Its time: “2 h 15 min”, “4 h expected”, “hours not known”.
 */
said: string, 
/**
 * Whether it is over.
 */
ended: boolean, };

type IncidentItem = { 
/**
 * The link.
 */
link: RowId, 
/**
 * The item.
 */
item: ItemId, 
/**
 * Its label.
 */
label: string, 
/**
 * Its title.
 */
title: string, 
/**
 * How it belongs to the incident.
 */
how: LinkHow, 
/**
 * Whether it is done.
 */
done: boolean, };

type IncidentList = { 
/**
 * Today.
 */
today: Day, 
/**
 * Those that need somebody, in the order in which they do.
 */
open: Array<IncidentRow>, 
/**
 * Those that are over, the latest first; at most a page of them.
 */
over: Array<IncidentRow>, 
/**
 * How many are over in all.
 */
overCount: number, 
/**
 * How many there are in all, whatever was asked for.
 */
allCount: number, 
/**
 * How those that were asked for stand, in words: “2 open, 1 without an owner; 14 are over”.
 */
said: string, 
/**
 * Who is on call now.
 */
onCall: Array<OnCallNow>, 
/**
 * The member who sits at this device.
 */
you: MemberId | null, 
/**
 * The members who are in the team now.
 */
members: Array<MemberName>, 
/**
 * The services, in the team's order.
 */
services: Array<ServiceName>, 
/**
 * The severities, the gravest first.
 */
severities: Array<SeverityName>, };

type IncidentName = { 
/**
 * Its identity.
 */
id: IncidentId, 
/**
 * Its label.
 */
label: string, 
/**
 * Its title.
 */
title: string, };

type IncidentOutage = { 
/**
 * The outage.
 */
id: OutageId, 
/**
 * What it was: “Partial outage of checkout”.
 */
said: string, 
/**
 * How long it was: “45 min”; of one that lasts, so far.
 */
lasted: string, 
/**
 * Whether it lasts.
 */
lasts: boolean, };

type IncidentPage = { 
/**
 * Today.
 */
today: Day, 
/**
 * What a list shows of it.
 */
row: IncidentRow, 
/**
 * Its cycles, the present one first.
 */
cycles: Array<CycleView>, 
/**
 * What comes next: the milestone that is waited for; none where it is resolved or merged.
 */
next: Milestone | null, 
/**
 * Who has which role.
 */
roles: Array<RoleRow>, 
/**
 * The roles that can be taken, those of the team's own last.
 */
roleNames: Array<string>, 
/**
 * What happened and what was noted, in order.
 */
timeline: Array<TimelineLine>, 
/**
 * The interrupt that counts its hours.
 */
interrupt: IncidentInterrupt | null, 
/**
 * The deployment that caused it, as somebody said.
 */
deployment: CausingDeployment | null, 
/**
 * The outages that belong to it, and those of its duplicates.
 */
outages: Array<IncidentOutage>, 
/**
 * Which part of which error budget they used, in words, the most first.
 */
budgetsSaid: Array<string>, 
/**
 * The items that caused it or go on with it.
 */
items: Array<IncidentItem>, 
/**
 * The incidents that were merged into this one.
 */
duplicates: Array<IncidentName>, 
/**
 * The one into which this one was merged.
 */
mergedInto: IncidentName | null, 
/**
 * The file that brought it.
 */
source: string | null, 
/**
 * Until when a postmortem is due, in words (8.3); none where none is.
 */
postmortemSaid: string | null, 
/**
 * Who is on call now.
 */
onCall: Array<OnCallNow>, 
/**
 * The member who sits at this device.
 */
you: MemberId | null, 
/**
 * The members who are in the team now.
 */
members: Array<MemberName>, 
/**
 * The services, in the team's order.
 */
services: Array<ServiceName>, 
/**
 * The severities, the gravest first.
 */
severities: Array<SeverityName>, };

type IncidentQuery = { "list": IncidentsQuestion } | { "triage": Nothing } | { "incident": IncidentQuestion } | { "ofSprint": IncidentsOfSprintQuestion } | { "line": LineQuestion };

type IncidentQuestion = { 
/**
 * The incident.
 */
incident: IncidentId, };

type IncidentRow = { 
/**
 * Its identity.
 */
id: IncidentId, 
/**
 * Its label.
 */
label: string, 
/**
 * Its title.
 */
title: string, 
/**
 * How grave it is.
 */
severity: IncidentSeverity, 
/**
 * What the team calls that.
 */
severityName: string, 
/**
 * Who owns it.
 */
owner: MemberId | null, 
/**
 * Their name.
 */
ownerName: string | null, 
/**
 * The services that it affects.
 */
services: Array<ServiceName>, 
/**
 * Since when it lasts: when its present cycle began, else when it was reported.
 */
since: Instant | null, 
/**
 * When it was resolved; none while it is open.
 */
resolvedAt: Instant | null, 
/**
 * Whether it still needs somebody.
 */
isOpen: boolean, 
/**
 * How far it came: “detected”, “acknowledged”, “mitigated”.
 */
stage: Milestone | null, 
/**
 * The same in words; of a duplicate: “merged into INC-3”.
 */
stageSaid: string, 
/**
 * How long it lasts already, or how long it took to mitigate: “3 h 5 min”; none where that is not known.
 */
lasted: string | null, 
/**
 * Whether it still counts up.
 */
countsUp: boolean, 
/**
 * How many cycles it has: more than one where it was reopened.
 */
cycles: number, 
/**
 * The interrupt that counts its hours.
 */
interrupt: InterruptId | null, 
/**
 * The one into which it was merged.
 */
mergedInto: IncidentId | null, };

type IncidentSeverity = "P1" | "P2" | "P3" | "P4" | "P5";

type IncidentsOfSprint = { 
/**
 * The Sprint.
 */
sprint: SprintName, 
/**
 * What came, in words: “4 incidents began, 1 of them P1; 1 is still open”.
 */
said: string, 
/**
 * The incidents, the latest first, as they were at its end.
 */
rows: Array<IncidentRow>, 
/**
 * How long they took, in the order in which an incident comes to its milestones.
 */
times: Array<TimeFigure>, 
/**
 * How the times are meant.
 */
method: string, };

type IncidentsOfSprintQuestion = { 
/**
 * The Sprint; the running one if it is not given.
 */
sprint?: SprintId | null, 
/**
 * Which edition of a closed one, from 1; none is the latest.
 */
edition?: number | null, };

type IncidentsQuestion = { 
/**
 * Only those that affect a service.
 */
service?: ServiceId | null, 
/**
 * Only those whose label, title or owner holds these words.
 */
text?: string, 
/**
 * How many of those that are over are left away, the latest first.
 */
from?: number, };

type Instant = number;

type InterestOfItem = { 
/**
 * What the interrupts took; none while none of them has hours.
 */
minutes: Minutes | null, 
/**
 * The same in words: “12.5 h in 3 interrupts, 1 of them without hours”.
 */
text: string, };

type InterestRow = { 
/**
 * The item.
 */
item: ItemId, 
/**
 * Its label.
 */
label: string, 
/**
 * Its title.
 */
title: string, 
/**
 * Its kind; none is unsorted.
 */
kind: WorkKind | null, 
/**
 * Its size.
 */
size: Size | null, 
/**
 * What the interrupts took.
 */
interest: InterestOfItem, 
/**
 * Hours a point: the formula with its numbers; none where it is no debt, or nothing is known to divide.
 */
formula: string | null, 
/**
 * The interrupts behind it.
 */
interrupts: Array<LinkedInterrupt>, };

type InterruptAnswers = { list: InterruptList, interrupt: InterruptPage, gauge: BufferGauge | null, overflow: OverflowQuestion | null, ofSprint: InterruptsOfSprint, rate: InterruptRate, latest: InterruptHistory, splitTrend: SplitTrend, };

type InterruptCommand = { "report": ReportInterrupt } | { "rename": RenameInterrupt } | { "setSeverity": SetInterruptSeverity } | { "assign": AssignInterrupt } | { "setLane": SetInterruptLane } | { "estimate": EstimateInterrupt } | { "end": EndInterrupt } | { "reopen": ReopenInterrupt } | { "take": TakeInterrupts } | { "addHours": AddHours } | { "correctHours": CorrectHours } | { "startTimer": StartTimer } | { "stopTimer": StopTimer } | { "becomeItem": BecomeItem } | { "linkCause": LinkCause } | { "unlink": Unlink } | { "decideOverflow": DecideOverflow };

type InterruptHistory = { 
/**
 * How many there are.
 */
all: number, 
/**
 * From which place on they are shown.
 */
from: number, 
/**
 * They themselves.
 */
rows: Array<InterruptRow>, };

type InterruptId = string;

type InterruptLine = { 
/**
 * When it happened.
 */
at: Instant, 
/**
 * When it was written down, where that was at least a minute later.
 */
recordedAt: Instant | null, 
/**
 * What happened: “severity P3 → P2”.
 */
text: string, };

type InterruptList = { 
/**
 * The Sprint; none where none runs and none was asked for.
 */
sprint: SprintName | null, 
/**
 * Whether it is closed: then nothing can be changed here.
 */
closed: boolean, 
/**
 * Whether what interrupts did to it is known: not of a Sprint of which only totals are, though some of its
 * interrupts may be.
 */
known: boolean, 
/**
 * Today.
 */
today: Day, 
/**
 * Its interrupts.
 */
rows: Array<InterruptRow>, 
/**
 * Those that belong to no Sprint, or are open and belong to an earlier one; none for a closed Sprint.
 */
waiting: Array<InterruptRow>, 
/**
 * How its buffer stands.
 */
gauge: BufferGauge | null, 
/**
 * The members who are in the team now.
 */
members: Array<MemberName>, 
/**
 * The lanes on which an interrupt can draw.
 */
lanes: Array<LaneName>, 
/**
 * The severities, the gravest first.
 */
severities: Array<SeverityName>, };

type InterruptPage = { 
/**
 * What a list shows of it; the time is all that it took.
 */
row: InterruptRow, 
/**
 * Today.
 */
today: Day, 
/**
 * The time that was written down, latest day first.
 */
hours: Array<HoursRow>, 
/**
 * What happened to it, latest first.
 */
history: Array<InterruptLine>, 
/**
 * The members who are in the team now.
 */
members: Array<MemberName>, 
/**
 * The lanes on which it can draw.
 */
lanes: Array<LaneName>, 
/**
 * The severities, the gravest first.
 */
severities: Array<SeverityName>, 
/**
 * Whether the running Sprint could take it.
 */
canBeTaken: boolean, 
/**
 * The incidents whose hours it counts.
 */
incidents: Array<LinkedIncident>, };

type InterruptQuery = { "list": InterruptsQuestion } | { "interrupt": InterruptQuestion } | { "gauge": InterruptsQuestion } | { "overflow": InterruptsQuestion } | { "ofSprint": InterruptsQuestion } | { "rate": Nothing } | { "latest": LatestInterrupts } | { "splitTrend": Nothing };

type InterruptQuestion = { 
/**
 * The interrupt.
 */
interrupt: InterruptId, };

type InterruptRate = { 
/**
 * How many interrupts there are, whatever Sprint they belong to.
 */
all: number, 
/**
 * The rate, or why it is not known.
 */
rate: InterruptsAWeek, 
/**
 * The same in words: “3.2 interrupts a week, 85 % of weeks ≤ 6”.
 */
said: string, 
/**
 * From which weeks, and what else there is to say of them.
 */
method: string, 
/**
 * What the interrupts of a week may take, in words; none where too few of them know their time.
 */
loadSaid: string | null, 
/**
 * What files of interrupts say and what they do not, a sentence for each source.
 */
sources: Array<string>, };

type InterruptRow = { 
/**
 * Its identity.
 */
id: InterruptId, 
/**
 * Its label.
 */
label: string, 
/**
 * Its title.
 */
title: string, 
/**
 * How grave it is.
 */
severity: IncidentSeverity, 
/**
 * What the team calls that.
 */
severityName: string, 
/**
 * Who owns it.
 */
owner: MemberId | null, 
/**
 * Their name.
 */
ownerName: string | null, 
/**
 * The lane on which it draws; none is the buffer.
 */
lane: LaneId | null, 
/**
 * The name of that lane; none is the buffer.
 */
laneName: string | null, 
/**
 * When it arrived.
 */
reportedAt: Instant | null, 
/**
 * Since when it is over.
 */
endedAt: Instant | null, 
/**
 * How long it took in this Sprint; in all, where it belongs to none.
 */
took: Minutes | null, 
/**
 * How long it is expected to take in all.
 */
estimate: Minutes | null, 
/**
 * The time in words: “2 h 15 min”, “4 h expected”, “not known”.
 */
timeSaid: string, 
/**
 * Since when work on it is timed.
 */
timerSince: Instant | null, 
/**
 * The items that belong to it.
 */
items: Array<LinkedItem>, 
/**
 * The Sprint to which it belongs, where that is not the one that is shown.
 */
sprint: SprintName | null, };

type InterruptsAWeek = { "known": WeeklyRate } | { "tooShort": { 
/**
 * How many are.
 */
weeks: number, 
/**
 * How many are needed.
 */
needed: number, } };

type InterruptsOfSprint = { 
/**
 * The interrupts.
 */
list: InterruptList, 
/**
 * What they pushed out, with the sentence for the review; none where no Sprint runs, or nothing is known.
 */
ledger: Displacement | null, 
/**
 * The planned, committed and actual split; none where there is no ledger.
 */
split: SprintSplit | null, };

type InterruptsQuestion = { 
/**
 * The Sprint; the running one if it is not given.
 */
sprint?: SprintId | null, 
/**
 * Which edition of a closed one, from 1; none is the latest.
 */
edition?: number | null, };

type InterruptsWeek = { 
/**
 * Its Monday.
 */
monday: Day, 
/**
 * How many interrupts came.
 */
count: number, };

type ItemChange = { 
/**
 * The item.
 */
item: ItemId, 
/**
 * Its label as it was.
 */
label: string, 
/**
 * Its title as it was.
 */
title: string, 
/**
 * How it stands otherwise, in words.
 */
said: string, };

type ItemComparison = { 
/**
 * The way of scoring in words.
 */
method: string, 
/**
 * Its formula in words.
 */
formula: string, 
/**
 * The one that stands above.
 */
above: ComparedItem, 
/**
 * The other one.
 */
below: ComparedItem, 
/**
 * What the scores say.
 */
comparison: Comparison, };

type ItemId = string;

type ItemLink = { 
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
title: string, 
/**
 * Its size.
 */
size: Size | null, 
/**
 * What its state means.
 */
category: Category, };

type ItemLive = { 
/**
 * Whether it is live.
 */
going: Going, 
/**
 * Since when that is so.
 */
since: Instant | null, 
/**
 * The deployment that brought it.
 */
deployment: DeploymentId | null, 
/**
 * The name of that: “checkout 2.4.0”.
 */
deploymentName: string, };

type ItemName = { 
/**
 * Its identity.
 */
id: ItemId, 
/**
 * Its label.
 */
label: string, };

type ItemOdds = { 
/**
 * The item.
 */
item: ItemId, 
/**
 * Its label.
 */
label: string, 
/**
 * Its title.
 */
title: string, 
/**
 * The chance.
 */
chance: Share, 
/**
 * In words: “likely (72 %)”.
 */
said: string, };

type ItemPage = { 
/**
 * What a list shows of it.
 */
row: BacklogRow, 
/**
 * Its state.
 */
state: StateId | null, 
/**
 * Who owns it.
 */
owner: MemberId | null, 
/**
 * Its description as it was written.
 */
description: string, 
/**
 * Its description, read.
 */
blocks: Array<Block>, 
/**
 * Its inputs of prioritisation and its scores.
 */
priority: ScoreCard, 
/**
 * Whether the Sprint in which it is selected is running.
 */
inRunningSprint: boolean, 
/**
 * The item of which it is a part.
 */
parent: ItemLink | null, 
/**
 * Its parts, in their order.
 */
parts: Array<ItemLink>, 
/**
 * The parts and the items of which it is a part, as a tree from the uppermost down; empty where it stands alone.
 */
tree: Array<TreeLine>, 
/**
 * What it needs.
 */
needs: Array<ItemLink>, 
/**
 * What needs it.
 */
neededBy: Array<ItemLink>, 
/**
 * Its labels.
 */
labels: Array<string>, 
/**
 * What is attached to it.
 */
attachments: Array<AttachedLink>, 
/**
 * What is known against selecting it, in words; empty where nothing is.
 */
unready: Array<string>, 
/**
 * The lines of the team's Definition of Ready.
 */
definitionOfReady: Array<string>, 
/**
 * The item into which it was merged.
 */
mergedInto: ItemLink | null, 
/**
 * The duplicates that were merged into it.
 */
tookIn: Array<ItemLink>, 
/**
 * The items of which somebody said that they are other work, however alike the titles are.
 */
notTheSame: Array<ItemLink>, 
/**
 * The interrupts that it was, and those that it caused.
 */
interrupts: Array<LinkedInterrupt>, 
/**
 * The incidents that it caused, and those with which it goes on.
 */
incidents: Array<LinkedIncident>, 
/**
 * Whether it is live, and by which deployment (12.3); none where no deployment contains it.
 */
live: ItemLive | null, 
/**
 * What happened to it, latest first.
 */
history: Array<HistoryLine>, };

type ItemQuestion = { 
/**
 * The item.
 */
item: ItemId, };

type ItemScore = { 
/**
 * The way of scoring in words.
 */
title: string, 
/**
 * How it is made.
 */
method: Method, 
/**
 * The score.
 */
score: Score | null, 
/**
 * Why there is none.
 */
missing: string | null, };

type JournalAnswers = { undoState: UndoState, history: JournalHistory, };

type JournalCommand = { "undo": After } | { "redo": After };

type JournalHistory = { 
/**
 * The operations.
 */
operations: Array<HistoryEntry>, 
/**
 * How many there are in all.
 */
total: number, };

type JournalQuery = { "undoState": Nothing } | { "history": HistoryWindow };

type KeepNote = { 
/**
 * What is said.
 */
text: string, 
/**
 * A note or a decision.
 */
kind?: DailyNoteKind, 
/**
 * Of whom.
 */
member?: MemberId | null, 
/**
 * Of which item.
 */
item?: ItemId | null, };

type KeptForecasts = { 
/**
 * The forecasts, the latest first.
 */
rows: Array<KeptRow>, 
/**
 * How those that are scored held.
 */
held: Held, };

type KeptRow = { 
/**
 * Its identity.
 */
id: RowId, 
/**
 * When it was made.
 */
madeAt: Instant, 
/**
 * The question.
 */
question: string, 
/**
 * The answer.
 */
answer: string, 
/**
 * What became of it, in words; none while that is open.
 */
outcome: string | null, 
/**
 * Whether it held at 85 %; none while that is open.
 */
held: boolean | null, 
/**
 * The Sprint with whose close it was scored.
 */
scoredBy: SprintName | null, };

type LabelItems = { 
/**
 * The items.
 */
items: Array<ItemId>, 
/**
 * The labels that they get.
 */
add?: Array<string>, 
/**
 * The labels that they lose.
 */
remove?: Array<string>, };

type LabelUse = { 
/**
 * The label.
 */
name: string, 
/**
 * How many items have it.
 */
items: number, };

type LabelsQuestion = { 
/**
 * What was typed; labels that have it somewhere are proposed.
 */
text?: string, };

type LaneBudget = { 
/**
 * The lane.
 */
lane: LaneId, 
/**
 * Its name.
 */
name: string, 
/**
 * Whether it is the buffer.
 */
isBuffer: boolean, 
/**
 * Its share of the capacity.
 */
share: Share, 
/**
 * Its points; none for the buffer, and where planned points are not known.
 */
points: Size | null, 
/**
 * Its minutes; none where the net hours are not known.
 */
minutes: Minutes | null, };

type LaneId = string;

type LaneLoad = { 
/**
 * The budget.
 */
budget: LaneBudget, 
/**
 * Selected items.
 */
items: number, 
/**
 * Those without a size.
 */
unsizedItems: number, 
/**
 * Their points.
 */
points: Size, 
/**
 * Their working time by hours per point, for the buffer where it is known.
 */
minutes: Minutes | null, 
/**
 * How full the lane is: 100 % is its budget; none where that is not known or nothing.
 */
fill: Share | null, 
/**
 * By how many points a planned lane is to be lowered.
 */
lowerBy: Size | null, 
/**
 * By how many minutes the buffer is to be lowered.
 */
lowerByMinutes: Minutes | null, };

type LaneName = { 
/**
 * Its identity.
 */
id: LaneId, 
/**
 * Its name.
 */
name: string, 
/**
 * Whether it is kept for unplanned work.
 */
isBuffer: boolean, };

type LaneResult = { 
/**
 * The lane; none is what was unsorted.
 */
lane: LaneId | null, 
/**
 * Its name as it was; empty for what was unsorted.
 */
name: string, 
/**
 * Whether it was the buffer.
 */
isBuffer: boolean, 
/**
 * Its share of the capacity; nothing for what was unsorted.
 */
share: Share, 
/**
 * Its terms at the close, in points.
 */
points: Terms, 
/**
 * Its terms at the close, in items.
 */
items: Terms, };

type LaneRow = { 
/**
 * Its identity.
 */
id: LaneId, 
/**
 * Its name.
 */
name: string, 
/**
 * Its usual share.
 */
share: Share, 
/**
 * The kinds of work that go there.
 */
kinds: Array<WorkKind>, 
/**
 * Whether it is the buffer.
 */
isBuffer: boolean, };

type LaneShare = { 
/**
 * The lane.
 */
lane: LaneId, 
/**
 * Its share in basis points.
 */
share: Share, };

type LateFact = { 
/**
 * The item.
 */
item: ItemId, 
/**
 * Its label.
 */
label: string, 
/**
 * What was so, when, and when it was written down.
 */
said: string, };

type LaterEvents = { 
/**
 * The first day for which they hold.
 */
validFrom: Day, 
/**
 * How long they take.
 */
events: ScrumEvents, };

type LaterWeek = { 
/**
 * The first day for which it holds.
 */
validFrom: Day, 
/**
 * Its days.
 */
week: WorkingWeek, };

type LatestInterrupts = { 
/**
 * From which place on.
 */
from: number, 
/**
 * How many at most; never more than 150.
 */
limit: number, };

type LearnedSprint = { 
/**
 * The Sprint.
 */
sprint: SprintName, 
/**
 * Completed points of the planned lanes.
 */
completed: Size, 
/**
 * Net person-days.
 */
personDays: PersonDays, 
/**
 * The share that the buffer had.
 */
bufferShare: Share, 
/**
 * The focus factor that it would give alone.
 */
factor: number, };

type LedgerLine = { 
/**
 * What drew.
 */
drawer: Drawer, 
/**
 * Its label.
 */
label: string, 
/**
 * Its title.
 */
title: string, 
/**
 * All that it drew.
 */
minutes: Minutes, 
/**
 * From the buffer.
 */
fromBuffer: Minutes, 
/**
 * Beyond it.
 */
beyond: Minutes, 
/**
 * What it pushed out, in order.
 */
pushed: Array<Pushed>, };

type LedgerQuestion = { 
/**
 * Of what.
 */
of: ObjectiveSubject, 
/**
 * Over which window.
 */
when?: ReliabilityQuestion, 
/**
 * Within the hours, and over the window, of an objective.
 */
objective?: ObjectiveId | null, };

type LeftOut = "done" | "cancelled" | "hasParts";

type LevelBoard = { 
/**
 * The level.
 */
id: RowId, 
/**
 * Its name.
 */
name: string, 
/**
 * Whether being on call here takes a part of a working day.
 */
takesHours: boolean, 
/**
 * Whether somebody should answer at all hours.
 */
allHours: boolean, 
/**
 * Who is on call when.
 */
shifts: Array<ShiftBar>, 
/**
 * The next handover: “Bo takes over from Ana on Mon 30 Nov 09:00”.
 */
next: string | null, 
/**
 * The times without anybody, from now on.
 */
gaps: Array<GapRow>, 
/**
 * How much of what should be covered is, from now on, in words; none where nothing says when somebody should answer.
 */
coverage: string | null, 
/**
 * What each person carried and will.
 */
loads: Array<LoadRow>, 
/**
 * Fairness of the last twelve weeks, in words.
 */
fairnessPast: string | null, 
/**
 * Fairness of the window from now on, in words.
 */
fairnessAhead: string | null, 
/**
 * Its rotations.
 */
rotations: Array<RotationCard>, 
/**
 * What was agreed besides and is not over.
 */
changes: Array<ChangeRow>, };

type LineQuestion = { 
/**
 * The line as far as it is written.
 */
line: string, };

type LinkCause = { 
/**
 * The interrupt.
 */
interrupt: InterruptId, 
/**
 * The item.
 */
item: ItemId, };

type LinkHow = "hours" | "causedBy" | "became";

type LinkIncident = { 
/**
 * The incident.
 */
incident: IncidentId, 
/**
 * The deployment.
 */
deployment: DeploymentId, };

type LinkIncidentItem = { 
/**
 * The incident.
 */
incident: IncidentId, 
/**
 * The item.
 */
item: ItemId, 
/**
 * How they belong together: it caused the incident, or goes on with it.
 */
how: LinkHow, };

type LinkInterrupt = { 
/**
 * The incident.
 */
incident: IncidentId, 
/**
 * The interrupt.
 */
interrupt: InterruptId, };

type LinkProposal = { 
/**
 * The incident.
 */
incident: SuspectIncident, 
/**
 * The deployment.
 */
deployment: DeploymentBrief, 
/**
 * How long before: “40 min before it began”.
 */
said: string, };

type LinkProposals = { 
/**
 * Those that wait for a person, the latest incident first.
 */
proposals: Array<LinkProposal>, 
/**
 * Incidents of which no deployment is known or proposed, the latest first.
 */
unlinked: Array<SuspectIncident>, 
/**
 * How many incidents are linked.
 */
linked: number, };

type LinkedIncident = { 
/**
 * Its identity.
 */
id: IncidentId, 
/**
 * Its label.
 */
label: string, 
/**
 * Its title.
 */
title: string, 
/**
 * Whether it still needs somebody.
 */
isOpen: boolean, 
/**
 * How the other belongs to it.
 */
how: LinkHow, };

type LinkedInterrupt = { 
/**
 * The interrupt.
 */
id: InterruptId, 
/**
 * Its label.
 */
label: string, 
/**
 * Its title.
 */
title: string, 
/**
 * What the team calls how grave it is.
 */
severityName: string, 
/**
 * Whether it is over.
 */
ended: boolean, 
/**
 * All the time that it took.
 */
took: Minutes, 
/**
 * How it belongs to the item.
 */
relation: Relation, };

type LinkedItem = { 
/**
 * The item.
 */
item: ItemId, 
/**
 * Its label.
 */
label: string, 
/**
 * Its title.
 */
title: string, 
/**
 * Its size.
 */
size: Size | null, 
/**
 * How it belongs to the interrupt.
 */
relation: Relation, };

type LiveCheckRow = { 
/**
 * Which check.
 */
name: CheckName, 
/**
 * What it asks, in words.
 */
title: string, 
/**
 * Whether it is asked.
 */
isAsked: boolean, 
/**
 * Whether an answer that is not known stops.
 */
stopsUnknown: boolean, 
/**
 * The least grave severity that stops.
 */
severity: IncidentSeverity, 
/**
 * More than this share of the budget has to be left.
 */
share: Share, 
/**
 * The state in which items are reviewed.
 */
state: StateId | null, };

type LoadRow = { 
/**
 * Who.
 */
member: MemberId, 
/**
 * Their name.
 */
name: string, 
/**
 * In the last twelve weeks.
 */
past: Carried, 
/**
 * In the window from now on.
 */
ahead: Carried, };

type LogRow = { 
/**
 * The service.
 */
service: ServiceId, 
/**
 * Its name.
 */
serviceName: string, 
/**
 * The log, by its name.
 */
source: string, 
/**
 * What it tells, in words.
 */
said: string, };

type MaintenanceRow = { 
/**
 * Which.
 */
id: RowId, 
/**
 * What is done; may be empty.
 */
title: string, 
/**
 * The services.
 */
services: Array<ServiceId>, 
/**
 * Their names.
 */
servicesSaid: string, 
/**
 * When it begins.
 */
from: Instant, 
/**
 * When it ends.
 */
to: Instant, 
/**
 * When it begins, by the team's clock.
 */
fromLocal: string, 
/**
 * When it ends, by the team's clock.
 */
toLocal: string, 
/**
 * How long it lasts.
 */
lasted: string, 
/**
 * When it was announced, by the team's clock; empty where it was not.
 */
announcedLocal: string, 
/**
 * Whether that was in time, so that it does not count.
 */
isAnnounced: boolean, };

type MakeIncidentItem = { 
/**
 * The incident.
 */
incident: IncidentId, 
/**
 * What sort of work it is.
 */
kind: WorkKind, 
/**
 * The item's title; the incident's if it is not given.
 */
title?: string | null, 
/**
 * How bad it is, for a bug; critical for a P1 if it is not given.
 */
severity?: Severity | null, 
/**
 * Its size.
 */
size?: Amount | null, };

type MakeInterrupt = { 
/**
 * The incident.
 */
incident: IncidentId, 
/**
 * How long it took so far.
 */
hours?: WrittenTime | null, 
/**
 * How long it is expected to take in all.
 */
estimate?: WrittenTime | null, };

type MarkAway = { 
/**
 * The days.
 */
days: Array<MemberDays>, 
/**
 * How much of each day in basis points: 10,000 the whole, 5,000 half; 0 is there.
 */
away: Share, };

type MarkOnCall = { 
/**
 * The days.
 */
days: Array<MemberDays>, 
/**
 * Whether they are.
 */
onCall: boolean, };

type Measure = { 
/**
 * What it comes to.
 */
said: string, 
/**
 * What that stands on: “median of 12 commits”.
 */
of: string, 
/**
 * What could not be measured; may be empty.
 */
leftOut: string, };

type MeasureDefinition = { 
/**
 * Its name.
 */
title: string, 
/**
 * What it is computed from.
 */
definition: string, };

type MeasuredShift = { 
/**
 * Whose.
 */
name: string, 
/**
 * Its working days: “23–27 November”.
 */
days: string, 
/**
 * What interrupts took: “6 h of 24 h, 25 %”.
 */
said: string, };

type MeasuresQuestion = { 
/**
 * Of a Sprint; of the last 30 days if it is not given.
 */
sprint?: SprintId | null, 
/**
 * Which edition of a closed one, from 1; none is the latest.
 */
edition?: number | null, };

type MeasuresRow = { 
/**
 * The service; none is all of them.
 */
service: ServiceName | null, 
/**
 * How many deployments reached production.
 */
deployments: number, 
/**
 * The measures, in the order of their definitions.
 */
measures: Array<Measure>, };

type MemberCapacity = { 
/**
 * Who.
 */
member: MemberId, 
/**
 * Their name.
 */
name: string, 
/**
 * Minutes before absences, on-call time and Scrum events; none where their hours are not set, as below.
 */
gross: Minutes | null, 
/**
 * Minutes of their absences.
 */
away: Minutes | null, 
/**
 * Minutes that being on call takes of the rest.
 */
call: Minutes | null, 
/**
 * Minutes that Scrum events take of the rest.
 */
events: Minutes | null, 
/**
 * Minutes after all of them.
 */
net: Minutes | null, 
/**
 * Net minutes of each day ÷ their minutes that day, summed (2.4); none where their hours are not set.
 */
personDays: PersonDays | null, 
/**
 * One for each working day of the team, in order.
 */
days: Array<MemberDay>, };

type MemberDay = { 
/**
 * The day.
 */
day: Day, 
/**
 * Whether they work on it.
 */
kind: DayKind, 
/**
 * How much of the day they are there: 50 % is half a day off.
 */
presence: Share, 
/**
 * Whether they are on call.
 */
onCall: boolean, 
/**
 * Minutes before absences, on-call time and Scrum events; none where they are not set, as below.
 */
gross: Minutes | null, 
/**
 * Minutes of absence.
 */
away: Minutes | null, 
/**
 * Minutes that being on call takes of the rest.
 */
call: Minutes | null, 
/**
 * Minutes that Scrum events take of the rest.
 */
events: Minutes | null, 
/**
 * Minutes after all of them.
 */
net: Minutes | null, };

type MemberDays = { 
/**
 * Who.
 */
member: MemberId, 
/**
 * The first day.
 */
firstDay: Day, 
/**
 * The last day, included.
 */
lastDay: Day, };

type MemberHoursSaid = { 
/**
 * The member.
 */
member: MemberId, 
/**
 * “54 h less 9.75 h of Scrum events”; none where their hours are not set.
 */
said: string | null, };

type MemberId = string;

type MemberMovedSaid = { 
/**
 * Who.
 */
member: MemberId, 
/**
 * Their name.
 */
name: string, 
/**
 * By how much; none where hours were or are not set.
 */
by: Minutes | null, 
/**
 * The same with the reasons: “Ana −12 h: away Wednesday 2 – Thursday 3 December”.
 */
said: string, };

type MemberName = { 
/**
 * Their identity.
 */
id: MemberId, 
/**
 * Their name.
 */
name: string, };

type MemberRow = { 
/**
 * Their identity.
 */
id: MemberId, 
/**
 * Their name.
 */
name: string, 
/**
 * Minutes on a working day, today; none is not set.
 */
aDay: Minutes | null, 
/**
 * Their days of the week today; none is the team's whole week.
 */
week: WorkingWeek | null, 
/**
 * Their first day.
 */
from: Day, 
/**
 * Their last one.
 */
to: Day | null, 
/**
 * Whether they belong to the team today.
 */
here: boolean, 
/**
 * When other hours hold, in words: “8 h from 4 January”.
 */
later: string | null, };

type MergeIncident = { 
/**
 * The duplicate.
 */
incident: IncidentId, 
/**
 * The one that stays.
 */
into: IncidentId, };

type MergeItems = { 
/**
 * The item that stays.
 */
into: ItemId, 
/**
 * Its duplicates.
 */
items: Array<ItemId>, 
/**
 * Whether they may leave the scope of the running Sprint.
 */
leavesScope?: boolean, };

type Method = "wsjf" | "rice" | "valueEffort" | "severity" | "criteria" | "interest";

type MethodChoice = { 
/**
 * The method.
 */
method: Method, 
/**
 * In words.
 */
title: string, 
/**
 * Its formula in words.
 */
formula: string, };

type MethodFigure = { 
/**
 * Its name: “Partial as full”.
 */
name: string, 
/**
 * How it counts.
 */
how: string, 
/**
 * The figure; none where nothing counts.
 */
percent: string | null, 
/**
 * What was bad: a time, or a number.
 */
bad: string, 
/**
 * Of what.
 */
of: string, };

type Milestone = "began" | "detected" | "acknowledged" | "mitigated" | "resolved";

type MilestoneView = { 
/**
 * Which one.
 */
milestone: Milestone, 
/**
 * When it was reached; none where it was not.
 */
at: Instant | null, 
/**
 * The same in the team's local time, as a field for a date and a time has it: `2026-11-24T09:40`.
 */
local: string, 
/**
 * What was said first, where that was another moment.
 */
rawSaid: string | null, 
/**
 * Why it was corrected, and by whom.
 */
why: string | null, };

type Minutes = number;

type MoveCriterion = { 
/**
 * The criterion.
 */
criterion: CriterionId, 
/**
 * The one right above which it comes; none puts it last.
 */
before: CriterionId | null, };

type MoveState = { 
/**
 * The state.
 */
state: StateId, 
/**
 * So many places later; a negative number is earlier.
 */
places: number, };

type MoveToState = { 
/**
 * The items.
 */
items: Array<ItemId>, 
/**
 * The state.
 */
state: StateId, 
/**
 * Where an item goes that was finished before the running Sprint and is opened again.
 */
reopened?: ReopenedInto | null, 
/**
 * The day on which it was so, if not today.
 */
on?: Day | null, 
/**
 * The exact moment, where it is known; it goes before the day.
 */
at?: Instant | null, };

type NearTitle = { 
/**
 * The title that was asked for.
 */
title: string, 
/**
 * The item.
 */
item: ItemName, 
/**
 * The item's title.
 */
known: string, };

type NearTitlesQuestion = { 
/**
 * The titles.
 */
titles: Array<string>, };

type NeedItem = { 
/**
 * The items that wait.
 */
items: Array<ItemId>, 
/**
 * What they need.
 */
needed: ItemId, };

type NeedNoMore = { 
/**
 * The item.
 */
item: ItemId, 
/**
 * What it needed.
 */
needed: ItemId, };

type NoFocus = "noClosedSprint" | "noPersonDays" | "noPointsCompleted";

type NoPoints = { "noFocus": NoFocus } | "noHours";

type NotInHours = "noHours" | "nothingCompleted" | "fewSized" | "allInterrupted";

type Nothing = Record<string, never>;

type ObjectiveFigures = { 
/**
 * Which.
 */
id: ObjectiveId, 
/**
 * Of what it is promised.
 */
of: ObjectiveSubject, 
/**
 * The name of that.
 */
ofName: string, 
/**
 * Its name.
 */
name: string, 
/**
 * What is measured.
 */
sli: ObjectiveKind, 
/**
 * Whether it was agreed with others.
 */
isAgreement: boolean, 
/**
 * Its window, in words.
 */
window: string, 
/**
 * Its hours, in words; none is always.
 */
hours: string | null, 
/**
 * Its target; none where none held yet.
 */
target: string | null, 
/**
 * What was reached; none where nothing counts.
 */
percent: string | null, 
/**
 * The part of the budget that is left, negative once it is overspent; none where too little is known.
 */
remaining: number | null, 
/**
 * The same in words.
 */
remainingSaid: string | null, 
/**
 * How many times faster than even the budget burnt in the last 24 hours; none of a window that is past.
 */
burn: number | null, 
/**
 * The same in words.
 */
burnSaid: string | null, 
/**
 * The alert that fires.
 */
alert: string | null, 
/**
 * How it stands in a word.
 */
state: ObjectiveState, };

type ObjectiveId = string;

type ObjectiveKind = "time" | "requests";

type ObjectiveState = "kept" | "burning" | "spent" | "unknown" | "noTarget";

type ObjectiveSubject = { "service": ServiceId } | { "group": RowId };

type ObjectiveWindow = "rolling" | "month" | "sprint";

type OnCallAnswers = { now: Array<OnCallNow>, board: OnCallBoard, handover: HandoverPage | null, rota: Rota, factor: OnCallFactorView, ofSprint: OnCallOfSprint | null, shiftFile: ShiftFile, calendarFile: CalendarFile, };

type OnCallBoard = { 
/**
 * The first day, a Monday.
 */
firstDay: Day, 
/**
 * The last day, a Sunday.
 */
lastDay: Day, 
/**
 * How many weeks it shows.
 */
weeks: number, 
/**
 * The first day of the window before.
 */
earlier: Day, 
/**
 * The first day of the window after.
 */
later: Day, 
/**
 * Today.
 */
today: Day, 
/**
 * The team's zone, in which times are told.
 */
zone: Zone, 
/**
 * Where now lies in the window; none outside.
 */
nowAt: number | null, 
/**
 * Its days.
 */
days: Array<OnCallDay>, 
/**
 * The levels, in the order in which they are called.
 */
levels: Array<LevelBoard>, 
/**
 * Who is on call now.
 */
now: Array<OnCallNow>, 
/**
 * Everybody who belongs to the team in the window, with their times.
 */
people: Array<PersonRow>, 
/**
 * What to look at, in order of time.
 */
warnings: Array<OnCallWarning>, 
/**
 * The measured part of a day that being on call takes, where six shifts are known.
 */
members: Array<MemberName>, };

type OnCallBoardQuestion = { 
/**
 * A day of the first week; this week's if it is not given.
 */
day?: Day | null, 
/**
 * How many weeks, from 1 to 26; four if it is not given.
 */
weeks?: number | null, };

type OnCallCommand = { "saveRotation": SaveRotation } | { "endRotation": EndRotation } | { "changeLevel": ChangeLevel } | { "removeLevel": RemoveLevel } | { "takeOver": TakeOver } | { "swapTurns": SwapTurns } | { "standIn": StandIn } | { "removeChange": RemoveChange } | { "applyRota": ApplyRota } | { "importShifts": ImportShifts } | { "writeHandoverNote": WriteHandoverNote };

type OnCallDay = { 
/**
 * The day.
 */
day: Day, 
/**
 * Where it begins in the window.
 */
at: number, 
/**
 * Whether it is a Saturday or a Sunday.
 */
weekend: boolean, 
/**
 * The name of the holiday that it is.
 */
holiday: string | null, };

type OnCallFactorView = { 
/**
 * The part that holds today.
 */
holds: Share, 
/**
 * How many past shifts with working days are known.
 */
known: number, 
/**
 * How many are needed.
 */
needed: number, 
/**
 * The part that was measured; none with too few shifts.
 */
measured: Share | null, 
/**
 * How it was measured, in a sentence, or what is missing.
 */
said: string, 
/**
 * The shifts it is measured from, in order of time.
 */
shifts: Array<MeasuredShift>, };

type OnCallLevelOfSprint = { 
/**
 * Its name.
 */
name: string, 
/**
 * How much of what should be covered was, in words; none where nothing says when somebody should answer.
 */
coverage: string | null, 
/**
 * Fairness, in words; none where nobody was on call.
 */
fairness: string | null, 
/**
 * What each carried.
 */
loads: Array<SprintLoad>, };

type OnCallNow = { 
/**
 * The level.
 */
level: RowId, 
/**
 * Its name: “Primary”.
 */
levelName: string, 
/**
 * Who.
 */
member: MemberId, 
/**
 * Their name.
 */
name: string, 
/**
 * Since when.
 */
from: Instant, 
/**
 * Until when.
 */
to: Instant, 
/**
 * The whole shift in words: “Mon 23 Nov 09:00 – Mon 30 Nov 09:00”.
 */
said: string, };

type OnCallNowQuestion = { 
/**
 * When; now if it is not given.
 */
at?: Instant | null, 
/**
 * When, in the team's zone, as people write it: `2026-11-30 09:00`; it goes before the moment.
 */
written?: string, };

type OnCallOfSprint = { 
/**
 * The Sprint.
 */
sprint: SprintName, 
/**
 * The levels, in the order in which they are called.
 */
levels: Array<OnCallLevelOfSprint>, };

type OnCallQuery = { "now": OnCallNowQuestion } | { "board": OnCallBoardQuestion } | { "handover": HandoverQuestion } | { "rota": RotaQuestion } | { "factor": Nothing } | { "ofSprint": OnCallSprintQuestion } | { "shiftFile": ShiftFileQuestion } | { "calendarFile": CalendarFileQuestion };

type OnCallSprintQuestion = { 
/**
 * The Sprint; the running one if it is not given.
 */
sprint?: SprintId | null, 
/**
 * Which edition of a closed one, from 1; none is the latest.
 */
edition?: number | null, };

type OnCallWarning = { 
/**
 * The level.
 */
level: RowId, 
/**
 * In words: “Ana is on call (Primary) and away, Wed 2 Dec 00:00 – Fri 4 Dec 00:00”.
 */
said: string, 
/**
 * Who is away; none for a gap.
 */
leaves: MemberId | null, 
/**
 * From when on.
 */
from: Instant, 
/**
 * Up to when.
 */
to: Instant, 
/**
 * Who could stand in, who carries least first.
 */
standIns: Array<MemberName>, };

type OpenEnd = { 
/**
 * By what the page knows it.
 */
key: string, 
/**
 * Its title.
 */
title: string, 
/**
 * When it began, in the team's zone.
 */
from: string, };

type OrderPlace = "top" | "bottom" | "up" | "down" | { "before": ItemId } | { "after": ItemId } | { "place": number };

type OrderPreview = { 
/**
 * How many items would be ordered.
 */
items: number, 
/**
 * How many of them have a score.
 */
scored: number, 
/**
 * How many would move.
 */
moving: number, 
/**
 * The first of those that would move, by their new places.
 */
moves: Array<PreviewedMove>, 
/**
 * How many have no score and keep their order after the others.
 */
withoutScore: number, 
/**
 * The first of those, with the reason.
 */
unscored: Array<Unscored>, };

type Origin = "interrupt" | "pulledIn" | "scopeCreep" | "discovered" | "reopened";

type OutageClass = "degraded" | "partial" | "full";

type OutageId = string;

type OutageRow = { 
/**
 * Which.
 */
id: OutageId, 
/**
 * The service.
 */
service: ServiceId, 
/**
 * Its name.
 */
serviceName: string, 
/**
 * How bad it was.
 */
class: OutageClass, 
/**
 * When it began.
 */
from: Instant, 
/**
 * When it ended; none while it lasts.
 */
to: Instant | null, 
/**
 * When it began, by the team's clock: `2026-11-24 09:40`.
 */
fromLocal: string, 
/**
 * When it ended, by the team's clock; empty while it lasts.
 */
toLocal: string, 
/**
 * How long it lasted, or lasts so far.
 */
lasted: string, 
/**
 * What it was; may be empty.
 */
title: string, 
/**
 * The incident to which it belongs.
 */
incident: IncidentId | null, 
/**
 * Where it was read; empty where a person wrote it down.
 */
source: string, };

type Outcome = { 
/**
 * The title of the operation: “Set capacity split”.
 */
title: string, 
/**
 * The number of the operation in the journal; none where nothing was to be changed, so that there is nothing to
 * undo.
 */
operation: number | null, 
/**
 * The identities of things that it made, in order.
 */
created: Array<string>, 
/**
 * What else people should know, in a sentence.
 */
note: string | null, };

type OutsideName = { 
/**
 * The tracker.
 */
source: string, 
/**
 * The key.
 */
key: string, };

type OverflowAsk = { 
/**
 * By how much the buffer overflows.
 */
over: Minutes, 
/**
 * The part of that which no decision covers.
 */
left: Minutes, 
/**
 * The question, in words.
 */
said: string, };

type OverflowChoice = "swapOut" | "acceptSlip" | "reduceScope" | "cancelSprint";

type OverflowQuestion = { 
/**
 * The Sprint.
 */
sprint: SprintName, 
/**
 * By how much the buffer overflows; nothing where it does not.
 */
over: Minutes, 
/**
 * What waits for a decision; none where nothing does.
 */
asks: OverflowAsk | null, 
/**
 * Unfinished items of the planned lanes, the lowest in the order of the Product Backlog first.
 */
candidates: Array<GivesWay>, 
/**
 * How their hours are known, or why they are not.
 */
hoursSaid: string, };

type OwnerLoad = { 
/**
 * Who.
 */
member: MemberId, 
/**
 * Items they own.
 */
items: number, 
/**
 * Their points, outside the buffer.
 */
points: Size, 
/**
 * Their part of the planned points by their person-days; none where either is not known.
 */
budget: Size | null, 
/**
 * By how many points it is to be lowered.
 */
lowerBy: Size | null, };

type Pair = { 
/**
 * How many items.
 */
count: number, 
/**
 * How many of them had no size at the end.
 */
unsizedItems: number, 
/**
 * Their sizes when they were committed or added.
 */
initial: Size, 
/**
 * Their last sizes in the Sprint.
 */
final: Size, };

type ParentChoice = { 
/**
 * The item.
 */
item: ItemId, 
/**
 * Its label and title.
 */
name: string, 
/**
 * How many open parts it has.
 */
parts: number, };

type PartOfSplit = { 
/**
 * Its title.
 */
title: string, 
/**
 * Its size.
 */
size?: Amount | null, 
/**
 * Whether it is selected into the Sprint of the item that is split.
 */
inSprint?: boolean, };

type PastDailies = { 
/**
 * They.
 */
dailies: Array<PastDaily>, };

type PastDailiesQuestion = { 
/**
 * How many at most; 100 are the most.
 */
limit: number, };

type PastDaily = { 
/**
 * Its identity.
 */
id: DailyId, 
/**
 * Its day.
 */
day: Day, 
/**
 * The Sprint that ran.
 */
sprint: SprintName | null, 
/**
 * When it began.
 */
heldAt: Instant, 
/**
 * When it was ended.
 */
endedAt: Instant | null, 
/**
 * What was said.
 */
notes: Array<DailyNoteLine>, };

type PastTotals = { 
/**
 * Committed at its start, if known.
 */
committed: Size | null, 
/**
 * Completed at its close.
 */
completed: Size, 
/**
 * Net person-days, if known.
 */
personDays: PersonDays | null, 
/**
 * The share of the capacity that was kept for unplanned work.
 */
bufferShare: Share, 
/**
 * Working days from its first to its last day, as the calendar was when it was recorded.
 */
workingDays: number, };

type PersonChoice = { 
/**
 * The name as the file has it.
 */
written: string, 
/**
 * The member.
 */
member?: MemberId | null, 
/**
 * Whether they are added to the team, for the days on which they were on call.
 */
add?: boolean, };

type PersonDays = number;

type PersonFound = { 
/**
 * The name as the file has it.
 */
written: string, 
/**
 * How many shifts they have.
 */
shifts: number, 
/**
 * The member who is meant; none where nobody is.
 */
member: MemberId | null, 
/**
 * Whether they would be added to the team.
 */
add: boolean, 
/**
 * From when to when, in words.
 */
said: string, };

type PersonRow = { 
/**
 * Who.
 */
member: MemberId, 
/**
 * Their name.
 */
name: string, 
/**
 * Their times on call, all levels.
 */
shifts: Array<ShiftBar>, 
/**
 * Their absences.
 */
away: Array<AwayBar>, };

type Phase = "planned" | "active" | "overdue" | "closed";

type PicturedItem = { 
/**
 * The item.
 */
item: ItemId, 
/**
 * Its label.
 */
label: string, 
/**
 * Its title.
 */
title: string, 
/**
 * Its kind; none is unsorted.
 */
kind: WorkKind | null, 
/**
 * Its severity, for a bug.
 */
severity: Severity | null, 
/**
 * Its place among the open items, from 1.
 */
place: number, 
/**
 * Its value.
 */
value: Rating, 
/**
 * Its effort, or its size, in hundredths.
 */
effort: number, 
/**
 * Whether the size stands for the effort.
 */
bySize: boolean, 
/**
 * Where it stands.
 */
spot: Spot, };

type PieceRow = { 
/**
 * The service.
 */
serviceName: string, 
/**
 * When it begins.
 */
from: Instant, 
/**
 * When it ends.
 */
to: Instant, 
/**
 * When it begins, by the team's clock.
 */
fromLocal: string, 
/**
 * When it ends, by the team's clock.
 */
toLocal: string, 
/**
 * How long it is.
 */
lasted: string, 
/**
 * What it counts as.
 */
state: ServiceState, 
/**
 * The bad time of it, weighted; none where it does not count.
 */
bad: string | null, 
/**
 * Why.
 */
because: Array<Because>, };

type PlaceChange = { 
/**
 * The item.
 */
item: ItemId, 
/**
 * Its place before, from 1.
 */
from: number, 
/**
 * Its place after.
 */
to: number, };

type PlaceItem = { 
/**
 * The item.
 */
item: ItemId, 
/**
 * Its value; none leaves it as it is.
 */
value?: Amount | null, 
/**
 * Its effort; none leaves it as it is.
 */
effort?: Amount | null, };

type Plan = { 
/**
 * The Sprint.
 */
sprint: SprintLine, 
/**
 * The Sprint Goal; may be empty.
 */
goal: string, 
/**
 * The members with their days and hours.
 */
capacity: TeamCapacity, 
/**
 * What the hours of each member are made of, in the order of the members.
 */
members: Array<MemberHoursSaid>, 
/**
 * The same of the whole team: “204.3 h: 249 h less 44.75 h of Scrum events”; none where nobody's hours are set.
 */
hoursSaid: string | null, 
/**
 * The sum over members whose hours are set.
 */
total: TeamTotal | null, 
/**
 * Those whose hours nobody has set.
 */
unanswered: Array<string>, 
/**
 * The focus factor, or why there is none.
 */
focus: Focus, 
/**
 * The points of the planned lanes.
 */
planned: PlannedPoints, 
/**
 * The points of the planned lanes in words: “36 points”, “no points yet”.
 */
pointsSaid: string, 
/**
 * How those points came about, or why there are none.
 */
method: string, 
/**
 * The closed Sprints from which the focus factor is learned, in order (2.4).
 */
learned: Array<LearnedSprint>, 
/**
 * The lanes with budget and load.
 */
lanes: Array<PlanLane>, 
/**
 * The slack in words: “Free: 6.8 points in New features, 2.4 in Production.”; none where no budget is known.
 */
roomSaid: string | null, 
/**
 * Whether the Sprint has shares of its own.
 */
ownSplit: boolean, 
/**
 * The team's usual shares.
 */
usual: Array<LaneShare>, 
/**
 * The load in all.
 */
load: PlanLoad, 
/**
 * Selected items, those that have parts included: rows above the line (1.1).
 */
selected: number, 
/**
 * What is selected, in a sentence; and what would still fit.
 */
selectedSaid: string, 
/**
 * The whole load in hours against the net hours, or why it is not shown (1.3).
 */
totalSaid: string, 
/**
 * Items that could still be selected and have a size.
 */
ready: number, 
/**
 * Those that could be selected and have none: they are not ready.
 */
readyUnsized: number, };

type PlanBoard = { 
/**
 * The Sprint that is planned; none while no future Sprint is.
 */
plan: Plan | null, 
/**
 * All future Sprints, in order.
 */
sprints: Array<SprintLine>, 
/**
 * The running one.
 */
running: SprintLine | null, 
/**
 * How the buffer of the running one stands.
 */
runningBuffer: BufferGauge | null, 
/**
 * The Sprint after those, proposed.
 */
proposal: SprintProposal, 
/**
 * Whether there is any item in the Product Backlog that could be selected.
 */
hasItems: boolean, };

type PlanBoardQuestion = { 
/**
 * The Sprint; the next planned one if it is not given.
 */
sprint?: SprintId | null, };

type PlanItems = { 
/**
 * The rows of the window.
 */
rows: Array<PlanRow>, 
/**
 * How many are selected; they come first.
 */
selected: number, 
/**
 * All rows.
 */
total: number, };

type PlanItemsQuestion = { 
/**
 * The Sprint; the next planned one if it is not given.
 */
sprint?: SprintId | null, 
/**
 * How many rows to leave out.
 */
from: number, 
/**
 * How many rows at most.
 */
limit: number, };

type PlanLane = { 
/**
 * Its budget and load.
 */
load: LaneLoad, 
/**
 * What its colour says.
 */
tone: Tone, 
/**
 * How it stands, in words: “11 of 10.8 points · lower by 0.2”.
 */
said: string, };

type PlanLoad = { 
/**
 * One for each lane, in the team's order.
 */
lanes: Array<LaneLoad>, 
/**
 * The row of items that are in no lane; none where there is no such item.
 */
unsorted: Unsorted | null, 
/**
 * All selected items.
 */
items: number, 
/**
 * Those without a size.
 */
unsizedItems: number, 
/**
 * Points selected outside the buffer, unsorted items included.
 */
points: Size, 
/**
 * By how much those points lie over the planned points.
 */
over: Size | null, 
/**
 * Points of items with an owner, in the order of the members given.
 */
owners: Array<OwnerLoad>, };

type PlanOdds = { 
/**
 * The Sprint.
 */
sprint: SprintName, 
/**
 * The share of the trials in which all of it is done; none where that cannot be said, and while nothing is selected.
 */
chance: Share | null, 
/**
 * In words: “It is likely (72 %) that all 14 items are done.” Or why that cannot be said.
 */
said: string, 
/**
 * What else is to be said: how far the plan is very likely done, whether the buffer is enough; or what to do.
 */
more: Array<string>, 
/**
 * For each item of the plan, the share of the trials in which it is done with all before it.
 */
items: Array<PlannedOdds>, };

type PlanOddsQuestion = { 
/**
 * The Sprint; where none is given, or it is over, the next planned one, else the running one.
 */
sprint?: SprintId | null, 
/**
 * What is counted; none is what fits.
 */
unit?: Unit | null, };

type PlanRow = { 
/**
 * The item.
 */
item: ItemId, 
/**
 * Its label.
 */
label: string, 
/**
 * Its title.
 */
title: string, 
/**
 * Its kind; none is unsorted.
 */
kind: WorkKind | null, 
/**
 * Its severity.
 */
severity: Severity | null, 
/**
 * Its size; none is unsized.
 */
size: Size | null, 
/**
 * The name of its lane; none is unsorted.
 */
lane: string | null, 
/**
 * What its colour says; none is unsorted.
 */
tone: Tone | null, 
/**
 * Whether it is selected.
 */
selected: boolean, 
/**
 * Whether it got parts after it was selected: they count in its place (1.1).
 */
hasParts: boolean, 
/**
 * How many Sprints closed without it being done.
 */
carried: number, 
/**
 * What stands in its way.
 */
blocked: string | null, 
/**
 * For what it waits, what is wrong first.
 */
waits: Array<WaitsFor>, 
/**
 * Whether it is ready to be selected; none where nobody said so.
 */
ready: boolean | null, 
/**
 * Why it is not ready.
 */
notReady: string | null, };

type PlanSprint = { 
/**
 * Its name.
 */
name?: string, 
/**
 * Its first day, `YYYY-MM-DD`.
 */
firstDay?: string, 
/**
 * Its last day.
 */
lastDay?: string, 
/**
 * The Sprint Goal.
 */
goal?: string, };

type PlannedOdds = { 
/**
 * The item.
 */
item: ItemId, 
/**
 * The chance.
 */
chance: Share, };

type PlannedPoints = { "computed": { 
/**
 * The points.
 */
points: Size, } } | { "own": { 
/**
 * The points.
 */
points: Size, 
/**
 * What the focus factor would give, where there is one.
 */
computed: Size | null, } } | { "unknown": { 
/**
 * Why.
 */
reason: NoPoints, } };

type Portion = { 
/**
 * Its part of the whole column; none where the column is empty.
 */
share: Share | null, 
/**
 * How much it is, in hundredths of the unit.
 */
amount: Size, };

type PreviewedMove = { 
/**
 * Its places before and after.
 */
change: PlaceChange, 
/**
 * Its label.
 */
label: string, 
/**
 * Its title.
 */
title: string, 
/**
 * Its score with the terms: `(8 + 5 + 3) ÷ 5 = 3.2`; none where it has none.
 */
formula: string | null, };

type PriorityAnswers = { overview: PriorityOverview, preview: OrderPreview, queue: ScoringQueue, card: ScoredItem, comparison: ItemComparison, picture: PriorityPicture, debtInterest: DebtInterestList, };

type PriorityCommand = { "setInput": SetInput } | { "place": PlaceItem } | { "orderByScore": ScoreOrder } | { "setWeights": SetWeights } | { "setMethod": SetMethod } | { "setLimit": SetLimit } | { "addCriterion": AddCriterion } | { "changeCriterion": ChangeCriterion } | { "moveCriterion": MoveCriterion } | { "removeCriterion": RemoveCriterion };

type PriorityOverview = { 
/**
 * How the team scores.
 */
rules: ScoringRules, 
/**
 * Open items that are worked on themselves: without parts.
 */
open: number, 
/**
 * How many of them have a score.
 */
scored: number, 
/**
 * How many wait for a rating.
 */
toRate: number, 
/**
 * How many have all their ratings and only lack a size or a severity.
 */
toSize: number, 
/**
 * To how many the method does not apply.
 */
apart: number, 
/**
 * How many have an input that is older than the limit.
 */
aged: number, 
/**
 * How many open items caused interrupts.
 */
withInterest: number, };

type PriorityPicture = { 
/**
 * What it shows, in a sentence.
 */
finding: string, 
/**
 * The steps of the value, from below.
 */
values: Axis, 
/**
 * The steps of the effort, from the left.
 */
efforts: Axis, 
/**
 * The quarters: of much value, little effort first; then of little value.
 */
quarters: Array<QuarterView>, 
/**
 * The items, by their places.
 */
items: Array<PicturedItem>, 
/**
 * How many items more would stand in it.
 */
beyond: number, 
/**
 * The first items without a value or an effort.
 */
unplaced: Array<UnplacedItem>, 
/**
 * How many of these there are.
 */
without: number, };

type PriorityQuery = { "overview": Nothing } | { "preview": ScoreOrder } | { "queue": QueueQuestion } | { "card": CardQuestion } | { "comparison": ComparisonQuestion } | { "picture": Nothing } | { "debtInterest": Nothing };

type Progress = { 
/**
 * Steps done.
 */
done: number, 
/**
 * Steps in all.
 */
of: number, };

type Pushed = { 
/**
 * The item.
 */
item: ItemId, 
/**
 * Its label.
 */
label: string, 
/**
 * How much of what went beyond is paired with it here.
 */
minutes: Minutes, };

type Quarter = "quickWin" | "bigBet" | "fillIn" | "thinkTwice";

type QuarterView = { 
/**
 * Which one.
 */
quarter: Quarter, 
/**
 * Its name.
 */
title: string, 
/**
 * How many of the shown items stand in it.
 */
items: number, };

type Query = { "journal": JournalQuery } | { "backlog": BacklogQuery } | { "priority": PriorityQuery } | { "sprint": SprintQuery } | { "flow": FlowQuery } | { "forecast": ForecastQuery } | { "capacity": CapacityQuery } | { "interrupt": InterruptQuery } | { "incident": IncidentQuery } | { "reliability": ReliabilityQuery } | { "onCall": OnCallQuery } | { "daily": DailyQuery } | { "delivery": DeliveryQuery } | { "exchange": ExchangeQuery } | { "team": TeamQuery };

type QueueQuestion = { 
/**
 * Only these; none means all open ones that wait for a rating or were rated too long ago.
 */
items: Array<ItemId> | null, };

type Rating = number;

type ReachMilestone = { 
/**
 * The incident.
 */
incident: IncidentId, 
/**
 * The milestone.
 */
milestone: Milestone, 
/**
 * When, if not now.
 */
at?: WrittenMoment | null, };

type ReadLine = { 
/**
 * How grave it is; P3 where the line does not say.
 */
severity: IncidentSeverity, 
/**
 * What the team calls that.
 */
severityName: string, 
/**
 * Whether the line says so.
 */
severityGiven: boolean, 
/**
 * The services that it names.
 */
services: Array<ServiceName>, 
/**
 * A word that stands where a service could, and is none of the team's.
 */
unknown: string | null, 
/**
 * What happens; may be empty while it is being written.
 */
title: string, 
/**
 * When it began, where the line says so.
 */
began: Instant | null, 
/**
 * Open incidents of the same services: perhaps it is reported already.
 */
known: Array<IncidentName>, };

type ReadyItems = { 
/**
 * The items.
 */
items: Array<ItemId>, };

type RecordPastSprint = { 
/**
 * Its name: “Sprint 38”.
 */
name: string, 
/**
 * Its first day, `YYYY-MM-DD`.
 */
firstDay: string, 
/**
 * Its last day.
 */
lastDay: string, 
/**
 * Committed at its start, if known.
 */
committed?: Amount | null, 
/**
 * Completed at its close.
 */
completed: Amount, 
/**
 * Net person-days, if known: a number of hundredths, or as it was written.
 */
personDays?: Amount | null, 
/**
 * The buffer's share of the capacity in percent, if known: in hundredths, or as it was written; else the usual one
 * of its first day.
 */
bufferShare?: Amount | null, };

type RejectLink = { 
/**
 * The incident.
 */
incident: IncidentId, 
/**
 * The deployment.
 */
deployment: DeploymentId, };

type Relation = "became" | "causedBy";

type ReliabilityAnswers = { services: Array<ServiceName>, overview: ReliabilityView, ledger: ReliabilityLedgerView, health: Array<ServiceHealth>, policy: BudgetPolicyView, };

type ReliabilityCommand = { "addService": AddService } | { "changeService": ChangeService } | { "removeService": RemoveService } | { "setGroup": SetGroup } | { "removeGroup": RemoveGroup } | { "addOutage": AddOutage } | { "changeOutage": ChangeOutage } | { "endOutage": EndOutage } | { "removeOutage": RemoveOutage } | { "setMaintenance": SetMaintenance } | { "removeMaintenance": RemoveMaintenance } | { "addUnknown": AddUnknown } | { "removeUnknown": RemoveUnknown } | { "countRequests": CountRequests } | { "removeChecks": RemoveChecks } | { "addObjective": AddObjective } | { "changeObjective": ChangeObjective } | { "removeObjective": RemoveObjective } | { "setRules": SetRules } | { "setPolicy": SetPolicy };

type ReliabilityDifference = { 
/**
 * Of what.
 */
title: string, 
/**
 * The field.
 */
field: string, 
/**
 * Its value here.
 */
here: string, 
/**
 * Its value in the file.
 */
there: string, 
/**
 * Whether the file's is taken.
 */
isTaken: boolean, };

type ReliabilityFigures = { 
/**
 * The beginning of the window.
 */
from: Instant, 
/**
 * Up to where it was past.
 */
until: Instant, 
/**
 * The end of the window.
 */
to: Instant, 
/**
 * The services, in the team's order.
 */
services: Array<UptimeFigures>, 
/**
 * The groups, by their names.
 */
groups: Array<UptimeFigures>, 
/**
 * The objectives.
 */
objectives: Array<ObjectiveFigures>, };

type ReliabilityFile = "checks" | "outages" | "objectives";

type ReliabilityFilesQuestion = { 
/**
 * The mapping; none to have one proposed.
 */
mapping: ReliabilityMapping | null, 
/**
 * The name of a single file, without its ending.
 */
name: string | null, };

type ReliabilityLedgerView = { 
/**
 * Of what.
 */
of: ObjectiveSubject, 
/**
 * Its name.
 */
name: string, 
/**
 * The window, in words.
 */
said: string, 
/**
 * The objective whose window it is.
 */
objective: ObjectiveFigures | null, 
/**
 * The figures.
 */
figures: UptimeFigures, 
/**
 * How long each state held.
 */
states: Array<StateTime>, 
/**
 * The facts that made time bad, the most first.
 */
facts: Array<FactRow>, 
/**
 * The pieces that are not simply up, the latest first.
 */
pieces: Array<PieceRow>, 
/**
 * How many more there are.
 */
more: number, 
/**
 * The services that it is made of; one for a service.
 */
services: Array<ServiceName>, 
/**
 * The outages to which facts and pieces lead.
 */
outages: Array<OutageRow>, };

type ReliabilityLook = { 
/**
 * What they tell of.
 */
file: ReliabilityFile, 
/**
 * Who wrote them, in a word or two.
 */
from: string, 
/**
 * Whether they have no lines but records.
 */
isJson: boolean, 
/**
 * The mapping: the given one, completed, or the proposed.
 */
mapping: ReliabilityMapping, 
/**
 * Up to three values of each column of a log.
 */
examples: Array<Array<string>>, 
/**
 * The services of the file, with the number of their rows, notices or objectives.
 */
services: Array<ImportName>, 
/**
 * The states of the file, with the number of their rows or notices.
 */
states: Array<ImportName>, 
/**
 * The services that the team has.
 */
knownServices: Array<string>, 
/**
 * The services that would be added.
 */
newServices: Array<string>, 
/**
 * The title that the operation would have.
 */
title: string, 
/**
 * How many services, outages, maintenances or objectives would be told anew.
 */
new: number, 
/**
 * How many would change.
 */
changed: number, 
/**
 * How many would stay as they are.
 */
unchanged: number, 
/**
 * What would be there, the first of it.
 */
first: Array<ReliabilityShown>, 
/**
 * How much that is.
 */
firstInAll: number, 
/**
 * Notices that are over and do not say since when.
 */
openEnds: Array<OpenEnd>, 
/**
 * What is other here than there.
 */
differences: Array<ReliabilityDifference>, 
/**
 * What would not be taken, the first of it.
 */
rows: Array<ReliabilityProblem>, 
/**
 * How much that is.
 */
rowsInAll: number, 
/**
 * What is left out on purpose, the first of it.
 */
leftOut: Array<ReliabilityProblem>, 
/**
 * How much that is.
 */
leftOutInAll: number, 
/**
 * What else is to be known, in sentences.
 */
notes: Array<string>, };

type ReliabilityMapping = { 
/**
 * Where it comes from: the log, or the page.
 */
source: string, 
/**
 * Whether `3/4/2025` is in April or in March.
 */
dates: DateOrder, 
/**
 * What each column of a log is, in its order.
 */
columns: Array<CheckColumn>, 
/**
 * How many seconds a check holds at most; none has it proposed.
 */
apart: number | null, 
/**
 * The services of the file, each with its name here; none leaves it out.
 */
services: Array<ValueTo<string>>, 
/**
 * The states of the file, each with what it stands for.
 */
states: Array<ValueTo<SeenAs>>, 
/**
 * Notices that do not say when they ended, each with what a person says.
 */
ends: Array<ValueTo<string>>, 
/**
 * Whether the file holds where something was changed both here and there.
 */
theirs: boolean, };

type ReliabilityProblem = { 
/**
 * The name of the file; empty of a single one.
 */
file: string, 
/**
 * Its line, or its record.
 */
line: number, 
/**
 * What stands there, shortened.
 */
value: string, 
/**
 * Why it is not taken.
 */
reason: string, };

type ReliabilityQuery = { "services": Nothing } | { "overview": ReliabilityQuestion } | { "ledger": LedgerQuestion } | { "health": Nothing } | { "policy": Nothing };

type ReliabilityQuestion = { 
/**
 * The Sprint; none is the running one, else the last closed, else the next planned.
 */
sprint?: SprintId | null, 
/**
 * The first day, `YYYY-MM-DD`, in place of a Sprint.
 */
firstDay?: string, 
/**
 * The last day; nothing is today.
 */
lastDay?: string, };

type ReliabilityShown = { 
/**
 * The service; several of maintenance, divided by commas.
 */
service: string, 
/**
 * What it is, in a line.
 */
title: string, 
/**
 * In words: how bad, how many checks, which target.
 */
what: string, 
/**
 * When it began, in the team's zone; empty of an objective.
 */
from: string, 
/**
 * When it ended; empty while it lasts.
 */
to: string, };

type ReliabilityView = { 
/**
 * The Sprint that is told of; none where days are.
 */
sprint: SprintName | null, 
/**
 * The Sprints of which can be told, the latest first.
 */
sprints: Array<SprintName>, 
/**
 * The window in words: “Sprint 43 so far: 16 November to now, 8 d 3 h”.
 */
said: string, 
/**
 * Whether the Sprint is closed: the figures are those that were sealed.
 */
isClosed: boolean, 
/**
 * The figures.
 */
figures: ReliabilityFigures, 
/**
 * What is known otherwise now than was sealed, in words.
 */
later: Array<string>, 
/**
 * Whether now lies in the window.
 */
runs: boolean, 
/**
 * How each service is now, the worst first.
 */
health: Array<ServiceHealth>, 
/**
 * The services, in the team's order.
 */
services: Array<ServiceRow>, 
/**
 * The groups.
 */
groups: Array<GroupRow>, 
/**
 * Outages of the window, the latest first.
 */
outages: Array<OutageRow>, 
/**
 * Maintenance of the window and to come, the latest first.
 */
maintenance: Array<MaintenanceRow>, 
/**
 * Times of which a person says that nothing is known.
 */
unknown: Array<UnknownRow>, 
/**
 * The logs of checks, each of a service.
 */
logs: Array<LogRow>, 
/**
 * How facts become figures.
 */
rules: RulesView, 
/**
 * What follows from a spent budget.
 */
policy: BudgetPolicyView, 
/**
 * Today.
 */
today: Day, 
/**
 * The zone of the team.
 */
zone: Zone, };

type RemoveAbsence = { 
/**
 * The absence.
 */
id: RowId, };

type RemoveChange = { 
/**
 * The agreement.
 */
id: RowId, };

type RemoveChecks = { 
/**
 * The service.
 */
service: ServiceId, 
/**
 * The log, by its name.
 */
source: string, };

type RemoveCriterion = { 
/**
 * The criterion.
 */
criterion: CriterionId, };

type RemoveDeployment = { 
/**
 * Which one.
 */
deployment: DeploymentId, };

type RemoveFreeze = { 
/**
 * The freeze.
 */
freeze: RowId, };

type RemoveGroup = { 
/**
 * The group.
 */
group: RowId, };

type RemoveHoliday = { 
/**
 * The holiday.
 */
holiday: RowId, };

type RemoveIncidentNote = { 
/**
 * The note.
 */
id: RowId, };

type RemoveItems = { 
/**
 * The items.
 */
items: Array<ItemId>, };

type RemoveLane = { 
/**
 * The lane, without kinds and without a share.
 */
lane: LaneId, };

type RemoveLevel = { 
/**
 * The level.
 */
id: RowId, };

type RemoveMaintenance = { 
/**
 * The maintenance.
 */
maintenance: RowId, };

type RemoveMember = { 
/**
 * The member.
 */
id: MemberId, };

type RemoveNote = { 
/**
 * Which.
 */
note: RowId, };

type RemoveObjective = { 
/**
 * The objective.
 */
objective: ObjectiveId, };

type RemoveOutage = { 
/**
 * The outage.
 */
outage: OutageId, };

type RemovePolicy = { 
/**
 * The policy.
 */
policy: RowId, };

type RemoveService = { 
/**
 * The service.
 */
service: ServiceId, };

type RemoveSprint = { 
/**
 * The Sprint.
 */
sprint: SprintId, };

type RemoveState = { 
/**
 * The state, in which no item is or was.
 */
state: StateId, };

type RemoveUnknown = { 
/**
 * The time.
 */
unknown: RowId, };

type Rename = { 
/**
 * The new name.
 */
name: string, };

type RenameIncident = { 
/**
 * The incident.
 */
incident: IncidentId, 
/**
 * The title.
 */
title: string, };

type RenameInterrupt = { 
/**
 * The interrupt.
 */
interrupt: InterruptId, 
/**
 * The title.
 */
title: string, };

type RenameItem = { 
/**
 * The item.
 */
item: ItemId, 
/**
 * Its new title.
 */
title: string, };

type RenameLane = { 
/**
 * The lane.
 */
lane: LaneId, 
/**
 * Its new name.
 */
name: string, };

type RenamePolicy = { 
/**
 * The policy.
 */
policy: RowId, 
/**
 * The new name.
 */
name: string, };

type RenameSeverity = { 
/**
 * The severity.
 */
severity: IncidentSeverity, 
/**
 * Its new name; empty to call it by its rank again.
 */
name: string, };

type RenameState = { 
/**
 * The state.
 */
state: StateId, 
/**
 * Its new name.
 */
name: string, };

type ReopenIncident = { 
/**
 * The incident.
 */
incident: IncidentId, 
/**
 * When it began again, if not now.
 */
at?: WrittenMoment | null, };

type ReopenInterrupt = { 
/**
 * The interrupt.
 */
interrupt: InterruptId, };

type ReopenedInto = "runningSprint" | "productBacklog";

type ReorderItems = { 
/**
 * The items.
 */
items: Array<ItemId>, 
/**
 * Where they go.
 */
to: OrderPlace, };

type Repair = "rollback" | "hotfix";

type ReportIncident = { 
/**
 * What happens, in a line that may say severity, services and since when.
 */
line: string, 
/**
 * How grave it is, whatever the line says; P3 where nobody says.
 */
severity?: IncidentSeverity | null, 
/**
 * Services that it affects besides those of the line.
 */
services?: Array<ServiceId>, 
/**
 * Who takes it on.
 */
owner?: MemberId | null, 
/**
 * When it was noticed, if not now.
 */
at?: WrittenMoment | null, 
/**
 * When users were first affected, whatever the line says.
 */
began?: WrittenMoment | null, };

type ReportInterrupt = { 
/**
 * What happened, in a line.
 */
title: string, 
/**
 * How grave it is; P3 where nobody says.
 */
severity?: IncidentSeverity | null, 
/**
 * Who takes it on.
 */
owner?: MemberId | null, 
/**
 * The lane on which it draws; none is the buffer.
 */
lane?: LaneId | null, 
/**
 * How long it took so far.
 */
hours?: WrittenTime | null, 
/**
 * How long it is expected to take.
 */
estimate?: WrittenTime | null, 
/**
 * The day on which it arrived, if not today.
 */
on?: Day | null, 
/**
 * The exact moment, where it is known.
 */
at?: Instant | null, };

type ReportItem = { 
/**
 * The item.
 */
item: ItemId, 
/**
 * Its label.
 */
label: string, 
/**
 * Its title as it was.
 */
title: string, 
/**
 * Its kind; none is unsorted.
 */
kind: WorkKind | null, 
/**
 * Its severity.
 */
severity: Severity | null, 
/**
 * The lane of its selection; none is unsorted.
 */
lane: LaneId | null, 
/**
 * Its size when it was committed or added.
 */
initial: Size | null, 
/**
 * Its last size in the Sprint.
 */
final: Size | null, 
/**
 * Why it was added after the start; none where it was committed and stayed.
 */
origin: Origin | null, 
/**
 * Where it stood at the close.
 */
standing: Standing, 
/**
 * When it was done.
 */
doneAt: Instant | null, 
/**
 * What was decided about it at the close.
 */
decision: Decision<Size> | null, };

type ReportQuestion = { 
/**
 * The Sprint.
 */
sprint: SprintId, 
/**
 * Which edition, from 1; none is the latest.
 */
edition?: number | null, };

type ReturnItems = { 
/**
 * The items.
 */
items: Array<ItemId>, 
/**
 * The day on which it was so, if not today.
 */
on?: Day | null, 
/**
 * The exact moment, where it is known; it goes before the day.
 */
at?: Instant | null, };

type ReviewState = { 
/**
 * The state.
 */
id: StateId, 
/**
 * Its name.
 */
name: string, };

type RoleRow = { 
/**
 * The role.
 */
role: string, 
/**
 * Who.
 */
member: MemberId, 
/**
 * Their name.
 */
name: string, };

type Rota = { 
/**
 * The rotation.
 */
rotation: RotationId, 
/**
 * Its name.
 */
name: string, 
/**
 * The turns, in order of time.
 */
turns: Array<RotaTurn>, 
/**
 * Who can take turns.
 */
people: Array<MemberName>, 
/**
 * How fair it is, in words: “fairness 0.62 as it is, 0.91 with this rota (last 12 weeks and these turns)”.
 */
said: string, 
/**
 * How many turns change hands.
 */
changed: number, };

type RotaPick = { 
/**
 * When the turn begins.
 */
from: Instant, 
/**
 * Who takes it.
 */
member: MemberId, };

type RotaQuestion = { 
/**
 * The rotation whose turns are given out.
 */
rotation: RotationId, 
/**
 * How many turns, from 1 to 60; twelve if it is not given.
 */
turns?: number | null, };

type RotaTurn = { 
/**
 * When it begins.
 */
from: Instant, 
/**
 * In words.
 */
said: string, 
/**
 * Who has it as it is.
 */
now: string, 
/**
 * Who would take it.
 */
member: MemberId, 
/**
 * Their name.
 */
name: string, 
/**
 * Why.
 */
reason: string, 
/**
 * Whether it changes hands.
 */
changed: boolean, 
/**
 * Whether people agreed on it, so that it stays.
 */
agreed: boolean, };

type RotationCard = { 
/**
 * The rotation.
 */
id: RotationId, 
/**
 * Its name.
 */
name: string, 
/**
 * In words: “weekly, handover Mon 09:00 Europe/Zurich”; without what its name says already.
 */
said: string, 
/**
 * The zone of its local times.
 */
zone: Zone, 
/**
 * The handover of the turn that holds, as a form writes it: `2026-11-30T09:00`.
 */
first: string, 
/**
 * How the length of a turn is counted.
 */
unit: TurnUnit, 
/**
 * How many of these a turn lasts.
 */
length: number, 
/**
 * Who takes turns, in order, from the one whose turn it is.
 */
people: Array<MemberName>, 
/**
 * The times of the week to which it is kept.
 */
only: Array<TimeOfWeek>, 
/**
 * When it ends, in words; none while it goes on.
 */
ends: string | null, 
/**
 * What keeps it from saying anything: nobody takes turns any more.
 */
problem: string | null, };

type RotationId = string;

type RowAbsence = { 
/**
 * The absence.
 */
id: RowId, 
/**
 * Its first day.
 */
firstDay: Day, 
/**
 * Its last day.
 */
lastDay: Day, };

type RowDay = { 
/**
 * The day.
 */
day: Day, 
/**
 * Whether the team works, after the start if there was one.
 */
works: boolean, 
/**
 * The holiday that it is.
 */
holiday: DayHoliday | null, 
/**
 * The Scrum events on it, with what they take of each who is there.
 */
events: Array<RowEvent>, 
/**
 * Net minutes of all members whose hours are set.
 */
net: Minutes, };

type RowEvent = { 
/**
 * Its name: “Sprint Planning”.
 */
name: string, 
/**
 * What it takes.
 */
minutes: Minutes, };

type RowId = string;

type RulesView = { 
/**
 * The part of a second that a full outage takes.
 */
full: Share, 
/**
 * The part of a second that a partial outage takes.
 */
partial: Share, 
/**
 * The part of a second that a degraded service takes.
 */
degraded: Share, 
/**
 * The hours before its beginning in which maintenance is to be announced.
 */
noticeHours: number, };

type SavePolicy = { 
/**
 * The name.
 */
name: string, 
/**
 * The share of each lane, together 100 %.
 */
shares: Array<LaneShare>, };

type SaveRotation = { 
/**
 * The rotation that is changed; none for a new one.
 */
id?: RotationId | null, 
/**
 * The level for which it answers; none makes one of the name below, or takes the one that has it.
 */
level?: RowId | null, 
/**
 * The name of the level, where none is chosen; empty is “Primary”.
 */
levelName?: string, 
/**
 * Its name; empty is what it does: “Weekly”.
 */
name?: string, 
/**
 * The zone of its local times, an IANA name; empty is the team's.
 */
zone?: string, 
/**
 * The local time of the first handover: `2026-11-30 09:00`.
 */
first: string, 
/**
 * How the length of a turn is counted.
 */
unit: TurnUnit, 
/**
 * How many of these a turn lasts.
 */
length: number, 
/**
 * Who takes turns, in order.
 */
people: Array<MemberId>, 
/**
 * The times of the week to which it is kept; none is always.
 */
only?: Array<TimeOfWeek>, };

type Scale = "fibonacci" | "digits" | "impact" | "percent" | "open";

type ScaleStep = { 
/**
 * The key.
 */
key: string, 
/**
 * The rating in hundredths.
 */
rating: Rating, };

type ScopeChange = { "added": { 
/**
 * Why.
 */
origin: Origin, } } | "removed" | "cancelled" | { "resized": { 
/**
 * The size before; none is unsized.
 */
from: Size | null, } } | "done" | "reopened";

type ScopeCount = { 
/**
 * Items of the planned lanes that are done.
 */
done: number, 
/**
 * Items of the planned lanes that are in the scope, done or not.
 */
items: number, 
/**
 * Items of the buffer lane that are done.
 */
bufferDone: number, 
/**
 * Items of the buffer lane, done or not.
 */
bufferItems: number, 
/**
 * The same in words: “7 of 8 items done, 1 of 2 in the buffer”.
 */
said: string, };

type ScopeEntry = { 
/**
 * When.
 */
at: Instant, 
/**
 * The item.
 */
item: ItemId, 
/**
 * Its label.
 */
label: string, 
/**
 * Its title.
 */
title: string, 
/**
 * The lane; none is unsorted.
 */
lane: LaneId | null, 
/**
 * Whether it belongs to the buffer and so stays out of the planned scope.
 */
inBuffer: boolean, 
/**
 * What happened.
 */
change: ScopeChange, 
/**
 * The item's size from then on; none is unsized.
 */
size: Size | null, 
/**
 * The amounts in points.
 */
points: Change, 
/**
 * The amounts in items.
 */
items: Change, };

type Score = { 
/**
 * How it was made.
 */
method: Method, 
/**
 * The score in hundredths, rounded to the nearest.
 */
value: number, 
/**
 * The terms, in the order in which they stand in the formula.
 */
terms: Array<Term>, 
/**
 * The formula with its numbers: `(8 + 5 + 3) ÷ 5 = 3.2`.
 */
formula: string, };

type ScoreCard = { 
/**
 * What people rate, in the order of the formula.
 */
inputs: Array<CardInput>, 
/**
 * The score of the team's method first, or why there is none.
 */
scores: Array<ItemScore>, 
/**
 * The interrupts that it caused; none where it caused none.
 */
interest: InterestOfItem | null, };

type ScoreOrder = { 
/**
 * The items that share out their places; none means all open ones.
 */
items: Array<ItemId> | null, 
/**
 * The way of scoring.
 */
method: Method, };

type ScoredItem = { 
/**
 * The item.
 */
item: ItemId, 
/**
 * Its label.
 */
label: string, 
/**
 * Its title.
 */
title: string, 
/**
 * Its description, read.
 */
blocks: Array<Block>, 
/**
 * Its kind; none is unsorted.
 */
kind: WorkKind | null, 
/**
 * Its severity, for a bug.
 */
severity: Severity | null, 
/**
 * Its size.
 */
size: Size | null, 
/**
 * Its place among the open items, from 1.
 */
place: number | null, 
/**
 * What is rated, and the scores.
 */
card: ScoreCard, 
/**
 * Which of the inputs the team's method asks for.
 */
asked: Array<TermName>, 
/**
 * The interrupts that it caused.
 */
interest: InterestRow | null, };

type ScoringQueue = { 
/**
 * The items, in the order in which they are offered (rule 2).
 */
items: Array<ItemId>, 
/**
 * How many of them wait for a rating: the first ones.
 */
toRate: number, 
/**
 * How many were rated too long ago: those after them.
 */
aged: number, };

type ScoringRules = { 
/**
 * The method by which all items are scored.
 */
method: Method, 
/**
 * The method in words.
 */
title: string, 
/**
 * Its formula in words.
 */
formula: string, 
/**
 * After how many days an input is old.
 */
limitDays: number, 
/**
 * What was set before this moment is old.
 */
agedBefore: Instant, 
/**
 * All methods.
 */
methods: Array<MethodChoice>, 
/**
 * How much each severity counts.
 */
weights: SeverityWeights, 
/**
 * The team's own criteria, in its order.
 */
criteria: Array<CriterionView>, };

type ScrumEvents = { 
/**
 * The Daily Scrum, on each day whatever the length.
 */
daily: Minutes, 
/**
 * Sprint Planning, on the first day.
 */
planning: Minutes, 
/**
 * The Sprint Review, on the last day.
 */
review: Minutes, 
/**
 * The Sprint Retrospective, on the last day.
 */
retrospective: Minutes, };

type Seed = number;

type SeenAs = "up" | "degraded" | "partial" | "full" | "maintenance" | "leaveOut";

type SelectItems = { 
/**
 * The items.
 */
items: Array<ItemId>, 
/**
 * The Sprint.
 */
sprint: SprintId, 
/**
 * The lane on which they draw; none is the one for their kind.
 */
lane?: LaneId | null, 
/**
 * Why they come in; needed once the Sprint has started, and left away before.
 */
origin?: Origin | null, 
/**
 * The day on which it was so, if not today.
 */
on?: Day | null, 
/**
 * The exact moment, where it is known; it goes before the day.
 */
at?: Instant | null, };

type SeparateIncident = { 
/**
 * The one that was merged into another.
 */
incident: IncidentId, };

type ServiceHealth = { 
/**
 * The service.
 */
service: ServiceId, 
/**
 * Its name.
 */
name: string, 
/**
 * Its state.
 */
state: ServiceState, 
/**
 * Since when it is so, where that is known.
 */
since: Instant | null, 
/**
 * The objective of which least of the budget is left; one of them where of none enough is known.
 */
objective: ObjectiveId | null, 
/**
 * Its name.
 */
objectiveName: string | null, 
/**
 * The part of the budget that is left, negative once it is overspent; none where too little is known.
 */
remaining: number | null, 
/**
 * The same in words: “62 % left”.
 */
remainingSaid: string | null, 
/**
 * How many times faster than even it burnt in the last 24 hours.
 */
burn: number | null, 
/**
 * The same in words.
 */
burnSaid: string | null, };

type ServiceId = string;

type ServiceName = { 
/**
 * Who it is.
 */
id: ServiceId, 
/**
 * Its name.
 */
name: string, };

type ServiceRow = { 
/**
 * Who it is.
 */
id: ServiceId, 
/**
 * Its name.
 */
name: string, 
/**
 * What people should know of it; may be empty.
 */
note: string, 
/**
 * Whether it can go: nothing is known of it.
 */
canGo: boolean, };

type ServiceState = "up" | "degraded" | "partial" | "full" | "maintenance" | "unknown";

type SetBlockerLimit = { 
/**
 * In working days, 1 to 30.
 */
days: number, };

type SetBuffer = { 
/**
 * The lane, without kinds of its own.
 */
lane: LaneId, };

type SetCriticalFirst = { 
/**
 * Whether it is on.
 */
on: boolean, };

type SetDefinitionOfDone = { 
/**
 * One line for each condition; blank lines are left out.
 */
lines: Array<string>, };

type SetDefinitionOfReady = { 
/**
 * One line for each condition; blank lines are left out.
 */
lines: Array<string>, };

type SetDeploymentItems = { 
/**
 * The deployment.
 */
deployment: DeploymentId, 
/**
 * All of its items.
 */
items: Array<ItemId>, };

type SetForecastWindow = { 
/**
 * How many.
 */
weeks: number, };

type SetFreeze = { 
/**
 * The freeze; a new one if it is not given.
 */
freeze?: RowId | null, 
/**
 * The service; all of them if it is not given.
 */
service?: ServiceId | null, 
/**
 * The first day.
 */
first: string, 
/**
 * The last day; the first if it is empty.
 */
last?: string, 
/**
 * Why.
 */
why: string, };

type SetGrace = { 
/**
 * Working days, 0 to 2.
 */
days: number, };

type SetGroup = { 
/**
 * The group; none is a new one.
 */
group?: RowId | null, 
/**
 * Its name.
 */
name: string, 
/**
 * Whether its uptime is the mean of its services; else it is up when all of them are.
 */
isMean?: boolean, 
/**
 * Its services.
 */
services: Array<GroupedService>, };

type SetIncidentServices = { 
/**
 * The incident.
 */
incident: IncidentId, 
/**
 * All of them; none is a service of the team's.
 */
services: Array<ServiceId>, };

type SetIncidentSeverity = { 
/**
 * The incident.
 */
incident: IncidentId, 
/**
 * How grave it is.
 */
severity: IncidentSeverity, 
/**
 * From when on, if not from now on.
 */
at?: WrittenMoment | null, };

type SetInput = { 
/**
 * The items.
 */
items: Array<ItemId>, 
/**
 * Which input: `value`, `timeCriticality`, `riskReduction`, `reach`, `impact`, `confidence`, `effort`, or a criterion.
 */
input: TermName, 
/**
 * The rating; none takes it away.
 */
rating: Amount | null, };

type SetInterruptLane = { 
/**
 * The interrupt.
 */
interrupt: InterruptId, 
/**
 * The lane; none is the buffer.
 */
lane?: LaneId | null, };

type SetInterruptSeverity = { 
/**
 * The interrupt.
 */
interrupt: InterruptId, 
/**
 * How grave it is.
 */
severity: IncidentSeverity, 
/**
 * The day from which on, if not today.
 */
on?: Day | null, };

type SetKind = { 
/**
 * The items.
 */
items: Array<ItemId>, 
/**
 * The kind; none makes them unsorted.
 */
kind: WorkKind | null, };

type SetLabelPrefix = { 
/**
 * One to ten letters and digits, a letter first.
 */
prefix: string, };

type SetLaneOfKind = { 
/**
 * The kind of work.
 */
kind: WorkKind, 
/**
 * The lane.
 */
lane: LaneId, };

type SetLimit = { 
/**
 * The days, from 1 to 3650; a number, or what a person wrote.
 */
days: WrittenDays, };

type SetLiveCheck = { 
/**
 * Which check.
 */
name: CheckName, 
/**
 * Whether it is asked.
 */
isAsked?: boolean | null, 
/**
 * Whether an answer that is not known stops.
 */
stopsUnknown?: boolean | null, 
/**
 * The least grave severity that stops.
 */
severity?: IncidentSeverity | null, 
/**
 * More than so many percent of the budget have to be left, as a person writes it: `20`.
 */
percent?: string | null, 
/**
 * The state in which items are reviewed.
 */
state?: StateId | null, };

type SetMaintenance = { 
/**
 * The maintenance; none is a new one.
 */
maintenance?: RowId | null, 
/**
 * What is done, in a line.
 */
title?: string, 
/**
 * The services.
 */
services: Array<ServiceId>, 
/**
 * When it begins.
 */
from: WrittenMoment, 
/**
 * When it ends.
 */
to: WrittenMoment, 
/**
 * When it was announced; nothing where it was not.
 */
announced?: WrittenMoment | null, };

type SetMeaning = { 
/**
 * The state, in which no item is or was.
 */
state: StateId, 
/**
 * What it means.
 */
category: Category, };

type SetMethod = { 
/**
 * The method.
 */
method: Method, };

type SetOnCallFactor = { 
/**
 * The part, as people write it: `50 %`.
 */
share: string, 
/**
 * The first day for which it holds; today if it is not given.
 */
validFrom?: Day | null, };

type SetOwnSize = { 
/**
 * The Sprint.
 */
sprint: SprintId, 
/**
 * Points for the planned lanes, as people write them: `21`; empty goes back to the computed number.
 */
points: string, };

type SetParent = { 
/**
 * The items.
 */
items: Array<ItemId>, 
/**
 * The item of which they become parts; none leaves them on their own.
 */
parent: ItemId | null, };

type SetPolicy = { 
/**
 * Whether production comes first in planning.
 */
isOn: boolean, 
/**
 * The part of the budget that must be left; none stays as it is, 0 is when all of it is spent.
 */
spentAt?: Share | null, 
/**
 * From which day on; none is today.
 */
validFrom?: Day | null, };

type SetRules = { 
/**
 * The part of a second that a full outage takes.
 */
full?: Share | null, 
/**
 * The part of a second that a partial outage takes.
 */
partial?: Share | null, 
/**
 * The part of a second that a degraded service takes.
 */
degraded?: Share | null, 
/**
 * The hours before its beginning in which maintenance is to be announced.
 */
noticeHours?: number | null, 
/**
 * From which day on; none is today.
 */
validFrom?: Day | null, };

type SetScrumEvents = { 
/**
 * The Daily Scrum in minutes, each day: `15`.
 */
daily?: string | null, 
/**
 * Sprint Planning in hours, on the first day of a Sprint of two weeks: `4`, `2.5`, `1:30`.
 */
planning?: string | null, 
/**
 * The Sprint Review in hours, on the last day of a Sprint of two weeks.
 */
review?: string | null, 
/**
 * The Sprint Retrospective in hours, on the last day of a Sprint of two weeks.
 */
retrospective?: string | null, 
/**
 * The first day for which it holds: of Sprints that begin then or later. Today if it is not given.
 */
validFrom?: Day | null, };

type SetSeverity = { 
/**
 * The bugs.
 */
items: Array<ItemId>, 
/**
 * The severity; none takes it away.
 */
severity: Severity | null, };

type SetShares = { 
/**
 * The shares, together 100 %; a lane that is not named keeps its own.
 */
shares: Array<LaneShare>, 
/**
 * The first day for which they hold; today if it is not given.
 */
validFrom?: Day | null, };

type SetSplit = { 
/**
 * The Sprint.
 */
sprint: SprintId, 
/**
 * The share of each lane; none goes back to the team's usual shares.
 */
shares: Array<LaneShare>, };

type SetSprintLength = { 
/**
 * Weeks, 1 to 4.
 */
weeks: number, };

type SetWeights = { 
/**
 * Weight of critical.
 */
critical: number, 
/**
 * Weight of high.
 */
high: number, 
/**
 * Weight of low.
 */
low: number, };

type SetWorkingDay = { 
/**
 * The day of the week, with Monday as 0.
 */
day: number, 
/**
 * Whether they work on it.
 */
works: boolean, };

type SetWorkingWeek = { 
/**
 * The days, with Monday as bit 0.
 */
days: number, 
/**
 * The first day for which it holds; today if it is not given.
 */
validFrom?: Day | null, };

type SetZone = { 
/**
 * An IANA name.
 */
zone: string, };

type Severity = "critical" | "high" | "low";

type SeverityName = { 
/**
 * The severity, by its rank.
 */
severity: IncidentSeverity, 
/**
 * What the team calls it.
 */
name: string, };

type SeverityWeights = { critical: number, high: number, low: number, };

type Share = number;

type ShareMember = { 
/**
 * The member.
 */
member: MemberId, 
/**
 * The part, as people write it: `60 %`; `100 %` is all.
 */
share: string, 
/**
 * The first day for which it holds; today if it is not given.
 */
validFrom?: Day | null, };

type SheetMember = { 
/**
 * Who.
 */
member: MemberId, 
/**
 * Their name.
 */
name: string, 
/**
 * Minutes before all that takes from them.
 */
gross: Minutes | null, 
/**
 * Minutes of absences.
 */
away: Minutes | null, 
/**
 * Minutes that being on call takes.
 */
call: Minutes | null, 
/**
 * Minutes of Scrum events.
 */
events: Minutes | null, 
/**
 * Minutes after all of them.
 */
net: Minutes | null, 
/**
 * Net person-days (2.4).
 */
personDays: PersonDays | null, 
/**
 * What the net minutes are made of: “54 h less 9.75 h of Scrum events, 8 h away”.
 */
said: string | null, };

type ShiftBar = { 
/**
 * The level.
 */
level: RowId, 
/**
 * Its name.
 */
levelName: string, 
/**
 * Who.
 */
member: MemberId, 
/**
 * Their name.
 */
name: string, 
/**
 * When it begins, cut at the window.
 */
from: Instant, 
/**
 * When it ends, cut at the window.
 */
to: Instant, 
/**
 * Where it begins in the window.
 */
at: number, 
/**
 * How much of the window it is.
 */
width: number, 
/**
 * In words: “Mon 23 Nov 09:00 – Mon 30 Nov 09:00”.
 */
said: string, 
/**
 * Why they are, where it is not the rotation: “in place of Ana (swap)”.
 */
why: string | null, 
/**
 * Whether it is over.
 */
over: boolean, };

type ShiftColumns = { 
/**
 * When it begins.
 */
from: string, 
/**
 * When it ends; empty: when the next row begins.
 */
to: string, 
/**
 * Who.
 */
person: string, };

type ShiftFile = { 
/**
 * What the file calls itself; may be empty.
 */
name: string, 
/**
 * Its columns; none of a calendar.
 */
columns: Array<string>, 
/**
 * Which of them say what; none of a calendar.
 */
chosen: ShiftColumns | null, 
/**
 * Everybody in it, who has most first.
 */
people: Array<PersonFound>, 
/**
 * How many shifts would be stored.
 */
fresh: number, 
/**
 * How many are stored already.
 */
known: number, 
/**
 * How many belong to people who are left out.
 */
withoutPerson: number, 
/**
 * From when to when they reach, in words; empty without any.
 */
said: string, 
/**
 * The first of them, in words.
 */
first: Array<string>, 
/**
 * What was left out, with the reason.
 */
leftOut: Array<ShiftLeftOut>, 
/**
 * What else is to be known, in sentences.
 */
notes: Array<string>, };

type ShiftFileQuestion = { 
/**
 * The level that the shifts are of; the first if it is not given.
 */
level?: RowId | null, 
/**
 * Who is meant by the names in the file.
 */
people?: Array<PersonChoice>, 
/**
 * The last day of events that repeat for ever; a year ahead if it is not given.
 */
until?: Day | null, 
/**
 * Which columns of a table say what.
 */
columns?: ShiftColumns | null, };

type ShiftLeftOut = { 
/**
 * Its line; none in a calendar.
 */
line: number | null, 
/**
 * What stands there.
 */
what: string, 
/**
 * Why it is left out.
 */
why: string, };

type Side = "here" | "there";

type SimilarItem = { 
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
title: string, 
/**
 * Its kind.
 */
kind: WorkKind | null, 
/**
 * Its size in the end.
 */
size: Size | null, 
/**
 * How it went: “4 days in work, carried once, Sprint 12”.
 */
went: string, };

type SimilarQuestion = { 
/**
 * The item that is to be sized.
 */
item: ItemId, };

type Size = number;

type SizeItems = { 
/**
 * The items.
 */
items: Array<ItemId>, 
/**
 * The size; none makes them unsized.
 */
size: Amount | null, 
/**
 * The day on which it was so, if not today.
 */
on?: Day | null, 
/**
 * The exact moment, where it is known; it goes before the day.
 */
at?: Instant | null, };

type SortView = "order" | "score" | "severityReach" | "largest" | "smallest" | "oldest" | "youngest" | "match";

type Span = { "kind": "text", 
/**
 * The text.
 */
text: string, } | { "kind": "code", 
/**
 * The text.
 */
text: string, } | { "kind": "emphasis", 
/**
 * What is stressed.
 */
content: Array<Span>, } | { "kind": "strong", 
/**
 * What is stressed.
 */
content: Array<Span>, } | { "kind": "struck", 
/**
 * What is struck out.
 */
content: Array<Span>, } | { "kind": "link", 
/**
 * Where it leads: http, https or mailto.
 */
to: string, 
/**
 * What is written.
 */
content: Array<Span>, } | { "kind": "break" };

type SplitChoice = { 
/**
 * Where it comes from.
 */
from: SplitFrom, 
/**
 * Its name: “Normal”, “As in Sprint 42”, “After a bad month”.
 */
name: string, 
/**
 * The share of each lane.
 */
shares: Array<LaneShare>, 
/**
 * The shares in words: “40 / 50 / 10 %”; with the own number of points that would come along.
 */
said: string, 
/**
 * Whether the Sprint is divided so.
 */
now: boolean, };

type SplitChoices = { 
/**
 * The team's usual shares, those of the Sprint before where there is one, then the policies by name.
 */
choices: Array<SplitChoice>, };

type SplitFrom = "usual" | { "sprint": SprintName } | { "policy": RowId };

type SplitItem = { 
/**
 * The item.
 */
item: ItemId, 
/**
 * Where the new items belong.
 */
place: SplitPlace, 
/**
 * The new items, in their order.
 */
parts: Array<PartOfSplit>, 
/**
 * The size of what is left of the item, for new items beside it; what is not given stays.
 */
left?: Amount | null, 
/**
 * Why new items come into a running Sprint; needed where one of them stays in it.
 */
origin?: Origin | null, };

type SplitLane = { 
/**
 * The lane; none is what is unsorted.
 */
lane: LaneId | null, 
/**
 * Its name; empty for what is unsorted.
 */
name: string, 
/**
 * Whether it is the buffer.
 */
isBuffer: boolean, 
/**
 * Its share as it was planned.
 */
planned: Share, 
/**
 * What was committed in it.
 */
committed: Portion, 
/**
 * What it came to.
 */
actual: Portion, };

type SplitPart<Z = Size> = { 
/**
 * Its title.
 */
title: string, 
/**
 * Its size; none is unsized.
 */
size?: Z | null, 
/**
 * Where it goes.
 */
to: Destination, };

type SplitPlace = "below" | "beside";

type SplitReport = { 
/**
 * What is counted.
 */
unit: SplitUnit, 
/**
 * Why it is not hours.
 */
why: NotInHours | null, 
/**
 * Minutes of work for a completed point of this Sprint, where hours are counted.
 */
perPoint: Minutes | null, 
/**
 * Minutes that unplanned work took, as far as is known: interrupts, and items of the buffer lane by hours per point.
 */
interrupts: Minutes, 
/**
 * What came in of which nothing is known: interrupts, and items of the buffer lane (1.4).
 */
unknown: number, 
/**
 * The lanes in their order; work that is unsorted comes last, where there is any.
 */
lanes: Array<SplitLane>, 
/**
 * Items of the commitment and of what was completed that have no size.
 */
unsizedItems: number, };

type SplitSuggestion = { 
/**
 * The splits to choose from; none where history is too short.
 */
choices: Array<SuggestedSplit>, 
/**
 * What is suggested, or why nothing is, in a sentence.
 */
said: string, 
/**
 * How it is computed.
 */
method: string, 
/**
 * The names of the lanes, in the order of the shares.
 */
lanes: Array<string>, 
/**
 * The closed Sprints behind it, the latest first.
 */
sprints: Array<SuggestedBy>, };

type SplitTrend = { 
/**
 * The splits, in the order of the Sprints, as they were sealed.
 */
sprints: Array<SprintSplit>, 
/**
 * The names of closed Sprints of which no split is known.
 */
without: Array<string>, };

type SplitUnit = "hours" | "points" | "items";

type Spot = { 
/**
 * Of the effort, from the left, from 0.
 */
column: number, 
/**
 * Of the value, from below, from 0.
 */
row: number, 
/**
 * The quarter in which that is.
 */
quarter: Quarter, };

type SprintAnswers = { proposal: SprintProposal, board: Board, startSummary: StartSummary, closeSummary: CloseSummary, report: ClosedSprintReport, correction: Correction, list: SprintList, };

type SprintCommand = { "plan": PlanSprint } | { "change": ChangeSprint } | { "remove": RemoveSprint } | { "selectItems": SelectItems } | { "addItem": AddToSprint } | { "returnItems": ReturnItems } | { "start": StartSprint } | { "commitAgain": CommitAgain } | { "moveToState": MoveToState } | { "close": CloseSprint } | { "correct": CorrectSprint } | { "recordPast": RecordPastSprint };

type SprintId = string;

type SprintLine = { 
/**
 * Its identity.
 */
id: SprintId, 
/**
 * Its name.
 */
name: string, 
/**
 * The planned first day.
 */
firstDay: Day, 
/**
 * The planned last day.
 */
lastDay: Day, 
/**
 * The working days from the first to the last.
 */
workingDays: number, 
/**
 * Whether it runs.
 */
running: boolean, 
/**
 * Whether it is past its last day and not closed (3.1).
 */
overdue: boolean, };

type SprintList = { 
/**
 * Latest first, by their planned days.
 */
sprints: Array<SprintRow>, };

type SprintLoad = { 
/**
 * Who.
 */
member: MemberId, 
/**
 * Their name.
 */
name: string, 
/**
 * What.
 */
carried: Carried, };

type SprintName = { 
/**
 * Its identity.
 */
id: SprintId, 
/**
 * Its name.
 */
name: string, };

type SprintProposal = { 
/**
 * Its name.
 */
name: string, 
/**
 * Its first day.
 */
firstDay: Day, 
/**
 * Its last day.
 */
lastDay: Day, 
/**
 * Working days from the first to the last.
 */
workingDays: number, };

type SprintQuery = { "proposal": Nothing } | { "board": BoardQuestion } | { "startSummary": SprintQuestion } | { "closeSummary": SprintQuestion } | { "report": ReportQuestion } | { "correction": SprintQuestion } | { "list": Nothing };

type SprintQuestion = { 
/**
 * The Sprint.
 */
sprint: SprintId, };

type SprintReport = { 
/**
 * The Sprint's name.
 */
name: string, 
/**
 * The Sprint Goal.
 */
goal: string, 
/**
 * Whether it was met; none where there was no goal.
 */
goalOutcome: Goal | null, 
/**
 * The planned first day.
 */
firstDay: Day, 
/**
 * The planned last day.
 */
lastDay: Day, 
/**
 * When it was started.
 */
startedAt: Instant, 
/**
 * When it was closed.
 */
closedAt: Instant, 
/**
 * The day on which it was started, in the team's zone as it was.
 */
startedOn: Day, 
/**
 * The day on which it was closed.
 */
closedOn: Day, 
/**
 * The team's zone as it was.
 */
zone: Zone, 
/**
 * How many working days it had.
 */
workingDays: number, 
/**
 * Done at the close.
 */
completed: Array<ReportItem>, 
/**
 * In the scope and not done.
 */
notCompleted: Array<ReportItem>, 
/**
 * Taken out of the scope, or cancelled.
 */
removed: Array<ReportItem>, 
/**
 * Finished before it came into the Sprint.
 */
completedOutside: Array<ReportItem>, 
/**
 * Added after the start, whatever became of it.
 */
added: Array<ReportItem>, 
/**
 * What was in the buffer lane.
 */
buffer: Array<ReportItem>, 
/**
 * The sums of the lists of the planned lanes.
 */
sums: Sums, 
/**
 * The terms of the planned lanes at the close, in points.
 */
points: Terms, 
/**
 * The terms of the planned lanes at the close, in items.
 */
items: Terms, 
/**
 * Each lane's part, in the team's order; what was unsorted comes last, where there was any.
 */
lanes: Array<LaneResult>, 
/**
 * Every change of the scope and of what was done, in order.
 */
entries: Array<ScopeEntry>, 
/**
 * What later Sprints learn from this one (2.4).
 */
experience: Experience, };

type SprintRow = { 
/**
 * Its identity.
 */
id: SprintId, 
/**
 * Its name.
 */
name: string, 
/**
 * The Sprint Goal; may be empty.
 */
goal: string, 
/**
 * Where it stands.
 */
phase: Phase, 
/**
 * The planned first day.
 */
firstDay: Day, 
/**
 * The planned last day.
 */
lastDay: Day, 
/**
 * Its working days: as they were committed, and before a start as the calendar is.
 */
workingDays: number, 
/**
 * Committed in the planned lanes, in points; none while it is planned.
 */
committed: Size | null, 
/**
 * Completed in the planned lanes, in points: so far, while it runs.
 */
completed: Size | null, 
/**
 * What is done of the scope; none while it is planned, and where only totals are known.
 */
count: ScopeCount | null, 
/**
 * Whether the goal was met.
 */
goalOutcome: GoalOutcome | null, };

type SprintSplit = { 
/**
 * The Sprint.
 */
sprint: SprintName, 
/**
 * The lanes.
 */
report: SplitReport, 
/**
 * What is counted and how, in words.
 */
method: string, 
/**
 * What is not in it, in words: unsized and unsorted work, interrupts of which nothing is known.
 */
unknown: Array<string>, 
/**
 * How much interrupts made people change from one thing to another.
 */
switching: Switching, 
/**
 * The same in words, a line each.
 */
switchingSaid: Array<string>, };

type StandIn = { 
/**
 * The level.
 */
level: RowId, 
/**
 * Who is on leave.
 */
leaves: MemberId, 
/**
 * Who stands in.
 */
takes: MemberId, 
/**
 * From when on.
 */
from: Instant, 
/**
 * Up to when.
 */
to: Instant, };

type Standing = "done" | "open" | "removed" | "cancelled" | "outside" | "never";

type StartItem = { 
/**
 * The item.
 */
id: ItemId, 
/**
 * Its label.
 */
label: string, 
/**
 * Its title.
 */
title: string, 
/**
 * Why it is left out; none where it is committed.
 */
why: LeftOut | null, };

type StartLane = { 
/**
 * The lane.
 */
lane: LaneId, 
/**
 * Its name.
 */
name: string, 
/**
 * Whether it is the buffer.
 */
isBuffer: boolean, 
/**
 * Its share.
 */
share: Share, 
/**
 * The items selected into it.
 */
items: number, 
/**
 * Their points.
 */
points: Size, };

type StartSprint = { 
/**
 * The Sprint.
 */
sprint: SprintId, };

type StartSummary = { 
/**
 * The Sprint.
 */
sprint: SprintName, 
/**
 * The Sprint Goal; may be empty.
 */
goal: string, 
/**
 * Why it cannot be started now; none where it can.
 */
refusal: string | null, 
/**
 * Today.
 */
today: Day, 
/**
 * The planned first day.
 */
firstDay: Day, 
/**
 * The planned last day.
 */
lastDay: Day, 
/**
 * The working days that are left from today, or from the first day, to the last.
 */
workingDays: number, 
/**
 * The items that would be committed in the planned lanes and unsorted.
 */
items: number, 
/**
 * Their points.
 */
points: Size, 
/**
 * Each lane's part.
 */
lanes: Array<StartLane>, 
/**
 * Items without a size: they count 0 points.
 */
unsizedItems: Array<StartItem>, 
/**
 * Items without a kind: they belong to no lane.
 */
unsortedItems: Array<StartItem>, 
/**
 * Items that are left out: they have ended already, or their parts count in their place.
 */
leftOut: Array<StartItem>, 
/**
 * Items that are not ready or selected without what they need, each with why, in words.
 */
doubts: Array<string>, 
/**
 * Members whose hours a day nobody has set.
 */
withoutHours: Array<string>, };

type StartTimer = { 
/**
 * The interrupt.
 */
interrupt: InterruptId, 
/**
 * Who works; its owner if it is not given.
 */
member?: MemberId | null, };

type StateId = string;

type StateRow = { 
/**
 * Its identity.
 */
id: StateId, 
/**
 * Its name.
 */
name: string, 
/**
 * What it means.
 */
category: Category, 
/**
 * Whether items are or were in it, so that it can neither go nor mean something else.
 */
used: boolean, };

type StateTime = { 
/**
 * The service.
 */
serviceName: string, 
/**
 * The state.
 */
state: ServiceState, 
/**
 * How long, in words.
 */
lasted: string, 
/**
 * In seconds.
 */
seconds: number, };

type Step = "day" | "week";

type StopTimer = { 
/**
 * The interrupt.
 */
interrupt: InterruptId, 
/**
 * How long it really was, where the timer measured something else.
 */
time?: WrittenTime | null, };

type SuggestedBy = { 
/**
 * The Sprint.
 */
sprint: SprintName, 
/**
 * Its net minutes; none where they are not known.
 */
net: Minutes | null, 
/**
 * Minutes that drew on its buffer, as far as is known; none where only totals are, or nothing of it.
 */
interrupts: Minutes | null, 
/**
 * The part of the net hours that this is.
 */
load: Share | null, 
/**
 * The share that its buffer had.
 */
buffer: Share, 
/**
 * What each of the lanes came to; none where that is not known.
 */
actual: Array<Share | null>, 
/**
 * Whether it counts.
 */
counts: boolean, 
/**
 * Why it does not count, or what is not known of what drew on its buffer.
 */
note: string | null, };

type SuggestedSplit = { 
/**
 * What it does with the planned lanes: “Planned lanes keep their proportion”.
 */
title: string, 
/**
 * The share of each lane.
 */
shares: Array<LaneShare>, 
/**
 * The shares in words: “53 / 27 / 20 %”.
 */
said: string, 
/**
 * Whether the Sprint is divided so.
 */
now: boolean, };

type Sums = { 
/**
 * Of what was completed.
 */
completed: Pair, 
/**
 * Of what was not.
 */
notCompleted: Pair, 
/**
 * Of what was removed.
 */
removed: Pair, 
/**
 * Of what had been finished before.
 */
completedOutside: Pair, 
/**
 * Of what was added.
 */
added: Pair, 
/**
 * Of what was in the buffer lane.
 */
buffer: Pair, };

type SuspectIncident = { 
/**
 * The incident.
 */
id: IncidentId, 
/**
 * Its label.
 */
label: string, 
/**
 * Its title.
 */
title: string, 
/**
 * How grave it is.
 */
severity: IncidentSeverity, 
/**
 * The names of the services that it affected.
 */
services: Array<string>, 
/**
 * When it began, as far as that is known.
 */
beganAt: Instant | null, 
/**
 * Why nothing is proposed, in words; empty where something is.
 */
whyNot: string, };

type Swap = { 
/**
 * Whose input it is: whether it is the item that stands above.
 */
ofAbove: boolean, 
/**
 * Which input.
 */
term: TermName, 
/**
 * What it is now, in hundredths.
 */
from: number, 
/**
 * What it would be.
 */
to: number, 
/**
 * The same in words: “the value of PAY-3 were 8 instead of 5”.
 */
text: string, };

type SwapTurns = { 
/**
 * The level.
 */
level: RowId, 
/**
 * When one of the turns begins, or any moment of it.
 */
one: Instant, 
/**
 * When the other begins, or any moment of it.
 */
other: Instant, };

type Switching = { 
/**
 * Working days so far.
 */
days: number, 
/**
 * Interrupts that arrived.
 */
interrupts: number, 
/**
 * Items that came into the buffer lane after the start and that no interrupt became.
 */
items: number, 
/**
 * Both together a working day.
 */
arrivedADay: Size, 
/**
 * Items that were broken into, each once for each day.
 */
brokenInto: number, 
/**
 * The same a working day.
 */
brokenIntoADay: Size, 
/**
 * Minutes of those who were on call that day.
 */
onCall: Minutes, 
/**
 * Minutes of the rest of the team.
 */
others: Minutes, 
/**
 * Minutes of which nobody said who worked.
 */
ofNobody: Minutes, 
/**
 * Whether anybody was on call in this Sprint, as far as was known at its start.
 */
hasOnCall: boolean, };

type TakeInterrupts = { 
/**
 * The interrupts.
 */
interrupts: Array<InterruptId>, };

type TakeOver = { 
/**
 * The level.
 */
level: RowId, 
/**
 * From when on, in the team's zone: `2026-11-30 09:00`; a day alone is its beginning.
 */
from: string, 
/**
 * Up to when; a day alone is its end.
 */
to: string, 
/**
 * Whose place it is; none is whoever is on call then, or adds somebody where nobody is.
 */
leaves?: MemberId | null, 
/**
 * Who takes it; none leaves it empty.
 */
takes?: MemberId | null, 
/**
 * Why; may be empty.
 */
note?: string, };

type TakeRole = { 
/**
 * The incident.
 */
incident: IncidentId, 
/**
 * The role: commander, communications, or as the team says.
 */
role: string, 
/**
 * Who; none is nobody any more.
 */
member?: MemberId | null, };

type TeamAnswers = { overview: TeamOverview, settings: TeamSettingsPage, };

type TeamCapacity = { 
/**
 * The working days of the team, in order.
 */
days: Array<Day>, 
/**
 * The members, in the team's order.
 */
members: Array<MemberCapacity>, };

type TeamCommand = { "rename": Rename } | { "setLabelPrefix": SetLabelPrefix } | { "setDefinitionOfDone": SetDefinitionOfDone } | { "setDefinitionOfReady": SetDefinitionOfReady } | { "setCriticalFirst": SetCriticalFirst } | { "setGrace": SetGrace } | { "setZone": SetZone } | { "setWorkingWeek": SetWorkingWeek } | { "setWorkingDay": SetWorkingDay } | { "addHoliday": AddHoliday } | { "removeHoliday": RemoveHoliday } | { "setSprintLength": SetSprintLength } | { "setScrumEvents": SetScrumEvents } | { "addMember": AddMember } | { "changeMember": ChangeMember } | { "removeMember": RemoveMember } | { "addLane": AddLane } | { "renameLane": RenameLane } | { "removeLane": RemoveLane } | { "setShares": SetShares } | { "setLaneOfKind": SetLaneOfKind } | { "setBuffer": SetBuffer } | { "addState": AddState } | { "renameState": RenameState } | { "setMeaning": SetMeaning } | { "moveState": MoveState } | { "removeState": RemoveState } | { "renameSeverity": RenameSeverity };

type TeamOverview = { 
/**
 * The team's name.
 */
name: string, 
/**
 * Its time zone.
 */
zone: Zone, 
/**
 * Today there.
 */
today: Day, 
/**
 * The running Sprint, else the next planned one.
 */
sprint: SprintLine | null, };

type TeamQuery = { "overview": Nothing } | { "settings": Nothing };

type TeamSettingsPage = { 
/**
 * The team's name.
 */
name: string, 
/**
 * What stands before the number in labels.
 */
labelPrefix: string, 
/**
 * Its time zone.
 */
zone: Zone, 
/**
 * The names of all time zones.
 */
zones: Array<string>, 
/**
 * Today there.
 */
today: Day, 
/**
 * How many weeks a Sprint lasts.
 */
sprintWeeks: number, 
/**
 * Working days after the start within which the team may commit again (3.2).
 */
grace: number, 
/**
 * The days of the week on which the team works today.
 */
week: WorkingWeek, 
/**
 * Working weeks that hold from a later day on.
 */
laterWeeks: Array<LaterWeek>, 
/**
 * The holidays, by day.
 */
holidays: Array<HolidayRow>, 
/**
 * How long Scrum events take in Sprints that begin today.
 */
events: ScrumEvents, 
/**
 * What they take in a Sprint of the team's length, in words; none where that is two weeks.
 */
eventsSaid: string | null, 
/**
 * Lengths that hold from a later day on.
 */
laterEvents: Array<LaterEvents>, 
/**
 * The lines of the Definition of Done.
 */
definitionOfDone: Array<string>, 
/**
 * The lines of the Definition of Ready.
 */
definitionOfReady: Array<string>, 
/**
 * The members, by name.
 */
members: Array<MemberRow>, 
/**
 * The lanes, in order.
 */
lanes: Array<LaneRow>, 
/**
 * The states, in order.
 */
states: Array<StateRow>, 
/**
 * The severities of interrupts, the gravest first.
 */
severities: Array<SeverityName>, 
/**
 * Whether a critical bug comes first (7.2).
 */
criticalFirst: boolean, };

type TeamTotal = { 
/**
 * Minutes before absences, on-call time and Scrum events.
 */
gross: Minutes, 
/**
 * Minutes of absences.
 */
away: Minutes, 
/**
 * Minutes that being on call takes.
 */
call: Minutes, 
/**
 * Minutes of Scrum events.
 */
events: Minutes, 
/**
 * Minutes after all of them.
 */
net: Minutes, 
/**
 * The net person-days (2.4).
 */
personDays: PersonDays, };

type TellApart = { 
/**
 * The one.
 */
one: ItemId, 
/**
 * The other.
 */
other: ItemId, };

type Term = { 
/**
 * What it is.
 */
name: TermName, 
/**
 * What it is, in words.
 */
title: string, 
/**
 * How much, in hundredths.
 */
amount: number, };

type TermName = string;

type Terms = { 
/**
 * Committed.
 */
committed: Size, 
/**
 * Added after the start.
 */
added: Size, 
/**
 * Removed and cancelled after the start, as a positive amount.
 */
removed: Size, 
/**
 * Re-sized after the start, signed.
 */
resized: Size, 
/**
 * Done, of the scope.
 */
done: Size, };

type TermsNow = { 
/**
 * The terms.
 */
terms: Terms, 
/**
 * `committed + added − removed ± re-sized`.
 */
scope: Size, 
/**
 * `scope − done`.
 */
remaining: Size, };

type ThemeName = "light" | "dark" | "projector";

type TimeFigure = { 
/**
 * Which: “to mitigate”.
 */
name: string, 
/**
 * Of how many incidents it is known.
 */
count: number, 
/**
 * The middle one, in words; none where it is known of none.
 */
medianSaid: string | null, 
/**
 * The 90th percentile, in words.
 */
ninetiethSaid: string | null, };

type TimeOfWeek = { 
/**
 * The days on which it begins, with Monday as bit 0.
 */
days: number, 
/**
 * When it begins: `22:00`.
 */
from: string, 
/**
 * When it ends: `06:00`; one that is not later lies on the next day.
 */
to: string, };

type TimeView = { 
/**
 * What is measured: “to mitigate”.
 */
name: string, 
/**
 * How long: “3 h 5 min”.
 */
said: string, 
/**
 * Whether it still counts up.
 */
countsUp: boolean, };

type TimelineLine = { 
/**
 * The moment of which it tells.
 */
at: Instant, 
/**
 * The same in the team's local time, as a field for a date and a time has it.
 */
local: string, 
/**
 * When it was written down, where that was at least a minute later.
 */
recordedAt: Instant | null, 
/**
 * What happened.
 */
text: string, 
/**
 * The note, where it is one.
 */
note: RowId | null, 
/**
 * The role of who noted it.
 */
role: string, 
/**
 * Who noted it.
 */
member: MemberId | null, 
/**
 * Their name.
 */
memberName: string | null, 
/**
 * A link to the evidence; may be empty.
 */
url: string, 
/**
 * The label of the duplicate that it comes from.
 */
from: string | null, };

type Tone = "feature" | "production" | "buffer";

type TreeLine = { 
/**
 * How many wholes it is below the uppermost one.
 */
depth: number, 
/**
 * The item.
 */
item: ItemLink, };

type Triage = { 
/**
 * In the order in which they do.
 */
rows: Array<IncidentRow>, 
/**
 * Who is on call now.
 */
onCall: Array<OnCallNow>, 
/**
 * The member who sits at this device.
 */
you: MemberId | null, 
/**
 * The members who are in the team now.
 */
members: Array<MemberName>, };

type TriedPlanQuestion = { 
/**
 * The Sprint.
 */
sprint: SprintId, 
/**
 * The shares in place of its own; left out of account while they do not add up.
 */
shares: Array<LaneShare>, };

type TurnUnit = "hours" | "days" | "weeks" | "months";

type UnblockItems = { 
/**
 * The items.
 */
items: Array<ItemId>, };

type UndoState = { 
/**
 * The title of what would be taken back; none where there is nothing.
 */
undo: string | null, 
/**
 * The title of what would be done again.
 */
redo: string | null, };

type Unfinished = { 
/**
 * The item.
 */
id: ItemId, 
/**
 * Its label.
 */
label: string, 
/**
 * Its title.
 */
title: string, 
/**
 * Its size; none is unsized.
 */
size: Size | null, 
/**
 * The name of its state.
 */
state: string, 
/**
 * Whether it belongs to the buffer.
 */
inBuffer: boolean, 
/**
 * How many Sprints closed without it being done.
 */
carried: number, };

type Unit = "points" | "items";

type UnknownRow = { 
/**
 * Which.
 */
id: RowId, 
/**
 * The name of the service.
 */
serviceName: string, 
/**
 * From when on.
 */
from: Instant, 
/**
 * Up to when.
 */
to: Instant, 
/**
 * From when on, by the team's clock.
 */
fromLocal: string, 
/**
 * Up to when, by the team's clock.
 */
toLocal: string, 
/**
 * How long.
 */
lasted: string, 
/**
 * Why; may be empty.
 */
note: string, };

type Unlink = { 
/**
 * The interrupt.
 */
interrupt: InterruptId, 
/**
 * The item.
 */
item: ItemId, };

type UnlinkIncident = { 
/**
 * The incident.
 */
incident: IncidentId, 
/**
 * The link.
 */
link: RowId, };

type UnplacedItem = { 
/**
 * The item.
 */
item: ItemId, 
/**
 * Its label.
 */
label: string, 
/**
 * Its title.
 */
title: string, 
/**
 * What it lacks: “no value”.
 */
lacks: string, 
/**
 * Its value, where it has one.
 */
value: Rating | null, 
/**
 * Its effort or size, where it has one, in hundredths.
 */
effort: number | null, };

type Unscored = { 
/**
 * The item.
 */
item: ItemId, 
/**
 * Its label.
 */
label: string, 
/**
 * Its title.
 */
title: string, 
/**
 * Why it has none.
 */
reason: string, };

type Unsorted = { 
/**
 * How many.
 */
items: number, 
/**
 * Those without a size.
 */
unsizedItems: number, 
/**
 * Their points.
 */
points: Size, };

type UptimeFigures = { 
/**
 * Of what.
 */
of: ObjectiveSubject, 
/**
 * Its name.
 */
name: string, 
/**
 * The headline in percent; none where nothing counts.
 */
percent: string | null, 
/**
 * The same with all that is unknown down.
 */
low: string | null, 
/**
 * The same with all that is unknown up.
 */
high: string | null, 
/**
 * The part of the window that is known.
 */
coverage: string | null, 
/**
 * Whether enough is known to tell a figure.
 */
isEnough: boolean, 
/**
 * The bad time, weighted.
 */
bad: string, 
/**
 * The time that counts.
 */
ofTime: string, 
/**
 * Every method, the headline first.
 */
methods: Array<MethodFigure>, };

type UsePolicy = { 
/**
 * The Sprint.
 */
sprint: SprintId, 
/**
 * The policy.
 */
policy: RowId, };

type ValueTo<T> = { 
/**
 * The value, as it stands in the file.
 */
value: string, 
/**
 * What it stands for.
 */
to: T | null, };

type Verdict = "agrees" | "disagrees" | "equal" | "unscored";

type WaitsFor = { 
/**
 * What it needs.
 */
item: ItemId, 
/**
 * Its label.
 */
label: string, 
/**
 * How it waits, in words that follow the item: “stands above T-9, which it needs”.
 */
said: string, 
/**
 * Whether somebody should do something about it.
 */
wrong: boolean, };

type WeeklyRate = { 
/**
 * How many came in all the weeks.
 */
count: number, 
/**
 * The mean of a week, in hundredths.
 */
mean: number, 
/**
 * The median of the weeks, in hundredths.
 */
median: number, 
/**
 * The 85th percentile of the weeks.
 */
most: number, 
/**
 * The weeks, the earliest first.
 */
weeks: Array<InterruptsWeek>, 
/**
 * What they may take; none where too few interrupts know their time.
 */
load: ExpectedLoad | null, };

type WhatIf = { 
/**
 * The changes in words, with the command that would make each of them so.
 */
changes: Array<WhatIfMade>, 
/**
 * As it is planned.
 */
before: WhatIfFigures, 
/**
 * As it would be.
 */
after: WhatIfFigures, 
/**
 * The hours in words: “204.25 h → 198.5 h, 5.75 h less”.
 */
hoursSaid: string, 
/**
 * The points in words: “36 → 34.98 points, 1.02 less”.
 */
pointsSaid: string, 
/**
 * What would be at hand: “34.98 points at focus 0.82; 36 are selected, 1.02 too many.”
 */
forecast: string, 
/**
 * How the chance that the plan holds moves: “The plan holds: likely (72 %) → unlikely (31 %).” None where it cannot be
 * said, and while nothing is selected.
 */
chanceSaid: string | null, 
/**
 * The lanes.
 */
lanes: Array<WhatIfLane>, 
/**
 * The members whose hours would be others.
 */
members: Array<WhatIfMember>, 
/**
 * The items that fit as it is planned and would have to wait, in the order of the Product Backlog.
 */
waiting: Array<WhatIfItem>, };

type WhatIfChange = { "away": { 
/**
 * Who.
 */
member: MemberId, 
/**
 * The first day.
 */
firstDay: Day, 
/**
 * The last day, included.
 */
lastDay: Day, 
/**
 * How much of each day in basis points: 10,000 the whole, 5,000 half; 0 is there.
 */
away: Share, } } | { "onCall": { 
/**
 * Who.
 */
member: MemberId, 
/**
 * The first day.
 */
firstDay: Day, 
/**
 * The last day, included.
 */
lastDay: Day, 
/**
 * Whether they are.
 */
onCall: boolean, } } | { "buffer": { 
/**
 * Its share.
 */
share: Share, } } | { "shares": { 
/**
 * The share of each lane.
 */
shares: Array<LaneShare>, } } | { "length": { 
/**
 * How many; fewer below 0.
 */
days: number, } } | { "joins": { 
/**
 * Their name.
 */
name: string, 
/**
 * Their hours a day, as people write them.
 */
hours: string, 
/**
 * Their first day; empty is the first day of the Sprint.
 */
from?: string, } };

type WhatIfFigures = { 
/**
 * Its last day.
 */
lastDay: Day, 
/**
 * Its working days.
 */
workingDays: number, 
/**
 * Net minutes; none where nobody's hours are set.
 */
net: Minutes | null, 
/**
 * Points of the planned lanes; none where they are not known.
 */
points: Size | null, 
/**
 * By how many points the whole plan lies over them.
 */
over: Size | null, };

type WhatIfItem = { 
/**
 * The item.
 */
item: ItemId, 
/**
 * Its label.
 */
label: string, 
/**
 * Its title.
 */
title: string, 
/**
 * Its size.
 */
size: Size | null, };

type WhatIfLane = { 
/**
 * As it is planned.
 */
before: PlanLane, 
/**
 * As it would be.
 */
after: PlanLane, };

type WhatIfMade = { 
/**
 * “Ana away on 2 December”.
 */
said: string, 
/**
 * The command that makes it so.
 */
command: Command, };

type WhatIfMember = { 
/**
 * Their name.
 */
name: string, 
/**
 * The hours in words: “50 h → 44.25 h, 5.75 h less”.
 */
said: string, };

type WhatIfQuestion = { 
/**
 * The Sprint; it is not started.
 */
sprint: SprintId, 
/**
 * What would be otherwise, one after the other.
 */
changes: Array<WhatIfChange>, };

type WhatWasPossible = { 
/**
 * What is counted.
 */
unit: Unit, 
/**
 * Completed in the planned lanes.
 */
completed: Size, 
/**
 * Committed in them.
 */
committed: Size, 
/**
 * Of the committed, what was displaced.
 */
displaced: Size, 
/**
 * Completed ÷ (committed − displaced); none where the interrupts left nothing possible.
 */
share: Share | null, };

type Whereabouts = "open" | "backlog" | "selected" | "ended" | "all";

type WindowQuestion = { 
/**
 * Which items.
 */
filter?: BacklogFilter, 
/**
 * How they are sorted for the eye.
 */
sort?: SortView, 
/**
 * How many rows to leave out at the top.
 */
from: number, 
/**
 * How many rows at most.
 */
limit: number, };

type WorkKind = "feature" | "bug" | "debt" | "infrastructure";

type WorkingWeek = number;

type WriteHandoverNote = { 
/**
 * The level.
 */
level: RowId, 
/**
 * What to watch.
 */
text: string, };

type WrittenDays = number | string;

type WrittenMoment = Instant | string;

type WrittenTime = number | string;

type Zone = string;
