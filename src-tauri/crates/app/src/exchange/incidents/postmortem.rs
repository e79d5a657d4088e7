//! Postmortems in Markdown: a title with a day, a timeline of headings with times, and sections of text.
//!
//! 1. A report has a heading with its day; a text without one is no report, and is listed.
//! 2. A heading within the timeline that begins with a time is an entry. Its day is the last that was said, at first that
//!    of the title; a time more than twelve hours before the last is of the next day.
//! 3. Times are in the zone that the timeline or the heading says, else in the team's. A zone that is not known places
//!    nothing: each entry is listed with its line, and the timeline is kept as text.
//! 4. A milestone is taken only where an entry says it in so many words; the words are in [`SAID`].
//! 5. Every other section is kept as a note with its heading, action items too.

use super::Note;
use super::moment::{SaidZone, When};
use domain::calendar::{Day, Instant};
use domain::incident::Milestone;

/// A report as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Report {
    /// The whole heading; by it a later version is known.
    pub key: String,
    /// The heading without its day.
    pub title: String,
    /// Severity and services, where a line says them.
    pub severity: Option<String>,
    pub services: Option<String>,
    /// The day of the title, as its first moment in the zone of the report.
    pub day: Instant,
    /// Milestones that entries of the timeline say.
    pub said: Vec<(Milestone, Instant)>,
    /// The first and the last entry with a time.
    pub entries: Option<(Instant, Instant)>,
    /// Entries and sections.
    pub notes: Vec<Note>,
    /// What is not read: line, text, reason.
    pub unread: Vec<(usize, String, String)>,
    /// The short name of the zone, where one is said that knows no summer.
    pub short_zone: Option<String>,
    /// Whether nothing says the zone of its times.
    pub without_zone: bool,
    /// Whether its moments are local times of the team, each as if that were UTC.
    pub is_local: bool,
    /// Entries that are read as of the day after the last.
    pub after_midnight: usize,
}

/// What an entry says, word for word, where it tells of a milestone.
pub(super) const SAID: &[(Milestone, &[&str])] = &[
    (
        Milestone::Began,
        &[
            "start of incident",
            "start of the incident",
            "incident starts",
            "incident started",
            "incident begins",
            "incident began",
            "problem starts",
            "problem started",
            "outage starts",
            "outage started",
            "outage begins",
            "outage began",
            "service starts degrading",
        ],
    ),
    (
        Milestone::Detected,
        &[
            "team alerted",
            "alert fires",
            "alert fired",
            "first report",
            "incident detected",
            "problem is identified",
            "outage is reported",
            "outage was reported",
        ],
    ),
    (
        Milestone::Acknowledged,
        &[
            "investigation starts",
            "investigation started",
            "investigation is started",
            "investigation begins",
            "investigation launched",
            "incident acknowledged",
        ],
    ),
    (
        Milestone::Mitigated,
        &["mitigated", "service resumes", "service restored", "service is restored", "back to normal"],
    ),
    (
        Milestone::Resolved,
        &[
            "incident ends",
            "end of incident",
            "incident resolved",
            "incident is resolved",
            "problem is resolved",
            "problem was resolved",
        ],
    ),
];

/// Whether a text may be a report: Markdown whose first heading is one of the first level.
pub(super) fn is_markdown(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim_end).filter(|line| !line.trim().is_empty()).take(40);
    lines.find(|line| line.starts_with('#')).is_some_and(|line| line.starts_with("# "))
}

/// The report of a text; or the line and why it is none.
pub(super) fn read(text: &str) -> Result<Report, (usize, String, &'static str)> {
    let lines: Vec<Line<'_>> = Line::all(text);
    let heading = lines.iter().find(|line| line.level == 1).ok_or((
        1,
        String::new(),
        "there is no heading of the first level, which would be the title",
    ))?;
    let refused = |why| (heading.number, heading.words.to_owned(), why);
    let (day, title) = day_and_title(heading.words).ok_or_else(|| {
        refused("the title has no day such as 2026-11-24, so that this is no report of an incident")
    })?;
    let (zone, zone_line) = zone_of(&lines);
    let placed = match &zone {
        SaidOf::Nothing => Some(SaidZone::Offset(0)),
        SaidOf::Known(zone, _) => Some(*zone),
        SaidOf::Unknown(..) => None,
    };
    let first =
        SaidZone::instant(placed.unwrap_or(SaidZone::Offset(0)), day.date().and_time(Default::default()));
    let mut report = Report {
        key: heading.words.to_owned(),
        title: if title.is_empty() { heading.words.to_owned() } else { title },
        severity: None,
        services: None,
        day: first,
        said: Vec::new(),
        entries: None,
        notes: Vec::new(),
        unread: Vec::new(),
        short_zone: match &zone {
            SaidOf::Known(SaidZone::Offset(_), said)
                if !said.contains(['+', '-', '/']) && !said.contains("UTC") && !said.contains("GMT") =>
            {
                Some(said.clone())
            }
            _ => None,
        },
        without_zone: zone == SaidOf::Nothing,
        is_local: !matches!(zone, SaidOf::Known(..)),
        after_midnight: 0,
    };
    if let SaidOf::Unknown(line, said) = &zone {
        let reason =
            "this is no zone that can be read for certain; write one such as America/Los_Angeles or UTC+2";
        report.unread.push((*line, said.clone(), reason.to_owned()));
    }
    let mut walk = Walk {
        report,
        day,
        zone: placed,
        own_zone: None,
        last: None,
        section: Section::Head,
        open: None,
        zone_line,
        sections: Vec::new(),
    };
    for line in &lines {
        walk.line(line, heading.number);
    }
    Ok(walk.finish())
}

/// A line of Markdown: a heading with its level, or a text of level 0.
#[derive(Debug, Clone, Copy)]
struct Line<'t> {
    number: usize,
    level: usize,
    /// The words of a heading, or the whole line.
    words: &'t str,
}

impl Line<'_> {
    fn all(text: &str) -> Vec<Line<'_>> {
        let mut is_code = false;
        let line = |(at, text): (usize, &'_ str)| -> (usize, usize, usize) {
            let trimmed = text.trim_start();
            if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
                is_code = !is_code;
                return (at + 1, 0, 0);
            }
            let level = text.bytes().take_while(|b| *b == b'#').count();
            let is_heading =
                !is_code && (1..=6).contains(&level) && text.as_bytes().get(level) == Some(&b' ');
            (at + 1, if is_heading { level } else { 0 }, level)
        };
        let of = text.lines().enumerate().map(line).collect::<Vec<_>>();
        text.lines()
            .zip(of)
            .map(|(text, (number, level, marks))| {
                let words = match level {
                    0 => text,
                    _ => text.get(marks..).unwrap_or_default().trim().trim_end_matches('#').trim_end(),
                };
                Line { number, level, words }
            })
            .collect()
    }
}

/// `2018-04-18, Culler flood` and `incident date: 2019-02-20, kubectl logs unavailable`.
fn day_and_title(heading: &str) -> Option<(Day, String)> {
    let (at, day) = heading
        .char_indices()
        .filter(|(_, letter)| letter.is_ascii_digit())
        .find_map(|(at, _)| Some((at, heading.get(at..at + 10).and_then(Day::parse)?)))?;
    let behind = heading.get(at + 10..).unwrap_or_default();
    // A time between the day and the title belongs to neither.
    let time = When::read(behind.trim_start_matches([',', ' '])).filter(|when| when.time.is_some());
    let title = match behind.split_once(',') {
        Some((_, title)) if time.is_some() => title,
        _ => behind,
    };
    let before = heading.get(..at).unwrap_or_default().trim_end_matches([':', '-', ',', '(', ' ']).trim();
    let title = title.trim_start_matches([' ', ',', ':', '-', '–', '—', ')']).trim();
    let title = match (title.is_empty(), before) {
        (true, before) => before,
        (false, _) => title,
    };
    Some((day, title.to_owned()))
}

/// What a report says of the zone of its times.
#[derive(Debug, PartialEq, Eq)]
enum SaidOf {
    Nothing,
    Known(SaidZone, String),
    Unknown(usize, String),
}

/// The zone that a line says, “All times in PST”, and the number of the line; 0 where none does.
fn zone_of(lines: &[Line<'_>]) -> (SaidOf, usize) {
    for line in lines.iter().filter(|line| line.level == 0) {
        let lower = line.words.to_ascii_lowercase();
        let found = ["times in ", "times are in ", "times given in "].iter().find_map(|words| {
            let at = lower.find(words)?;
            // A sentence that only mentions times says no zone.
            (at <= 4).then(|| line.words.get(at + words.len()..)).flatten()
        });
        if let Some(said) = found {
            let said = said.trim();
            let zone = match SaidZone::of_line(said) {
                Some(zone) => SaidOf::Known(zone, said.to_owned()),
                None => SaidOf::Unknown(line.number, line.words.trim().to_owned()),
            };
            return (zone, line.number);
        }
    }
    let headings =
        lines.iter().filter(|line| line.level == 2 && line.words.to_lowercase().contains("timeline"));
    for heading in headings {
        let inner = heading.words.split_once('(').and_then(|(_, inner)| inner.split(')').next());
        if let Some((said, zone)) = inner.and_then(|said| Some((said, SaidZone::of_line(said)?))) {
            return (SaidOf::Known(zone, said.to_owned()), 0);
        }
    }
    // Each heading may say its own.
    let own = lines.iter().filter(|line| line.level > 1).find_map(|line| When::read(line.words)?.zone);
    (own.map_or(SaidOf::Nothing, |zone| SaidOf::Known(zone, "+".to_owned())), 0)
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Section {
    /// Before the first section.
    Head,
    Timeline,
    /// Any other.
    Other,
}

/// What is being read, line by line.
struct Walk {
    report: Report,
    /// The last day that was said.
    day: Day,
    zone: Option<SaidZone>,
    /// The zone that the last heading with one said.
    own_zone: Option<SaidZone>,
    /// The last moment of the timeline.
    last: Option<Instant>,
    section: Section,
    /// The note that goes on.
    open: Option<Open>,
    /// The line that says the zone; it is no text.
    zone_line: usize,
    /// The notes that tell of no moment.
    sections: Vec<Note>,
}

#[derive(Default)]
struct Open {
    /// When; none where it is a section, or an entry that nothing places.
    at: Option<Instant>,
    head: String,
    body: Vec<String>,
    /// Whether it is an entry of the timeline.
    is_entry: bool,
    /// Whether its own words say its moment.
    is_placed: bool,
    /// Whether it stands in a list, so that the next line of the list is another one.
    is_listed: bool,
}

impl Walk {
    fn line(&mut self, line: &Line<'_>, title: usize) {
        if line.number <= title {
            self.said_of(line.words);
            return;
        }
        let is_timeline = self.section == Section::Timeline;
        if is_timeline && line.level >= 2 {
            if let Some(when) = When::read(line.words) {
                return self.entry(line, when);
            }
            if line.level > 2 {
                // A heading below the timeline's that is no moment.
                self.close();
                let reason = "the heading has no time that can be read".to_owned();
                self.report.unread.push((line.number, line.words.to_owned(), reason));
                let head = line.words.to_owned();
                self.open = Some(Open { at: self.last, head, is_entry: true, ..Open::default() });
                return;
            }
        }
        if line.level == 2 {
            self.close();
            let head = line.words.to_owned();
            self.section = match head.to_lowercase().contains("timeline") {
                true => Section::Timeline,
                false => Section::Other,
            };
            self.open = Some(Open { head, ..Open::default() });
            return;
        }
        if is_timeline
            && let Some(text) = listed(line.words)
            && !self.open.as_ref().is_some_and(|open| open.is_entry && !open.is_listed)
            && let Some(when) = When::read(text).filter(|when| when.time.is_some())
        {
            self.entry(line, when);
            if let Some(open) = &mut self.open {
                open.is_listed = true;
            }
            return;
        }
        if line.number == self.zone_line {
            return;
        }
        if self.section == Section::Head && self.said_of(line.words) {
            return;
        }
        match (&mut self.open, &self.section) {
            (Some(open), _) => open.body.push(match line.level {
                0 => line.words.to_owned(),
                _ => format!("{}:", line.words),
            }),
            (None, Section::Head) => {
                self.open = Some(Open { body: vec![line.words.to_owned()], ..Open::default() });
            }
            (None, _) => {}
        }
    }

    /// `**Severity:** P1`: takes what a line before the sections says; answers whether it did.
    fn said_of(&mut self, line: &str) -> bool {
        let plain = line.trim().trim_start_matches(['-', '*', '|', ' ']).replace("**", "");
        let Some((key, value)) = plain.split_once(':').or_else(|| plain.split_once('|')) else {
            return false;
        };
        let value = value.trim().trim_matches(['|', '*', '"', ' ']).to_owned();
        if value.is_empty() {
            return false;
        }
        match key.trim().to_lowercase().as_str() {
            "severity" | "priority" => self.report.severity = Some(value),
            "service" | "services" | "affected services" | "services affected" => {
                self.report.services = Some(value);
            }
            _ => return false,
        }
        true
    }

    /// An entry of the timeline begins.
    fn entry(&mut self, line: &Line<'_>, when: When) {
        self.close();
        let unread = |walk: &mut Walk, reason: &str| {
            walk.report.unread.push((line.number, line.words.to_owned(), reason.to_owned()));
            walk.open =
                Some(Open { at: walk.last, head: line.words.to_owned(), is_entry: true, ..Open::default() });
        };
        self.own_zone = when.zone.or(self.own_zone);
        let Some(zone) = self.own_zone.or(self.zone) else {
            return unread(self, "the zone of the time is not known");
        };
        let said_day = match when.day {
            None => None,
            Some((year, month, day)) => {
                let year = year.or_else(|| self.day.to_string().get(..4).and_then(|year| year.parse().ok()));
                match year.and_then(|year| Day::new(year, month, day)) {
                    Some(day) => Some(day),
                    None => return unread(self, "there is no such day"),
                }
            }
        };
        self.day = said_day.unwrap_or(self.day);
        let at = |day: Day, time| zone.instant(day.date().and_time(time));
        let moment = match when.time {
            None => at(self.day, Default::default()),
            Some(time) => {
                let moment = at(self.day, time);
                let is_far_before =
                    self.last.is_some_and(|last| last.millis() - moment.millis() > 12 * 3_600_000);
                if said_day.is_none() && is_far_before {
                    self.day = self.day.plus(1);
                    self.report.after_midnight += 1;
                    at(self.day, time)
                } else {
                    moment
                }
            }
        };
        let head = match (&when.time, &when.about) {
            (None, _) if when.text.is_empty() => "On this day".to_owned(),
            (None, _) => format!("On this day: {}", when.text),
            (_, Some(about)) if when.text.is_empty() => format!("({about})"),
            (_, Some(about)) => format!("({about}) {}", when.text),
            _ => when.text,
        };
        if when.time.is_some() {
            self.last = Some(moment);
            let (first, last) = self.report.entries.unwrap_or((moment, moment));
            self.report.entries = Some((first.min(moment), last.max(moment)));
        }
        self.open = Some(Open { at: Some(moment), head, is_entry: true, is_placed: true, ..Open::default() });
    }

    /// Keeps the note that went on.
    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        let (head, body) = (open.head.as_str(), reflowed(&open.body));
        let body = body.trim();
        let text = match (head.is_empty(), body.is_empty()) {
            // A section without a text says nothing.
            (_, true) if !open.is_entry => return,
            (true, _) => body.to_owned(),
            (false, true) => head.to_owned(),
            (false, false) => format!("{head}\n{body}"),
        };
        if text.is_empty() {
            return;
        }
        let (url, is_local) = (first_link(&text), self.report.is_local);
        if let Some(at) = open.at.filter(|_| open.is_placed) {
            self.milestone(&text, at);
        }
        let note = Note { url, text, is_local, ..Note::at(open.at.unwrap_or(self.report.day)) };
        match open.at {
            Some(_) => self.report.notes.push(note),
            None => self.sections.push(note),
        }
    }

    /// The milestone that the first words of an entry say.
    fn milestone(&mut self, text: &str, at: Instant) {
        let first: String = text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
        let first: String = first.chars().take(220).collect();
        for (milestone, words) in SAID {
            let is_said = words.iter().any(|words| {
                first.match_indices(words).any(|(place, _)| {
                    let before = first.get(..place).unwrap_or_default();
                    !before.ends_with("not ") && !before.ends_with(char::is_alphanumeric)
                })
            });
            if is_said && !self.report.said.iter().any(|(known, _)| known == milestone) {
                self.report.said.push((*milestone, at));
            }
        }
    }

    fn finish(mut self) -> Report {
        self.close();
        // Sections tell of the whole: they stand behind what happened.
        let end = self.report.entries.map_or(self.report.day, |(_, last)| last);
        let sections = self.sections.into_iter().map(|note| Note { at: end, ..note });
        self.report.notes.extend(sections);
        self.report
    }
}

/// What stands in a list or in the first cell of a table: “14:03 – it began” of “- 14:03 – it began”.
fn listed(line: &str) -> Option<&str> {
    let line = line.trim();
    let text = ["- ", "* ", "| "].iter().find_map(|mark| line.strip_prefix(mark))?;
    Some(text.trim_end_matches('|').trim())
}

/// Lines as a text: those of a paragraph as one, for a page is wider than a file.
fn reflowed(lines: &[String]) -> String {
    let mut text = String::new();
    let (mut is_code, mut goes_on) = (false, false);
    for line in lines {
        let plain = line.trim();
        let is_fence = plain.starts_with("```") || plain.starts_with("~~~");
        let is_listed = plain.starts_with(['-', '*', '+', '>', '|', '<'])
            || plain.split_once(['.', ')']).is_some_and(|(number, _)| number.parse::<u32>().is_ok());
        if goes_on && !is_fence && !is_listed && !plain.is_empty() {
            text.push(' ');
            text.push_str(plain);
        } else {
            text.push('\n');
            text.push_str(line.trim_end());
        }
        is_code ^= is_fence;
        // A heading ends its line; what begins a list goes on until the next of it.
        goes_on =
            !is_code && !is_fence && !plain.is_empty() && !plain.ends_with(':') && !line.ends_with("  ");
    }
    text
}

/// The first address in a text.
fn first_link(text: &str) -> String {
    let at = ["https://", "http://"].iter().filter_map(|begin| text.find(begin)).min();
    let Some(rest) = at.and_then(|at| text.get(at..)) else { return String::new() };
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, ')' | '>' | ']' | '"' | '`' | '|'));
    rest.get(..end.unwrap_or(rest.len())).unwrap_or_default().trim_end_matches(['.', ',', ';']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::calendar::Zone;
    use expect_test::{Expect, expect};

    fn check(text: &str, expected: Expect) {
        let when = |at: Instant| Zone::UTC.local(at).format("%m-%d %H:%M").to_string();
        let told = match read(text) {
            Err((line, value, why)) => format!("line {line} {value:?}: {why}\n"),
            Ok(report) => {
                let mut told = format!("{} | {}\n", report.key, report.title);
                for (what, said) in [("severity", &report.severity), ("services", &report.services)] {
                    told.extend(said.iter().map(|said| format!("{what} {said}\n")));
                }
                told.extend(report.said.iter().map(|(m, at)| format!("{m} {}\n", when(*at))));
                told.extend(report.notes.iter().map(|note| {
                    let link = if note.url.is_empty() { String::new() } else { format!(" <{}>", note.url) };
                    format!("{}: {}{link}\n", when(note.at), note.text.replace('\n', " / "))
                }));
                told.extend(
                    report.unread.iter().map(|(line, text, why)| format!("line {line} {text:?}: {why}\n")),
                );
                told
            }
        };
        expected.assert_eq(&told);
    }

    #[test]
    fn a_timeline_is_read_with_the_days_of_its_headings_and_of_the_title() {
        check(
            "# 2018-04-18, Culler flood\n\n**Severity:** P2\n\n## Summary\n\nThe Hub was flooded.\n\n## Timeline\n\nAll times in CEST\n\n\
             ### 2018-04-18 12:35\n\nA new version\nis deployed.\n\n```\nhelm upgrade\n  --install\n```\n\n### ~13:30-13:45\n\nProblem starts.\n\n### 14:29\n\nAn outage is reported \
             ([link](https://example.org/a)), investigation is started.\n\n### 23:50\n\nThis does not resolve it.\n\n### 00:20\n\nAll is back to normal.\n\n\
             ### 2X:XX (not sure)\n\nSomething.\n\n## Action items\n\n### Process\n\n- Look earlier\n",
            expect![[r#"
                2018-04-18, Culler flood | Culler flood
                severity P2
                began 04-18 11:30
                detected 04-18 12:29
                acknowledged 04-18 12:29
                mitigated 04-18 22:20
                04-18 10:35: A new version is deployed. /  / ``` / helm upgrade /   --install / ```
                04-18 11:30: (about 13:30-13:45) / Problem starts.
                04-18 12:29: An outage is reported ([link](https://example.org/a)), investigation is started. <https://example.org/a>
                04-18 21:50: This does not resolve it.
                04-18 22:20: All is back to normal.
                04-18 22:20: 2X:XX (not sure) / Something.
                04-18 22:20: Summary / The Hub was flooded.
                04-18 22:20: Action items / Process: /  / - Look earlier
                line 39 "2X:XX (not sure)": the heading has no time that can be read
            "#]],
        );
    }

    #[test]
    fn times_in_a_list_or_a_table_are_entries_too() {
        check(
            "# Incident: 2026-03-02 Payments\nServices: checkout, ledger\n## Timeline (UTC)\n- 10:00 Outage begins\n- 10:05 – team alerted\n  still looking\n- 10:30: mitigated\n## Lessons\n",
            expect![[r#"
                Incident: 2026-03-02 Payments | Payments
                services checkout, ledger
                began 03-02 10:00
                detected 03-02 10:05
                mitigated 03-02 10:30
                03-02 10:00: Outage begins
                03-02 10:05: team alerted / still looking
                03-02 10:30: mitigated
            "#]],
        );
    }

    #[test]
    fn the_title_is_what_stands_beside_the_day() {
        for (heading, day, title) in [
            ("incident date: 2019-02-20, logs unavailable", "2019-02-20", "logs unavailable"),
            ("2017-11-30 4:23PM PST, Out of memory", "2017-11-30", "Out of memory"),
            ("2018-02-22 NGINX crash", "2018-02-22", "NGINX crash"),
            ("The queue is full (2026-10-05)", "2026-10-05", "The queue is full"),
        ] {
            let read = day_and_title(heading).map(|(day, title)| (day.to_string(), title));
            assert_eq!(read, Some((day.to_owned(), title.to_owned())), "{heading}");
        }
        assert_eq!(day_and_title("Template for reports"), None);
    }

    #[test]
    fn a_zone_that_is_not_known_places_nothing_and_a_text_without_a_day_is_no_report() {
        check(
            "# 2020-07-09, Many launches\n## Timeline\nAll times in UC/Pacific\n### 07:30am - First report\nWe hear reports.\n",
            expect![[r#"
                2020-07-09, Many launches | Many launches
                07-09 00:00: 07:30am - First report / We hear reports.
                line 3 "All times in UC/Pacific": this is no zone that can be read for certain; write one such as America/Los_Angeles or UTC+2
                line 4 "07:30am - First report": the zone of the time is not known
            "#]],
        );
        check(
            "# Incident reporting\n\nWords.\n",
            expect![[r#"
            line 1 "Incident reporting": the title has no day such as 2026-11-24, so that this is no report of an incident
        "#]],
        );
    }
}
