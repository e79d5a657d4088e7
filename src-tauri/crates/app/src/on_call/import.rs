//! Shifts from elsewhere: an iCalendar file, or a table with a beginning, an end and a person.
//!
//! 1. Each event or row is a time on call of one person. What cannot be read is named with its line or its event, with the
//!    reason, and left out; nothing is guessed.
//! 2. Who is meant is matched by name and shown; whoever is not known is left out until a person chooses: a member, or to
//!    add them for the days on which they were on call.
//! 3. What is taken speaks for its own time: what was stored in it before gives way. What is so already, stored or by the
//!    roster of its level, writes nothing, so that a file can be imported again, and a rota that was saved as a calendar.
//! 4. Days are whole days in the team's zone, the last included; times with a zone are in that zone, others in the team's.
//! 5. An event that repeats comes until a day, a year ahead if none is said; an edited occurrence takes the place of its
//!    own, a cancelled one leaves it empty. From an edit on that changes all later ones the event is left out.
//! 6. A shift that Evenkeel saved goes back to the level that it was saved from; a level that the team does not have is
//!    never another one.

mod calendar;
mod rows;

use super::past::{record, take_out};
use super::{first_level, level_of, span_said};
use crate::contract::{Context, Outcome};
use crate::error::AppError;
use crate::team::counted;
use crate::team::members::member_of;
use domain::calendar::{Day, Instant, Zone};
use domain::identity::{MemberId, RowId};
use domain::measures::Share;
use domain::on_call::{OnCallBook, StoredShift, stretches};
use domain::team::{Member, MemberHours};
use serde::{Deserialize, Serialize};
use store::{Reader, Writer};
use ts_rs::TS;

/// Asks what an attached file of shifts holds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct ShiftFileQuestion {
    /// The level that the shifts are of; the first if it is not given.
    #[ts(optional = nullable)]
    pub level: Option<RowId>,
    /// Who is meant by the names in the file.
    #[ts(optional, as = "Option<Vec<PersonChoice>>")]
    pub people: Vec<PersonChoice>,
    /// The last day of events that repeat for ever; a year ahead if it is not given.
    #[ts(optional = nullable)]
    pub until: Option<Day>,
    /// Which columns of a table say what.
    #[ts(optional = nullable)]
    pub columns: Option<ShiftColumns>,
}

/// Who is meant by a name; neither a member nor to be added is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PersonChoice {
    /// The name as the file has it.
    pub written: String,
    /// The member.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub member: Option<MemberId>,
    /// Whether they are added to the team, for the days on which they were on call.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub add: bool,
}

/// The columns of a table of shifts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ShiftColumns {
    /// When it begins.
    pub from: String,
    /// When it ends; empty: when the next row begins.
    pub to: String,
    /// Who.
    pub person: String,
}

/// What a file of shifts holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ShiftFile {
    /// What the file calls itself; may be empty.
    pub name: String,
    /// Its columns; none of a calendar.
    pub columns: Vec<String>,
    /// Which of them say what; none of a calendar.
    pub chosen: Option<ShiftColumns>,
    /// Everybody in it, who has most first.
    pub people: Vec<PersonFound>,
    /// How many shifts would be stored.
    pub fresh: u32,
    /// How many are stored already.
    pub known: u32,
    /// How many belong to people who are left out.
    pub without_person: u32,
    /// From when to when they reach, in words; empty without any.
    pub said: String,
    /// The first of them, in words.
    pub first: Vec<String>,
    /// What was left out, with the reason.
    pub left_out: Vec<ShiftLeftOut>,
    /// What else is to be known, in sentences.
    pub notes: Vec<String>,
}

/// Somebody in a file of shifts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PersonFound {
    /// The name as the file has it.
    pub written: String,
    /// How many shifts they have.
    pub shifts: u32,
    /// The member who is meant; none where nobody is.
    pub member: Option<MemberId>,
    /// Whether they would be added to the team.
    pub add: bool,
    /// From when to when, in words.
    pub said: String,
}

/// An event or a row that is no shift.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ShiftLeftOut {
    /// Its line; none in a calendar.
    #[ts(type = "number | null")]
    pub line: Option<u64>,
    /// What stands there.
    pub what: String,
    /// Why it is left out.
    pub why: String,
}

/// Takes the shifts of an attached file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct ImportShifts {
    /// The same as was asked of the file.
    #[serde(flatten)]
    pub asked: ShiftFileQuestion,
    /// Where they come from: the name of the file.
    #[ts(optional, as = "Option<String>")]
    pub source: String,
}

/// A time on call as a file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Shift {
    person: String,
    from: Instant,
    to: Instant,
    /// The level that it was saved from (rule 6); none where the file does not know.
    level: Option<RowId>,
}

/// What was read of a file, before anybody is known.
#[derive(Debug, Default)]
struct Read {
    name: String,
    columns: Vec<String>,
    chosen: Option<ShiftColumns>,
    shifts: Vec<Shift>,
    left_out: Vec<ShiftLeftOut>,
    notes: Vec<String>,
}

pub(super) fn shift_file(
    reader: &Reader<'_>,
    question: ShiftFileQuestion,
    context: &Context<'_>,
) -> Result<ShiftFile, AppError> {
    let (read, people) = look(reader, &question, context)?;
    let zone = reader.team()?.zone;
    let known = Known::of(reader, &read, level_asked(reader, question.level)?)?;
    let mut file = ShiftFile {
        name: read.name,
        columns: read.columns,
        chosen: read.chosen,
        people: Vec::new(),
        fresh: 0,
        known: 0,
        without_person: 0,
        said: read
            .shifts
            .iter()
            .map(|shift| shift.from)
            .min()
            .zip(read.shifts.iter().map(|shift| shift.to).max())
            .map(|(from, to)| span_said(from, to, zone))
            .unwrap_or_default(),
        first: Vec::new(),
        left_out: read.left_out,
        notes: read.notes,
    };
    let meant = |shift: &Shift| people.iter().find(|person| person.written == shift.person);
    for shift in &read.shifts {
        match meant(shift) {
            Some(PersonFound { member: Some(member), .. }) if known.holds(shift, *member) => {
                file.known += 1;
            }
            Some(person) if person.member.is_some() || person.add => file.fresh += 1,
            _ => file.without_person += 1,
        }
    }
    for shift in read.shifts.iter().take(8) {
        file.first.push(format!("{}: {}", shift.person, span_said(shift.from, shift.to, zone)));
    }
    let together = overlapping(&read.shifts);
    if together > 0 {
        let shifts = counted(together, "shift");
        file.notes.push(format!("{shifts} overlap with another person’s: both are on call then."));
    }
    for level in reader.on_call_levels()? {
        let own = read.shifts.iter().filter(|shift| shift.level == Some(level.id)).count() as u32;
        if own > 0 && known.asked != Some(level.id) {
            let (name, shifts) = (&level.name, counted(own, "shift"));
            file.notes.push(format!("Saved from the level {name}, and back to it: {shifts}."));
        }
    }
    file.people = people;
    Ok(file)
}

pub(super) fn import_shifts(
    writer: &mut Writer<'_>,
    command: ImportShifts,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let (read, people) = look(writer, &command.asked, context)?;
    let zone = writer.team()?.zone;
    let today = zone.day_of(context.now);
    let mut members: Vec<(String, MemberId)> = Vec::new();
    let mut added = 0;
    for person in people {
        match (person.member, person.add) {
            (Some(member), _) => members.push((person.written, member)),
            (None, true) => {
                let own: Vec<&Shift> =
                    read.shifts.iter().filter(|shift| shift.person == person.written).collect();
                let first = own.iter().map(|shift| zone.day_of(shift.from)).min().unwrap_or(today);
                let last = own.iter().map(|shift| zone.day_of(shift.to.plus_millis(-1))).max();
                let hours = MemberHours { valid_from: first, a_day: None, week: None, share: Share::WHOLE };
                let member = Member {
                    id: writer.identity(),
                    name: person.written.clone(),
                    from: first,
                    // Who is on call today or later is still there.
                    to: last.filter(|last| *last < today),
                    hours: vec![hours],
                };
                writer.put_member(&member)?;
                members.push((person.written, member.id));
                added += 1;
            }
            (None, false) => {}
        }
    }
    let meant = |shift: &Shift| {
        members.iter().find(|(written, _)| *written == shift.person).map(|(_, member)| *member)
    };
    let known = Known::of(writer, &read, level_asked(writer, command.asked.level)?)?;
    let mine: Vec<(MemberId, &Shift)> =
        read.shifts.iter().filter_map(|shift| Some((meant(shift)?, shift))).collect();
    let fresh: Vec<(MemberId, &Shift)> =
        mine.iter().copied().filter(|(member, shift)| !known.holds(shift, *member)).collect();
    if !fresh.is_empty() {
        record(writer, context.now)?;
        let asked = match known.asked {
            Some(level) => level,
            None => first_level(writer)?.id,
        };
        let written = with_overlapping(&fresh, &mine, asked);
        for (_, shift) in &written {
            take_out(writer, shift.level.unwrap_or(asked), None, shift.from, shift.to)?;
        }
        for (member, shift) in &written {
            let shift = StoredShift {
                id: writer.identity(),
                level: shift.level.unwrap_or(asked),
                member: *member,
                from: shift.from,
                to: shift.to,
                source: command.source.trim().to_owned(),
            };
            shift
                .check()
                .map_err(|refused| AppError::refused(refused.to_string(), "Mend the file first."))?;
            writer.put_stored_shift(&shift)?;
        }
    }
    let mut title = format!("Import {}", counted(fresh.len() as u32, "shift"));
    if added > 0 {
        title += &format!(" and {}", counted(added, "person").replace("persons", "people"));
    }
    let left = read.shifts.iter().filter(|shift| meant(shift).is_none()).count();
    let outcome = Outcome::titled(title);
    Ok(match (fresh.is_empty(), left) {
        (true, 0) if read.shifts.is_empty() => outcome.noting("Nothing in the file is a shift of this team."),
        (true, 0) => outcome.noting("All of them are known already."),
        (true, _) => outcome.noting("Nobody in the file is chosen as a member."),
        (false, 0) => outcome,
        (false, left) => outcome
            .noting(format!("{} of people who are not chosen were left out.", counted(left as u32, "shift"))),
    })
}

/// The level that is meant, if there is any.
fn level_asked(reader: &Reader<'_>, level: Option<RowId>) -> Result<Option<RowId>, AppError> {
    if let Some(level) = level {
        return Ok(Some(level_of(reader, level)?.id));
    }
    let levels = reader.on_call_levels()?;
    Ok(levels.iter().find(|level| level.takes_hours).or(levels.first()).map(|level| level.id))
}

/// What is so in the time that the shifts of a file reach over.
struct Known {
    /// The level of shifts that do not know theirs.
    asked: Option<RowId>,
    stored: Vec<StoredShift>,
    book: OnCallBook,
}

impl Known {
    fn of(reader: &Reader<'_>, read: &Read, asked: Option<RowId>) -> Result<Known, AppError> {
        let from = read.shifts.iter().map(|shift| shift.from).min();
        let to = read.shifts.iter().map(|shift| shift.to).max();
        Ok(match from.zip(to) {
            Some((from, to)) => {
                Known { asked, stored: reader.stored_shifts(from, to)?, book: reader.on_call_book(from, to)? }
            }
            None => Known { asked, stored: Vec::new(), book: OnCallBook::default() },
        })
    }

    /// Whether somebody has a shift already: stored, or by the roster of its level (rule 3).
    fn holds(&self, shift: &Shift, member: MemberId) -> bool {
        let Some(level) = shift.level.or(self.asked) else { return false };
        let (from, to) = (shift.from, shift.to);
        let is_row = |row: &StoredShift| {
            row.level == level && row.member == member && row.from <= from && to <= row.to
        };
        let roster = self.book.levels.iter().find(|(one, _)| one.id == level);
        self.stored.iter().any(is_row)
            || roster.is_some_and(|(_, roster)| {
                // A calendar has whole seconds.
                stretches(&roster.shifts(from, to)).iter().any(|one| {
                    one.member == member
                        && one.from.millis() - from.millis() < 1_000
                        && to.millis() - one.to.millis() < 1_000
                })
            })
    }
}

/// Reads the file and says who is meant.
fn look(
    reader: &Reader<'_>,
    question: &ShiftFileQuestion,
    context: &Context<'_>,
) -> Result<(Read, Vec<PersonFound>), AppError> {
    let zone = reader.team()?.zone;
    let members = reader.members()?;
    let bytes = context.attached()?;
    let text = crate::capacity::holidays::text_of(bytes);
    let mut read = if text.contains("BEGIN:VCALENDAR") {
        let until = question.until.unwrap_or_else(|| zone.day_of(context.now).plus(365));
        calendar::read(&text, until, zone, (&members, &reader.on_call_levels()?), context)?
    } else {
        rows::read(bytes, question.columns.as_ref(), zone)?
    };
    if read.shifts.is_empty() && read.left_out.is_empty() {
        let hint = "Choose a calendar (.ics), or a table (.csv) with a beginning, an end and a person.";
        return Err(AppError::refused("The file holds no shift.", hint));
    }
    read.shifts.sort_by_key(|shift| (shift.from, shift.to));
    let mut people: Vec<PersonFound> = Vec::new();
    for shift in &read.shifts {
        match people.iter_mut().find(|person| person.written == shift.person) {
            Some(person) => person.shifts += 1,
            None => people.push(person(shift, &question.people, &members, reader)?),
        }
    }
    for person in &mut people {
        let own = || read.shifts.iter().filter(|shift| shift.person == person.written);
        let (from, to) = (own().map(|shift| shift.from).min(), own().map(|shift| shift.to).max());
        person.said = from.zip(to).map(|(from, to)| span(from, to, zone)).unwrap_or_default();
    }
    people.sort_by(|one, other| other.shifts.cmp(&one.shifts).then_with(|| one.written.cmp(&other.written)));
    Ok((read, people))
}

fn person(
    shift: &Shift,
    choices: &[PersonChoice],
    members: &[Member],
    reader: &Reader<'_>,
) -> Result<PersonFound, AppError> {
    let written = shift.person.clone();
    let (member, add) = match choices.iter().find(|choice| choice.written == written) {
        Some(choice) => match choice.member {
            Some(member) => (Some(member_of(reader, member)?.id), false),
            // Who was added by an import before is found again.
            None if choice.add => match matching(&written, members) {
                Some(member) => (Some(member), false),
                None => (None, true),
            },
            None => (None, false),
        },
        None => (matching(&written, members), false),
    };
    Ok(PersonFound { written, shifts: 1, member, add, said: String::new() })
}

/// The one member whom a name or an address can mean; none where it is not certain.
fn matching(written: &str, members: &[Member]) -> Option<MemberId> {
    let plain = |text: &str| text.trim().to_lowercase();
    let address = written.split('@').next().unwrap_or(written).replace(['.', '_'], " ");
    let wanted = [plain(written), plain(&address)];
    let one = |test: &dyn Fn(&Member) -> bool| {
        let mut found = members.iter().filter(|member| test(member));
        let first = found.next()?;
        found.next().is_none().then_some(first.id)
    };
    let first_name = |text: &str| text.split_whitespace().next().map(str::to_owned);
    one(&|member| wanted.contains(&plain(&member.name)))
        .or_else(|| {
            one(&|member| first_name(&plain(&member.name)).is_some_and(|name| wanted.contains(&name)))
        })
        .or_else(|| one(&|member| first_name(&wanted[0]).is_some_and(|name| name == plain(&member.name))))
}

fn span(from: Instant, to: Instant, zone: Zone) -> String {
    let day = |at: Instant| zone.day_of(at).date().format("%-d %B %Y").to_string();
    format!("{} – {}", day(from), day(to.plus_millis(-1)))
}

/// The shifts to write: the fresh ones, and those of the file that hold at the same time and level, as what is written
/// speaks for all of its time.
fn with_overlapping<'s>(
    fresh: &[(MemberId, &'s Shift)],
    all: &[(MemberId, &'s Shift)],
    asked: RowId,
) -> Vec<(MemberId, &'s Shift)> {
    let mut written = fresh.to_vec();
    let mut at = 0;
    while let Some((_, shift)) = written.get(at).copied() {
        let level = shift.level.unwrap_or(asked);
        for one in all {
            let meets =
                one.1.level.unwrap_or(asked) == level && one.1.from < shift.to && shift.from < one.1.to;
            if meets && !written.contains(one) {
                written.push(*one);
            }
        }
        at += 1;
    }
    written
}

/// How many shifts overlap with one of somebody else at the same level; they are in order of their beginnings.
fn overlapping(shifts: &[Shift]) -> u32 {
    let mut count = 0;
    for (at, shift) in shifts.iter().enumerate() {
        let later = shifts.iter().skip(at + 1).take_while(|other| other.from < shift.to);
        count += u32::from(
            later.into_iter().any(|other| other.person != shift.person && other.level == shift.level),
        );
    }
    count
}
