//! A forecast with everything that it is drawn from: the same again gives the same answer to the byte.
//!
//! 1. What if changes the past that is drawn from (throughput, buffer), what is asked for (scope) or the start; the
//!    answer without it is drawn with the same seed, so that only the change shows.
//! 2. A larger buffer leaves less for the planned lanes: their throughput changes by (1 − new share) ÷ (1 − share).

use super::past::too_little;
use crate::error::AppError;
use crate::team::{counted, together};
use charts::{Chart, Size as Pixels, Theme};
use domain::calendar::Day;
use domain::flow::Unit;
use domain::forecast::{
    AmountForecast, DayForecast, HowMany, Likelihood, MARKS, Marks, OrderForecast, PastDay, PastWork,
    PlanChance, Samples, Seed, Wanted, When, WorkingDay, WorkingPast, how_many, plan_chance, when,
    when_in_order,
};
use domain::identity::{ItemId, SprintId};
use domain::measures::{Minutes, Share, Size};
use serde::{Deserialize, Serialize};

/// A forecast that can be drawn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Prepared {
    /// The question in words.
    pub question: String,
    /// What is asked.
    pub subject: Subject,
    /// What is counted.
    pub unit: Unit,
    /// What the past days gave.
    pub past: PastWork,
    /// The day before the first that is simulated.
    pub from: Day,
    /// The seed.
    pub seed: Seed,
    /// How many trials.
    pub trials: u32,
    /// What would be otherwise.
    pub otherwise: Otherwise,
    /// The day on which it is asked.
    pub today: Day,
    /// What should be known beside it, in sentences.
    pub notes: Vec<String>,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub(super) enum Subject {
    /// How much is done by a day.
    HowMany {
        /// “by 14 March”, “by the end of Sprint 43”.
        until: String,
        /// The last day.
        last: Day,
        /// The Sprint, where its end is meant.
        sprint: Option<SprintId>,
    },
    /// On which days groups are done that are worked off in order; often it is one.
    When {
        /// The groups.
        groups: Vec<Group>,
    },
    /// Whether a plan holds.
    Plan {
        /// The Sprint.
        sprint: SprintId,
        /// Its name.
        name: String,
        /// Its last day.
        last: Day,
        /// The working days of the past.
        past: Vec<PastDay>,
        /// The working days ahead.
        ahead: Vec<WorkingDay>,
        /// The plan, in its order.
        items: Vec<PlannedItem>,
        /// What the buffer has; none where that is not known.
        buffer: Option<Minutes>,
    },
}

/// Work that belongs together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Group {
    /// “Checkout”, “12 items”.
    pub name: String,
    /// How much it is.
    pub amount: Size,
    /// Its items, where it is not just an amount.
    pub items: Vec<ItemId>,
}

/// An item of a plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PlannedItem {
    /// The item.
    pub item: ItemId,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// What it counts.
    pub amount: Size,
}

/// What would be otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Otherwise {
    /// How much of what was done would be done; 100 % is as it was.
    pub throughput: Share,
    /// How much more there would be to do.
    pub scope: Size,
    /// On how many days later it would begin.
    pub later: u32,
    /// How many minutes more the buffer would have, where a plan is asked about.
    pub buffer: Minutes,
}

impl Otherwise {
    /// Nothing is otherwise.
    pub const NOTHING: Otherwise =
        Otherwise { throughput: Share::WHOLE, scope: Size::ZERO, later: 0, buffer: Minutes::ZERO };
}

/// What a forecast came to.
pub(super) enum Drawn {
    /// An amount.
    Amount(HowMany),
    /// Days, one distribution for each group.
    Days(Vec<When>),
    /// A plan.
    Plan(PlanChance),
}

impl Prepared {
    /// Simulates it. Refused: too little history.
    pub fn draw(&self) -> Result<Drawn, AppError> {
        self.drawn(&self.otherwise)
    }

    /// Simulates it as it is; none where nothing would be otherwise.
    pub fn draw_as_it_is(&self) -> Result<Option<Drawn>, AppError> {
        let same = self.otherwise == Otherwise::NOTHING;
        if same { Ok(None) } else { self.drawn(&Otherwise::NOTHING).map(Some) }
    }

    fn drawn(&self, with: &Otherwise) -> Result<Drawn, AppError> {
        let samples = || {
            let usual = Samples::new(self.past.done.iter().copied()).map_err(too_little)?;
            usual.scaled(with.throughput).map_err(|_| nothing_left())
        };
        let (trials, seed) = (self.trials, self.seed);
        Ok(match &self.subject {
            Subject::HowMany { last, .. } => {
                let days = u32::try_from(self.from.days_until(*last)).unwrap_or(0);
                Drawn::Amount(how_many(&samples()?, days.saturating_sub(with.later), trials, seed))
            }
            Subject::When { groups } => {
                let amounts = self.amounts(groups, with);
                let samples = samples()?;
                let mut days = match &amounts[..] {
                    [only] => vec![when(&samples, *only, trials, seed)],
                    _ => when_in_order(&samples, &amounts, trials, seed),
                };
                days.iter_mut().for_each(|when| *when = when.later(with.later));
                Drawn::Days(days)
            }
            Subject::Plan { past, ahead, items, buffer, .. } => {
                let scaled = |day: &PastDay| PastDay { done: with.throughput.of_size(day.done), ..*day };
                let past = WorkingPast::new(past.iter().map(scaled).collect()).map_err(|_| nothing_left())?;
                let mut amounts: Vec<Size> = items.iter().map(|item| item.amount).collect();
                // Less to do is taken from the end of the plan, more comes after it.
                let mut less = (-with.scope).max(Size::ZERO);
                for amount in amounts.iter_mut().rev() {
                    let taken = less.min(*amount);
                    *amount -= taken;
                    less -= taken;
                }
                amounts.push(with.scope.max(Size::ZERO));
                let late = (with.later as usize).min(ahead.len());
                let buffer = buffer.map(|has| (has + with.buffer).max(Minutes::ZERO));
                Drawn::Plan(plan_chance(&past, &ahead[late..], &amounts, buffer, trials, seed))
            }
        })
    }

    /// What each group comes to; more scope comes with the last.
    fn amounts(&self, groups: &[Group], with: &Otherwise) -> Vec<Size> {
        let mut amounts: Vec<Size> = groups.iter().map(|group| group.amount).collect();
        if let Some(last) = amounts.last_mut() {
            *last = (*last + with.scope).max(Size::ZERO);
        }
        amounts
    }

    /// The sum of a plan.
    fn wanted(&self, chance: &PlanChance) -> Option<Wanted> {
        let Subject::Plan { items, .. } = &self.subject else { return None };
        let amount = items.iter().map(|item| item.amount).sum::<Size>() + self.otherwise.scope;
        Some(Wanted { amount: amount.max(Size::ZERO), items: items.len() as u32, chance: chance.all })
    }

    /// The picture.
    pub fn picture(
        &self,
        drawn: &Drawn,
        as_it_is: Option<&Drawn>,
        theme: &Theme,
        size: Pixels,
    ) -> Result<Chart, charts::ChartError> {
        const PREFIX: &str = "forecast";
        let amount = |done: &HowMany, wanted, instead_of| AmountForecast {
            until: self.until(),
            unit: self.unit,
            done: done.clone(),
            wanted,
            instead_of,
        };
        match (drawn, &self.subject) {
            (Drawn::Amount(done), _) => {
                let instead_of = match as_it_is {
                    Some(Drawn::Amount(done)) => Some(done.clone()),
                    _ => None,
                };
                charts::forecast_amount(&amount(done, None, instead_of), theme, size, PREFIX)
            }
            (Drawn::Plan(chance), _) => {
                let instead_of = match as_it_is {
                    Some(Drawn::Plan(chance)) => Some(chance.done.clone()),
                    _ => None,
                };
                let wanted = self.wanted(chance);
                charts::forecast_amount(&amount(&chance.done, wanted, instead_of), theme, size, PREFIX)
            }
            (Drawn::Days(days), Subject::When { groups }) => {
                let was = |place: usize| match as_it_is {
                    Some(Drawn::Days(days)) => days.get(place).cloned(),
                    _ => None,
                };
                let group = |(place, (group, when)): (usize, (&Group, &When))| DayForecast {
                    what: group.name.clone(),
                    from: self.from,
                    when: when.clone(),
                    instead_of: was(place),
                };
                let mut groups: Vec<DayForecast> = groups.iter().zip(days).enumerate().map(group).collect();
                match groups.pop() {
                    Some(only) if groups.is_empty() => charts::forecast_days(&only, theme, size, PREFIX),
                    Some(last) => {
                        groups.push(last);
                        charts::forecast_order(&OrderForecast { groups }, theme, size, PREFIX)
                    }
                    None => Err(charts::ChartError::NoDays),
                }
            }
            (Drawn::Days(_), _) => Err(charts::ChartError::NoDays),
        }
    }

    /// What would be otherwise, in words: “, with 80 % of the throughput”; nothing where nothing would be.
    pub fn otherwise_said(&self) -> String {
        let with = &self.otherwise;
        let mut parts = Vec::new();
        if with.throughput != Share::WHOLE {
            parts.push(format!("with {} of the throughput", with.throughput));
        }
        if with.scope > Size::ZERO {
            parts.push(format!("with {} more", amount_said(with.scope, self.unit)));
        } else if with.scope < Size::ZERO {
            parts.push(format!("with {} less", amount_said(-with.scope, self.unit)));
        }
        if with.later > 0 {
            let days = match self.subject {
                Subject::Plan { .. } => "working day",
                _ => "day",
            };
            parts.push(format!("begun {} later", counted(with.later, days)));
        }
        if with.buffer > Minutes::ZERO {
            parts.push(format!("with {} more in the buffer", with.buffer));
        } else if with.buffer < Minutes::ZERO {
            parts.push(format!("with {} less in the buffer", -with.buffer));
        }
        parts.iter().map(|part| format!(", {part}")).collect()
    }

    /// “by 14 March”, “by the end of Sprint 43”.
    fn until(&self) -> String {
        match &self.subject {
            Subject::HowMany { until, .. } => until.clone(),
            Subject::Plan { name, .. } => format!("by the end of {name}"),
            Subject::When { .. } => String::new(),
        }
    }

    /// The answer in words: a range with its likelihoods.
    pub fn answer(&self, drawn: &Drawn) -> String {
        match drawn {
            Drawn::Amount(done) => {
                let (sure, even) = (self.at_least(done, 85), self.at_least(done, 50));
                format!("Very likely (85 %) {sure}, as likely as not (50 %) {even}, {}.", self.until())
            }
            Drawn::Days(days) => {
                let Subject::When { groups } = &self.subject else { return String::new() };
                match (&days[..], &groups[..]) {
                    ([only], _) => format!(
                        "Very likely (85 %) {}, as likely as not (50 %) {}.",
                        self.by_day(only, 85),
                        self.by_day(only, 50)
                    ),
                    (_, groups) => {
                        let one = |(group, when): (&Group, &When)| {
                            format!("{} {}", group.name, self.by_day(when, 85))
                        };
                        let all: Vec<String> = groups.iter().zip(days).map(one).collect();
                        format!("Very likely (85 %): {}.", together(&all))
                    }
                }
            }
            Drawn::Plan(chance) => {
                let Subject::Plan { items, last, .. } = &self.subject else { return String::new() };
                if items.is_empty() && self.otherwise.scope <= Size::ZERO {
                    return format!(
                        "Nothing is selected; very likely (85 %) there is room for {}.",
                        self.at_least(&chance.done, 85)
                    );
                }
                let all = match items.len() as u32 {
                    1 => "the item is".to_owned(),
                    count => format!("all {} are", counted(count, "item")),
                };
                format!(
                    "It is {} that {all} done by {}; very likely (85 %) {}.",
                    chance_said(chance.all),
                    self.day_said(*last),
                    self.at_least(&chance.done, 85)
                )
            }
        }
    }

    /// “at least 9 items”.
    fn at_least(&self, done: &HowMany, percent: u32) -> String {
        at_least(done, percent, self.unit)
    }

    /// “by 14 March”; where that is further away than it looks, it says so.
    pub fn by_day(&self, when: &When, percent: u32) -> String {
        match when.when_at(percent) {
            Some(0) => "already done".to_owned(),
            Some(days) => format!("by {}", self.day_said(self.from.plus(days.into()))),
            None => "not within ten years".to_owned(),
        }
    }

    /// “14 March”, with the year where it is another one than today's.
    pub fn day_said(&self, day: Day) -> String {
        day_said(day, self.today)
    }

    /// What each mark says: the group, the likelihood, the words.
    pub fn marks(&self, drawn: &Drawn) -> Vec<Vec<String>> {
        let amounts = |done: &HowMany| vec![MARKS.map(|percent| self.at_least(done, percent)).to_vec()];
        match drawn {
            Drawn::Amount(done) => amounts(done),
            Drawn::Plan(chance) => amounts(&chance.done),
            Drawn::Days(days) => {
                days.iter().map(|when| MARKS.map(|percent| self.by_day(when, percent)).to_vec()).collect()
            }
        }
    }

    /// The marks to be kept: of a plan what is done, of groups the last.
    pub fn kept_marks(&self, drawn: &Drawn) -> Option<Marks> {
        match drawn {
            Drawn::Amount(done) => Marks::of_amounts(done),
            Drawn::Plan(chance) => Marks::of_amounts(&chance.done),
            Drawn::Days(days) => days.last().map(Marks::of_days),
        }
    }

    /// What it is drawn from, in words.
    pub fn method(&self) -> String {
        let days = self.past.done.len() as u32;
        let done: Size = self.past.done.iter().copied().sum();
        let first = self.day_said(self.past.first);
        let a_day = Size::nearest(done.in_points() / f64::from(days.max(1))).unwrap_or_default();
        let what = match self.subject {
            Subject::Plan { .. } => "working days",
            _ => "days",
        };
        format!(
            "Drawn {} times from the {what} since {first}: {} in {}, {a_day} a day, planned lanes only.",
            grouped(self.trials),
            amount_said(done, self.unit),
            counted(days, "day"),
        )
    }
}

fn nothing_left() -> AppError {
    AppError::refused("Without any throughput nothing is ever done.", "Let some of it be left.")
        .at("throughput")
}

/// “likely (72 %)”.
pub(super) fn chance_said(chance: Share) -> String {
    format!("{} ({} %)", Likelihood::of(chance), chance.in_basis_points() / 100)
}

/// “at least 9 items”: a simulated amount is not more exact than tenths of points, from ten on whole ones.
pub(super) fn at_least(done: &HowMany, percent: u32, unit: Unit) -> String {
    let amount = done.how_many_at(percent).unwrap_or_default();
    let exact = match unit {
        Unit::Points if amount < Size::points(10) => Size::hundredths(10),
        _ => Size::points(1),
    };
    match amount.rounded_down(exact) {
        none if none <= Size::ZERO => "nothing or more".to_owned(),
        amount => format!("at least {}", amount_said(amount, unit)),
    }
}

/// “9 items”, “1 item”, “7.5 points”; items are whole.
pub(super) fn amount_said(amount: Size, unit: Unit) -> String {
    match unit {
        Unit::Items => {
            counted(u32::try_from(amount.in_hundredths().div_euclid(100)).unwrap_or(u32::MAX), "item")
        }
        Unit::Points => crate::capacity::points_said(amount),
    }
}

/// “14 March”, with the year where it is another one than today's.
pub(super) fn day_said(day: Day, today: Day) -> String {
    let form = if day.date().format("%Y").to_string() == today.date().format("%Y").to_string() {
        "%-d %B"
    } else {
        "%-d %B %Y"
    };
    day.date().format(form).to_string()
}

/// `10 000`, with a space that does not break.
fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let parts: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().filter_map(|part| std::str::from_utf8(part).ok()).collect();
    parts.join("\u{a0}")
}
