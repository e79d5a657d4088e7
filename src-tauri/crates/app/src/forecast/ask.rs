//! Asking: the question, made ready to be drawn, and its answer as a view.
//!
//! 1. Work is the open items without parts in the planned lanes, in the order of the Product Backlog. Ended items of a
//!    group are done already.
//! 2. Where a group is asked for with all that stands above it, that comes first. What is in two groups counts with the
//!    first.
//! 3. An unsized item counts 0 points and is named (1.4); items are counted where fewer than half are sized (1.3).

use super::kept::{Held, held_so_far};
use super::odds::{Planned, ahead_of};
use super::past::{Past, working_past, worth};
use super::prepared::{Drawn, Group, Otherwise, PlannedItem, Prepared, Subject, chance_said, day_said};
use crate::contract::{Context, Nothing};
use crate::error::AppError;
use crate::sprint::{SprintName, sprint_of};
use crate::team::{counted, together};
use charts::{Chart, ChartError, Size as Pixels, Theme, ThemeName};
use domain::calendar::Day;
use domain::flow::Unit;
use domain::forecast::{Likelihood, MARKS, Seed, TRIALS};
use domain::identity::{ItemId, SprintId};
use domain::measures::{Share, Size};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use store::{OpenWork, Reader};
use ts_rs::TS;

/// Asks what may come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ForecastQuestion {
    /// What.
    pub ask: ForecastAsk,
    /// What is counted; none is what fits.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub unit: Option<Unit>,
    /// What would be otherwise.
    #[serde(default)]
    #[ts(optional, as = "Option<ForecastWhatIf>")]
    pub what_if: ForecastWhatIf,
    /// What chance starts from; none is that of the day.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub seed: Option<Seed>,
    /// The theme of the pictures.
    pub theme: ThemeName,
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
}

/// What can be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ForecastAsk {
    /// How much is done by then?
    HowMany {
        /// Until when.
        until: ForecastUntil,
    },
    /// When is this done?
    When {
        /// What.
        work: ForecastWork,
        /// Whether everything that stands above it in the Product Backlog is done first.
        #[serde(default)]
        above: bool,
    },
    /// When is each of these done, one after the other?
    InOrder {
        /// What, in order.
        groups: Vec<ForecastWork>,
    },
    /// Does the plan of a Sprint hold?
    Plan {
        /// The Sprint; none is the next planned one, else the running one.
        #[serde(default)]
        #[ts(optional = nullable)]
        sprint: Option<SprintId>,
    },
}

/// Until when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ForecastUntil {
    /// A day, `YYYY-MM-DD`.
    Day(String),
    /// The end of a Sprint that is not closed.
    Sprint(SprintId),
}

/// Work that is to be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ForecastWork {
    /// So much, as people write it.
    Amount(String),
    /// The first so many items of the Product Backlog.
    Top(u32),
    /// Items.
    Items(Vec<ItemId>),
    /// The items with a label.
    Label(String),
    /// The parts of an item.
    Parent(ItemId),
}

/// What would be otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct ForecastWhatIf {
    /// How much of what was done would be done, in basis points: 12,000 is a fifth more.
    #[ts(optional = nullable)]
    pub throughput: Option<Share>,
    /// How much more there would be to do, as people write it: `3`, `-2`.
    #[ts(optional, as = "Option<String>")]
    pub scope: String,
    /// The share that the buffer would have, in basis points.
    #[ts(optional = nullable)]
    pub buffer: Option<Share>,
    /// The day on which it would begin, `YYYY-MM-DD`; empty is the first whole day.
    #[ts(optional, as = "Option<String>")]
    pub start: String,
}

/// What may come.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ForecastView {
    /// The question in words.
    pub question: String,
    /// The answer in words: a range with its likelihoods.
    pub answer: String,
    /// The answer without what would be otherwise; none where nothing would be.
    pub without: Option<String>,
    /// What is counted.
    pub unit: Unit,
    /// The groups, each with what its marks say; one where it is one question.
    pub groups: Vec<ForecastGroup>,
    /// The items of a plan, each with the chance that it is done with all before it.
    pub items: Vec<ItemOdds>,
    /// The picture.
    pub chart: Chart,
    /// What it is drawn from, as a picture.
    pub past: Chart,
    /// What it is drawn from, in words.
    pub method: String,
    /// What should be known beside it, in sentences.
    pub notes: Vec<String>,
    /// How past forecasts held.
    pub held: Held,
    /// What chance started from.
    pub seed: Seed,
}

/// What a forecast says of one group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ForecastGroup {
    /// “Checkout”.
    pub name: String,
    /// The marks, the most likely last.
    pub marks: Vec<ForecastMark>,
}

/// What a forecast says at a likelihood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ForecastMark {
    /// In per cent.
    pub percent: u32,
    /// “very likely”.
    pub likelihood: String,
    /// “by 14 March”, “at least 9 items”.
    pub said: String,
    /// The same without what would be otherwise; none where nothing would be.
    pub without: Option<String>,
}

/// The chance that an item is done with all before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ItemOdds {
    /// The item.
    pub item: ItemId,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// The chance.
    pub chance: Share,
    /// In words: “likely (72 %)”.
    pub said: String,
}

pub(crate) fn ask(
    reader: &Reader<'_>,
    question: ForecastQuestion,
    context: &Context<'_>,
) -> Result<ForecastView, AppError> {
    let (theme, size) = (question.theme, Pixels::new(question.width, question.height));
    view(reader, &prepare(reader, &question, context)?, theme, size)
}

/// The answer as a view.
pub(super) fn view(
    reader: &Reader<'_>,
    prepared: &Prepared,
    theme: ThemeName,
    size: Pixels,
) -> Result<ForecastView, AppError> {
    let (drawn, as_it_is) = (prepared.draw()?, prepared.draw_as_it_is()?);
    let theme = Theme::named(theme);
    let strip = Pixels::new(size.width, (size.height * 2 / 5).max(Pixels::SMALLEST));
    let chart = prepared.picture(&drawn, as_it_is.as_ref(), &theme, size).map_err(undrawn)?;
    let past = charts::forecast_past(&prepared.past, &theme, strip, "forecast-past").map_err(undrawn)?;
    let without = as_it_is.as_ref().map(|drawn| prepared.marks(drawn));
    let names: Vec<String> = match &prepared.subject {
        Subject::When { groups } => groups.iter().map(|group| group.name.clone()).collect(),
        _ => vec![String::new()],
    };
    let group = |(place, (name, said)): (usize, (String, Vec<String>))| ForecastGroup {
        name,
        marks: MARKS
            .iter()
            .zip(said)
            .enumerate()
            .map(|(mark, (percent, said))| ForecastMark {
                percent: *percent,
                likelihood: Likelihood::of(Share::percent((*percent).into())).to_string(),
                said,
                without: without.as_ref().and_then(|all| all.get(place)?.get(mark).cloned()),
            })
            .collect(),
    };
    let groups = names.into_iter().zip(prepared.marks(&drawn)).enumerate().map(group).collect();
    let mut notes = prepared.notes.clone();
    let items = match (&drawn, &prepared.subject) {
        (Drawn::Plan(chance), Subject::Plan { items, .. }) => {
            notes.extend(chance.buffer.map(|holds| {
                let most = chance.interrupts.at_most(85).unwrap_or_default();
                format!(
                    "That the buffer is enough for interrupts is {}; very likely (85 %) they take at most {most}.",
                    chance_said(holds)
                )
            }));
            notes.extend(super::odds::unknown_interrupts(&drawn_days(prepared)));
            if !chance.by_hours {
                notes.push(
                    "Absences and on-call load do not count yet: the hours of too few past days are known."
                        .to_owned(),
                );
            }
            let one = |(item, chance): (&PlannedItem, &Share)| ItemOdds {
                item: item.item,
                label: item.label.clone(),
                title: item.title.clone(),
                chance: *chance,
                said: chance_said(*chance),
            };
            items.iter().zip(&chance.each).map(one).collect()
        }
        _ => Vec::new(),
    };
    Ok(ForecastView {
        question: prepared.question.clone(),
        answer: prepared.answer(&drawn),
        without: as_it_is.as_ref().map(|drawn| prepared.answer(drawn)),
        unit: prepared.unit,
        groups,
        items,
        chart,
        past,
        method: prepared.method(),
        notes,
        held: held_so_far(reader)?,
        seed: prepared.seed,
    })
}

/// The working days of the past from which a plan is drawn.
fn drawn_days(prepared: &Prepared) -> Vec<domain::forecast::PastDay> {
    match &prepared.subject {
        Subject::Plan { past, .. } => past.clone(),
        _ => Vec::new(),
    }
}

fn undrawn(error: ChartError) -> AppError {
    match error {
        ChartError::Unfit { .. } => {
            AppError::refused(format!("{error}."), "Make the window, or the picture, another size.")
                .at("width")
        }
        error => AppError::internal(error.to_string()),
    }
}

/// The question with everything that its answer is drawn from.
pub(super) fn prepare(
    reader: &Reader<'_>,
    question: &ForecastQuestion,
    context: &Context<'_>,
) -> Result<Prepared, AppError> {
    let past = Past::read(reader, context.now)?;
    let today = past.today;
    past.is_enough()?;
    let asked = Asked::read(reader, &question.ask, &past, context)?;
    let (unit, counted_so) = unit_of(question.unit, &past, &asked.work);
    let seed = question.seed.unwrap_or_else(|| seed_of(today));
    let mut notes: Vec<String> = counted_so.into_iter().collect();
    if unit == Unit::Points {
        let unsized_items = asked.work.iter().flatten().filter(|work| work.size.is_none()).count() as u32;
        if unsized_items > 0 {
            let have = if unsized_items == 1 { "has no size and counts" } else { "have no size and count" };
            notes.push(format!("{} {have} 0 points.", counted(unsized_items, "item")));
        }
    }
    notes.extend(asked.notes.iter().cloned());
    let (subject, from) = asked.subject(reader, &past, unit)?;
    let mut prepared = Prepared {
        question: String::new(),
        subject,
        unit,
        past: past.work(unit),
        from,
        seed,
        trials: TRIALS,
        otherwise: otherwise(reader, question, today, from, unit, &asked)?,
        today,
        notes,
    };
    prepared.question = in_words(&prepared, &question.ask);
    Ok(prepared)
}

/// The seed of a day: the same question has the same answer all day long.
pub(crate) fn seed_of(day: Day) -> Seed {
    const BEGIN: i64 = 719_163;
    Seed::new(u32::try_from(i64::from(chrono::Datelike::num_days_from_ce(&day.date())) - BEGIN).unwrap_or(0))
}

/// What is asked, as the file knows it.
struct Asked {
    /// The work of each group.
    work: Vec<Vec<OpenWork>>,
    /// The name of each group; its place in the list is that of its work.
    names: Vec<GroupName>,
    /// The Sprint of a plan.
    plan: Option<Planned>,
    /// The last day of amounts.
    until: Option<(String, Day, Option<SprintId>)>,
    notes: Vec<String>,
}

enum GroupName {
    /// An amount of its own, without items.
    Amount(String),
    /// Items under a name.
    Named(String),
    /// So many items.
    Items,
    /// The first ones.
    Top(u32),
}

impl Asked {
    fn read(
        reader: &Reader<'_>,
        ask: &ForecastAsk,
        past: &Past,
        context: &Context<'_>,
    ) -> Result<Asked, AppError> {
        let mut asked =
            Asked { work: Vec::new(), names: Vec::new(), plan: None, until: None, notes: Vec::new() };
        match ask {
            ForecastAsk::HowMany { until } => asked.until = Some(until_of(reader, until, past.today)?),
            ForecastAsk::When { work, above } => asked.groups(reader, std::slice::from_ref(work), *above)?,
            ForecastAsk::InOrder { groups } => asked.groups(reader, groups, false)?,
            ForecastAsk::Plan { sprint } => {
                let plan = Planned::read(reader, *sprint, context)?;
                asked.work.push(plan.open_work());
                asked.plan = Some(plan);
            }
        }
        Ok(asked)
    }

    /// Reads groups (rules 1 and 2).
    fn groups(&mut self, reader: &Reader<'_>, groups: &[ForecastWork], above: bool) -> Result<(), AppError> {
        if groups.is_empty() {
            return Err(AppError::refused(
                "Nothing is asked for.",
                "Choose a label, an item with parts, or items.",
            )
            .at("groups"));
        }
        if groups.len() > MOST_GROUPS {
            return Err(AppError::refused(
                format!("{} are too many for one picture.", counted(groups.len() as u32, "group")),
                format!("Ask for at most {MOST_GROUPS} at once."),
            )
            .at("groups"));
        }
        let buffers = reader.buffer_lanes()?;
        let mut open = reader.open_work()?;
        open.retain(|work| !work.lane.is_some_and(|lane| buffers.contains(&lane)));
        let mut taken: HashSet<ItemId> = HashSet::new();
        for group in groups {
            let (name, mut work) = group_of(reader, group, &open)?;
            if above && let Some(last) = work.last().map(|last| last.item) {
                let end = open.iter().position(|work| work.item == last).map_or(0, |place| place + 1);
                let first = end - work.len().min(end);
                if first > 0 {
                    let come = if first == 1 {
                        "1 item that stands above it in the Product Backlog comes"
                    } else {
                        &format!("{first} items that stand above it in the Product Backlog come")
                    };
                    self.notes.push(format!("{come} first."));
                }
                work = open[..end].to_vec();
            }
            work.retain(|one| taken.insert(one.item));
            self.names.push(name);
            self.work.push(work);
        }
        Ok(())
    }

    /// What is asked, and the day before the first that is simulated.
    fn subject(&self, reader: &Reader<'_>, past: &Past, unit: Unit) -> Result<(Subject, Day), AppError> {
        if let Some((until, last, sprint)) = &self.until {
            let subject = Subject::HowMany { until: until.clone(), last: *last, sprint: *sprint };
            return Ok((subject, past.today));
        }
        if let Some(plan) = &self.plan {
            let ahead = ahead_of(reader, plan, past.today)?;
            let items = plan.items.iter().map(|item| PlannedItem {
                item: item.id,
                label: item.label.clone(),
                title: item.title.clone(),
                amount: worth(item.size, unit),
            });
            let past_days = working_past(reader, past, unit)?.days().to_vec();
            // Whether a buffer is enough is said where it is known what interrupts take.
            let buffer = plan.buffer.filter(|_| super::odds::unknown_interrupts(&past_days).is_none());
            let subject = Subject::Plan {
                sprint: plan.sprint.id,
                name: plan.sprint.name.clone(),
                last: plan.sprint.last_day,
                past: past_days,
                ahead,
                items: items.collect(),
                buffer,
            };
            return Ok((subject, plan.from(past.today)));
        }
        let group = |(name, work): (&GroupName, &Vec<OpenWork>)| -> Result<Group, AppError> {
            let items: Vec<ItemId> = work.iter().map(|work| work.item).collect();
            let count = counted(items.len() as u32, "item");
            let sum: Size = work.iter().map(|work| worth(work.size, unit)).sum();
            let (name, amount) = match name {
                GroupName::Amount(text) => {
                    let amount = amount_of(text, unit)?;
                    (super::prepared::amount_said(amount, unit), amount)
                }
                GroupName::Named(name) => (name.clone(), sum),
                GroupName::Items => (count, sum),
                GroupName::Top(asked) => (format!("the first {}", counted(*asked, "item")), sum),
            };
            Ok(Group { name, amount, items })
        };
        let groups = self.names.iter().zip(&self.work).map(group).collect::<Result<_, _>>()?;
        Ok((Subject::When { groups }, past.today))
    }
}

/// The most groups of one question.
const MOST_GROUPS: usize = 12;
/// The most items or points that are asked for as a mere number.
const MOST: Size = Size::points(1_000_000);

/// How much is meant. Refused: what is no number, nothing, a part of an item.
fn amount_of(text: &str, unit: Unit) -> Result<Size, AppError> {
    let hint = match unit {
        Unit::Items => "Write a whole number of items, such as 12.",
        Unit::Points => "Write a number of points, such as 34 or 7.5.",
    };
    let amount = Size::parse(text)
        .ok()
        .filter(|size| *size > Size::ZERO && *size <= MOST)
        .filter(|size| unit == Unit::Points || size.in_hundredths() % 100 == 0);
    amount.ok_or_else(|| {
        AppError::refused(format!("“{}” is not how much there is to do.", text.trim()), hint).at("amount")
    })
}

/// A group's name and its open work, in the order of the Product Backlog.
fn group_of(
    reader: &Reader<'_>,
    group: &ForecastWork,
    open: &[OpenWork],
) -> Result<(GroupName, Vec<OpenWork>), AppError> {
    let among = |items: HashSet<ItemId>| -> Vec<OpenWork> {
        open.iter().filter(|work| items.contains(&work.item)).copied().collect()
    };
    let (name, work) = match group {
        ForecastWork::Amount(text) => return Ok((GroupName::Amount(text.clone()), Vec::new())),
        ForecastWork::Top(count) => {
            (GroupName::Top(*count), open.iter().take(*count as usize).copied().collect())
        }
        ForecastWork::Items(items) => match &items[..] {
            [only] => {
                let item = reader.item(*only)?.ok_or_else(|| AppError::not_found("item"))?;
                (GroupName::Named(format!("{} {}", item.label, item.title)), among([*only].into()))
            }
            _ => (GroupName::Items, among(items.iter().copied().collect())),
        },
        ForecastWork::Label(name) => {
            let labelled = reader.items_labelled(std::slice::from_ref(name))?;
            (GroupName::Named(name.clone()), among(labelled.into_iter().collect()))
        }
        ForecastWork::Parent(parent) => {
            let item = reader.item(*parent)?.ok_or_else(|| AppError::not_found("item"))?;
            let parents: HashMap<ItemId, ItemId> = reader.all_parents()?.into_iter().collect();
            let is_part = |work: &&OpenWork| {
                let mut above = work.parent;
                // Parents make no circle; a hostile file may.
                for _ in 0..100 {
                    match above {
                        Some(id) if id == *parent => return true,
                        Some(id) => above = parents.get(&id).copied(),
                        None => return false,
                    }
                }
                false
            };
            (GroupName::Named(item.title), open.iter().filter(is_part).copied().collect::<Vec<_>>())
        }
    };
    if work.is_empty() {
        let what = match &name {
            GroupName::Named(name) => format!("“{name}”"),
            _ => "what is asked for".to_owned(),
        };
        return Err(AppError::refused(
            format!("Nothing of {what} is still to be done."),
            "Choose open items of the planned lanes, a label or an item with parts that has some.",
        )
        .at("work"));
    }
    Ok((name, work))
}

/// Until when, in words, and the last day. Refused: a day that is past, a Sprint that is closed.
fn until_of(
    reader: &Reader<'_>,
    until: &ForecastUntil,
    today: Day,
) -> Result<(String, Day, Option<SprintId>), AppError> {
    match until {
        ForecastUntil::Day(text) => {
            let day: Day = text.trim().parse().map_err(|refused: domain::calendar::DayRefused| {
                AppError::refused(format!("{refused}."), "Choose the last day that counts.").at("until")
            })?;
            if day <= today {
                return Err(AppError::refused(
                    format!("{} is no day to come.", day_said(day, today)),
                    "Choose a day after today.",
                )
                .at("until"));
            }
            Ok((format!("by {}", day_said(day, today)), day, None))
        }
        ForecastUntil::Sprint(id) => {
            let sprint = sprint_of(reader, *id)?;
            if sprint.closed_at.is_some() {
                let message = format!("{} is closed.", sprint.name);
                return Err(AppError::refused(message, "Choose a running or a planned Sprint.").at("until"));
            }
            if sprint.last_day <= today {
                let message =
                    format!("{} ends today, or is overdue: a forecast begins tomorrow.", sprint.name);
                return Err(AppError::refused(message, "Choose a later Sprint, or a day.").at("until"));
            }
            Ok((format!("by the end of {}", sprint.name), sprint.last_day, Some(sprint.id)))
        }
    }
}

/// The unit that is meant, and why items are counted although points were meant (1.3).
pub(super) fn unit_of(asked: Option<Unit>, past: &Past, work: &[Vec<OpenWork>]) -> (Unit, Option<String>) {
    if let Some(unit) = asked {
        return (unit, None);
    }
    let (done, all_done) = past.sized();
    let open = || work.iter().flatten();
    let (open_sized, all_open) = (open().filter(|work| work.size.is_some()).count(), open().count());
    let half = |sized: usize, all: usize| sized * 2 >= all;
    if all_done > 0 && half(done, all_done) && half(open_sized, all_open) {
        return (Unit::Points, None);
    }
    let why = if half(done, all_done) {
        format!("Items are counted: {open_sized} of {} have a size.", counted(all_open as u32, "item"))
    } else {
        format!(
            "Items are counted: {done} of {} that were done have a size.",
            counted(all_done as u32, "item")
        )
    };
    (Unit::Items, Some(why))
}

/// What would be otherwise.
fn otherwise(
    reader: &Reader<'_>,
    question: &ForecastQuestion,
    today: Day,
    from: Day,
    unit: Unit,
    asked: &Asked,
) -> Result<Otherwise, AppError> {
    let what_if = &question.what_if;
    let mut with = Otherwise::NOTHING;
    if let Some(share) = what_if.throughput {
        if share <= Share::ZERO || share > Share::percent(1_000) {
            return Err(AppError::refused(
                format!("{share} of what was done is no throughput."),
                "From 1 % to 1000 %; 100 % is as it was.",
            )
            .at("throughput"));
        }
        with.throughput = share;
    }
    let scope = what_if.scope.trim();
    if !scope.is_empty() {
        let (less, number) = match scope.strip_prefix(['-', '−']) {
            Some(rest) => (true, rest),
            None => (false, scope.strip_prefix('+').unwrap_or(scope)),
        };
        let amount = if number.trim() == "0" {
            Size::ZERO
        } else {
            amount_of(number, unit)
                .map_err(|refused| AppError { field: Some("scope".to_owned()), ..refused })?
        };
        with.scope = if less { -amount } else { amount };
    }
    if let Some(share) = what_if.buffer {
        let lanes = reader.lanes(today)?;
        let now = match &asked.plan {
            Some(plan) => plan.buffer_share,
            None => lanes.buffer().map_or(Share::ZERO, |lane| lane.share),
        };
        if share < Share::ZERO || share >= Share::WHOLE || now >= Share::WHOLE {
            return Err(AppError::refused(
                format!("A buffer of {share} leaves nothing for the planned lanes."),
                "From 0 % to 99 %.",
            )
            .at("buffer"));
        }
        match &asked.plan {
            // What a plan is worked off with stays; the buffer has more of it.
            Some(plan) => with.buffer = share.of_minutes(plan.net) - now.of_minutes(plan.net),
            None => {
                let (planned, before) =
                    ((Share::WHOLE - share).in_basis_points(), (Share::WHOLE - now).in_basis_points());
                let scaled = with.throughput.in_basis_points() * planned / before;
                with.throughput = Share::basis_points(scaled.max(1));
            }
        }
    }
    let start = what_if.start.trim();
    if !start.is_empty() {
        let day: Day = start.parse().map_err(|refused: domain::calendar::DayRefused| {
            AppError::refused(format!("{refused}."), "Choose the first day of the work.").at("start")
        })?;
        let later = from.plus(1).days_until(day);
        if !(0..=3_650).contains(&later) {
            return Err(AppError::refused(
                format!("Work cannot begin on {}.", day_said(day, today)),
                format!("Choose {} or a later day, within ten years.", day_said(from.plus(1), today)),
            )
            .at("start"));
        }
        with.later = match &asked.plan {
            Some(_) => {
                let calendar = reader.calendar()?;
                calendar.working_days(from.plus(1), day.plus(-1)).len() as u32
            }
            None => later as u32,
        };
    }
    Ok(with)
}

/// The question in words.
fn in_words(prepared: &Prepared, ask: &ForecastAsk) -> String {
    let unit = match prepared.unit {
        Unit::Items => "items",
        Unit::Points => "points",
    };
    let otherwise = prepared.otherwise_said();
    match (&prepared.subject, ask) {
        (Subject::HowMany { until, .. }, _) => format!("How many {unit} will be done {until}{otherwise}?"),
        (Subject::Plan { name, .. }, _) => format!("Will the plan of {name} hold{otherwise}?"),
        (Subject::When { groups }, ForecastAsk::InOrder { .. }) => {
            let names: Vec<&str> = groups.iter().map(|group| group.name.as_str()).collect();
            format!("When will each of these be done, one after the other: {}{otherwise}?", together(&names))
        }
        (Subject::When { groups }, ask) => {
            let above = matches!(ask, ForecastAsk::When { above: true, .. });
            let with = if above { ", with all that stands above," } else { "" };
            let of = groups.first().map_or_else(String::new, |group| {
                let said = super::prepared::amount_said(group.amount, prepared.unit);
                if said == group.name || group.items.is_empty() {
                    group.name.clone()
                } else {
                    format!("{} ({said})", group.name)
                }
            });
            format!("When will {of}{with} be done{otherwise}?")
        }
    }
}

/// What can be asked about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ForecastChoices {
    /// Sprints that are not closed: the running one, then those that are planned.
    pub sprints: Vec<SprintName>,
    /// The Sprint whose plan is meant where none is named: the next planned one, else the running one.
    pub plan: Option<SprintId>,
    /// Labels that open items of the planned lanes have, the most used first.
    pub labels: Vec<ForecastChoice>,
    /// Items with open parts, in the order of the Product Backlog.
    pub parents: Vec<ParentChoice>,
    /// How many open items there are.
    pub open: u32,
    /// How many weeks of the past forecasts are drawn from.
    pub weeks: u32,
    /// The first whole day: tomorrow.
    pub tomorrow: Day,
    /// The share that the buffer has.
    pub buffer: Share,
    /// How past forecasts held.
    pub held: Held,
}

/// A label that can be asked about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ForecastChoice {
    /// Its name.
    pub name: String,
    /// How many items have it.
    pub items: u32,
}

/// An item with open parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ParentChoice {
    /// The item.
    pub item: ItemId,
    /// Its label and title.
    pub name: String,
    /// How many open parts it has.
    pub parts: u32,
}

/// The most labels, and the most items with parts, that are offered.
const MOST_CHOICES: usize = 100;

pub(super) fn choices(
    reader: &Reader<'_>,
    _: Nothing,
    context: &Context<'_>,
) -> Result<ForecastChoices, AppError> {
    let today = reader.team()?.zone.day_of(context.now);
    let open = reader.open_work()?;
    let mut parents: Vec<(ItemId, u32)> = Vec::new();
    let mut places: HashMap<ItemId, usize> = HashMap::new();
    for parent in open.iter().filter_map(|work| work.parent) {
        let place = *places.entry(parent).or_insert_with(|| {
            parents.push((parent, 0));
            parents.len() - 1
        });
        if let Some(found) = parents.get_mut(place) {
            found.1 += 1;
        }
    }
    parents.truncate(MOST_CHOICES);
    let parent = |(id, parts): (ItemId, u32)| -> Result<Option<ParentChoice>, AppError> {
        let item = reader.item(id)?;
        Ok(item.map(|item| ParentChoice { item: id, name: format!("{} {}", item.label, item.title), parts }))
    };
    let parents: Vec<Option<ParentChoice>> = parents.into_iter().map(parent).collect::<Result<_, _>>()?;
    let ids: HashSet<ItemId> = open.iter().map(|work| work.item).collect();
    let labels = reader.labels_of_open(&ids)?;
    let label = |(name, items): (String, u32)| ForecastChoice { name, items };
    let is_open = |sprint: &&store::Sprint| sprint.closed_at.is_none();
    let sprints = reader.sprints()?;
    let (running, planned): (Vec<_>, Vec<_>) =
        sprints.iter().filter(is_open).partition(|sprint| sprint.started_at.is_some());
    Ok(ForecastChoices {
        plan: planned.first().or(running.first()).map(|sprint| sprint.id),
        sprints: running.into_iter().chain(planned).map(SprintName::from).collect(),
        labels: labels.into_iter().take(MOST_CHOICES).map(label).collect(),
        parents: parents.into_iter().flatten().collect(),
        open: open.len() as u32,
        weeks: reader.forecast_weeks()?,
        tomorrow: today.plus(1),
        buffer: reader.lanes(today)?.buffer().map_or(Share::ZERO, |lane| lane.share),
        held: held_so_far(reader)?,
    })
}
