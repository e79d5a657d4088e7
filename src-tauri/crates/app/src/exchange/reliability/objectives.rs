//! Objectives as OpenSLO, Sloth and Pyrra write them.
//!
//! 1. What is counted decides: occurrences are requests, slices of time are time. The mean of the ratios of slices is
//!    counted nowhere here (10.8) and is not taken.
//! 2. A rolling window has days. Of the windows of the calendar there is the month; it begins at 00:00 in the team's
//!    zone, which is said where the file says otherwise.
//! 3. What a file says besides (queries, alerts) stays where it is: figures come from facts.
//! 4. An objective that lacks something is not taken at all, and is named by its line.

use super::super::yaml::{self, Node};
use super::Wrong;
use domain::reliability::{Horizon, Sli, Target};

/// Who wrote a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// OpenSLO, also its first version.
    OpenSlo,
    /// Sloth.
    Sloth,
    /// Pyrra.
    Pyrra,
}

impl Dialect {
    /// As its makers write it.
    pub fn name(self) -> &'static str {
        match self {
            Dialect::OpenSlo => "OpenSLO",
            Dialect::Sloth => "Sloth",
            Dialect::Pyrra => "Pyrra",
        }
    }
}

/// An objective that a file describes.
#[derive(Debug, Clone, PartialEq)]
pub struct Described {
    /// The line on which it begins.
    pub line: u32,
    /// The service, as the file calls it.
    pub service: String,
    /// Its name.
    pub name: String,
    /// What is measured.
    pub sli: Sli,
    /// Over which window.
    pub horizon: Horizon,
    /// The days of a rolling window.
    pub days: u32,
    /// The target.
    pub target: Target,
    /// Whether it is an agreement with others, by its name.
    pub is_agreement: bool,
}

/// What a text describes.
#[derive(Debug, Default)]
pub struct Descriptions {
    /// Who wrote its first document.
    pub dialect: Option<Dialect>,
    /// The objectives.
    pub objectives: Vec<Described>,
    /// What cannot be taken.
    pub wrong: Vec<Wrong>,
    /// What is to be known, in sentences.
    pub notes: Vec<String>,
}

/// The dialect of a text; none where no document of it is of a known one.
pub fn dialect(text: &str) -> Option<Dialect> {
    yaml::documents(text).ok()?.iter().find_map(|document| dialect_of(document))
}

fn dialect_of(document: &Node) -> Option<Dialect> {
    let version = document.text_of("apiVersion").unwrap_or_default();
    if version.starts_with("openslo") {
        Some(Dialect::OpenSlo)
    } else if version.starts_with("pyrra.dev") {
        Some(Dialect::Pyrra)
    } else if version.starts_with("sloth.slok.dev")
        || (document.get("slos").is_some()
            && document.text_of("version").is_some_and(|version| version.starts_with("prometheus")))
    {
        Some(Dialect::Sloth)
    } else {
        None
    }
}

/// Reads the objectives of a text.
pub fn read(text: &str) -> Descriptions {
    let mut read = Descriptions::default();
    let documents = match yaml::documents(text) {
        Ok(documents) => documents,
        Err(refused) => {
            read.wrong.push(Wrong::at(refused.line, "", refused.reason));
            return read;
        }
    };
    for document in &documents {
        let dialect = dialect_of(document);
        read.dialect = read.dialect.or(dialect);
        match dialect {
            Some(Dialect::OpenSlo) => read.open_slo(document),
            Some(Dialect::Sloth) => read.sloth(document),
            Some(Dialect::Pyrra) => read.pyrra(document),
            None => read.wrong.push(Wrong::at(
                document.line,
                document.text_of("kind").unwrap_or_default(),
                "this is no objective of OpenSLO, Sloth or Pyrra",
            )),
        }
    }
    read
}

type Read<T> = Result<T, Wrong>;

impl Descriptions {
    fn take(&mut self, described: Read<Described>) {
        match described {
            Ok(described) => self.objectives.push(described),
            Err(wrong) => self.wrong.push(wrong),
        }
    }

    fn open_slo(&mut self, document: &Node) {
        let kind = document.text_of("kind").unwrap_or_default();
        if kind != "SLO" {
            let reason = "only documents of kind SLO become objectives";
            self.wrong.push(Wrong::on_purpose(document.line, kind, reason));
            return;
        }
        let title = document.at(&["metadata", "displayName"]).or_else(|| document.at(&["metadata", "name"]));
        let title = title.and_then(Node::text).unwrap_or_default().to_owned();
        let named = || -> Read<(&Node, String)> {
            let spec = document.at(&["spec"]).ok_or_else(|| lacks(document, "spec"))?;
            let service = spec.text_of("service").ok_or_else(|| lacks(spec, "service"))?;
            Ok((spec, service.to_owned()))
        };
        let (spec, service) = match named() {
            Ok(named) => named,
            Err(wrong) => return self.wrong.push(wrong),
        };
        let objectives = spec.get("objectives").map(|node| node.list()).unwrap_or_default();
        if objectives.is_empty() {
            return self.wrong.push(lacks(spec, "objectives"));
        }
        let mut notes = Vec::new();
        for objective in objectives {
            let mut described = || -> Read<Described> {
                let sli = match spec.text_of("budgetingMethod") {
                    Some("Occurrences") | None => Sli::Requests,
                    Some("Timeslices") => Sli::Time,
                    Some("RatioTimeslices") => {
                        return Err(at(
                            spec,
                            "budgetingMethod",
                            "the mean of the ratios of slices is counted nowhere here; choose occurrences or time slices",
                        ));
                    }
                    Some(_) => return Err(at(spec, "budgetingMethod", "this way of budgeting is not known")),
                };
                let (horizon, days) = open_slo_window(spec, &title, &mut notes)?;
                let target = match (objective.get("target"), objective.get("targetPercent")) {
                    (Some(part), _) => target(part, 1e6)?,
                    (None, Some(percent)) => target(percent, 1e4)?,
                    (None, None) => return Err(lacks(objective, "target")),
                };
                let own = objective.text_of("displayName").filter(|_| objectives.len() > 1);
                let name = own.map_or_else(|| title.clone(), |own| format!("{title}: {own}"));
                let said = objective.text_of("displayName").unwrap_or(&title);
                let is_agreement = is_agreement(said);
                let (line, service) = (objective.line, service.clone());
                Ok(Described { line, service, name, sli, horizon, days, target, is_agreement })
            };
            let described = described();
            self.take(described);
        }
        notes.dedup();
        self.notes.append(&mut notes);
    }

    fn sloth(&mut self, document: &Node) {
        let kind = document.text_of("kind").unwrap_or_default();
        if kind == "AlertWindows" {
            let reason =
                "alerts here use the factors 14, 7, 2 and 1 over windows scaled to the objective’s length";
            self.wrong.push(Wrong::on_purpose(document.line, kind, reason));
            return;
        }
        // As a resource of Kubernetes the same lies under `spec`.
        let spec = document.at(&["spec"]).unwrap_or(document);
        let Some(service) = spec.text_of("service") else { return self.wrong.push(lacks(spec, "service")) };
        let objectives = spec.get("slos").map(|node| node.list()).unwrap_or_default();
        if objectives.is_empty() {
            self.wrong.push(lacks(spec, "slos"));
        }
        for objective in objectives {
            let described = || -> Read<Described> {
                let name = objective.text_of("name").ok_or_else(|| lacks(objective, "name"))?;
                let percent = objective.get("objective").ok_or_else(|| lacks(objective, "objective"))?;
                Ok(Described {
                    line: objective.line,
                    service: service.to_owned(),
                    name: name.to_owned(),
                    sli: Sli::Requests,
                    horizon: Horizon::Rolling,
                    days: 30,
                    target: target(percent, 1e4)?,
                    is_agreement: is_agreement(name),
                })
            };
            self.take(described());
        }
        if !objectives.is_empty() {
            self.note("Sloth’s files do not say over how many days; its usual 30 are taken.");
        }
    }

    fn pyrra(&mut self, document: &Node) {
        let kind = document.text_of("kind").unwrap_or_default();
        if kind != "ServiceLevelObjective" {
            let reason = "only documents of kind ServiceLevelObjective become objectives";
            self.wrong.push(Wrong::on_purpose(document.line, kind, reason));
            return;
        }
        let described = || -> Read<Described> {
            let name = document.at(&["metadata", "name"]).and_then(Node::text);
            let name = name.ok_or_else(|| lacks(document, "name"))?;
            let spec = document.at(&["spec"]).ok_or_else(|| lacks(document, "spec"))?;
            let percent = spec.get("target").ok_or_else(|| lacks(spec, "target"))?;
            let window = spec.get("window").ok_or_else(|| lacks(spec, "window"))?;
            let days = days(window.text().unwrap_or_default())
                .ok_or_else(|| at(spec, "window", "this is no length in days or weeks"))?;
            let is_probe =
                spec.at(&["indicator", "bool_gauge"]).or(spec.at(&["indicator", "boolGauge"])).is_some();
            Ok(Described {
                line: document.line,
                service: name.to_owned(),
                name: name.to_owned(),
                // A gauge that is up or down is asked at times; it tells of time.
                sli: if is_probe { Sli::Time } else { Sli::Requests },
                horizon: Horizon::Rolling,
                days,
                target: target(percent, 1e4)?,
                is_agreement: is_agreement(name),
            })
        };
        self.take(described());
        self.note("Pyrra’s files name no service; each objective proposes one of its own name.");
    }

    fn note(&mut self, note: &str) {
        if !self.notes.iter().any(|known| known == note) {
            self.notes.push(note.to_owned());
        }
    }
}

fn open_slo_window(spec: &Node, title: &str, notes: &mut Vec<String>) -> Read<(Horizon, u32)> {
    // The first version counts in units: `count: 30, unit: Day`.
    let windows = spec.get("timeWindow").or_else(|| spec.get("timeWindows"));
    let windows = windows.ok_or_else(|| lacks(spec, "timeWindow"))?;
    let window = windows.list().first().map_or(windows.as_ref(), |first| first.as_ref());
    let is_calendar = window.get("calendar").is_some() || window.is("isRolling") == Some(false);
    let length = match (window.text_of("duration"), window.text_of("count"), window.text_of("unit")) {
        (Some(duration), _, _) => duration.to_owned(),
        (None, Some(count), Some(unit)) => {
            let unit = match unit.to_ascii_lowercase().as_str() {
                "day" => "d",
                "week" => "w",
                "month" => "M",
                _ => return Err(at(window, "unit", "objectives are over days, weeks or a month")),
            };
            format!("{count}{unit}")
        }
        _ => return Err(lacks(window, "duration")),
    };
    if !is_calendar {
        let days =
            days(&length).ok_or_else(|| at(window, "duration", "a rolling window here has 1 to 366 days"))?;
        return Ok((Horizon::Rolling, days));
    }
    // `m` stands for minutes, of which no calendar window is made: such files mean the month.
    if !matches!(length.as_str(), "1M" | "1m") {
        return Err(at(window, "duration", "of the windows of the calendar only the month is counted here"));
    }
    let starts = window.at(&["calendar", "startTime"]).and_then(Node::text);
    if let Some(zone) = window.at(&["calendar", "timeZone"]) {
        let named = zone.text().unwrap_or_default();
        if domain::calendar::Zone::parse(named).is_none() {
            return Err(Wrong::at(zone.line, named, "this time zone is not known"));
        }
        let starts = starts.unwrap_or_default();
        notes.push(format!(
            "{title}: its months begin at {starts} in {named} there; here they begin on the first at 00:00 in the team’s zone."
        ));
    }
    Ok((Horizon::Month, 0))
}

/// The days of `30d`, `4w` or `720h`; none where it is no whole number of days from 1 to 366.
fn days(length: &str) -> Option<u32> {
    let unit = length.trim().chars().last()?;
    let number: u32 = length.trim().strip_suffix(unit)?.trim().parse().ok()?;
    let days = match unit {
        'd' => number,
        'w' => number.checked_mul(7)?,
        'h' if number.is_multiple_of(24) => number / 24,
        _ => return None,
    };
    (1..=366).contains(&days).then_some(days)
}

/// A target: a number of which one is so many millionths.
fn target(node: &Node, one_is: f64) -> Read<Target> {
    let written = node.text().unwrap_or_default();
    let wrong = |reason: &str| Wrong::at(node.line, written, reason);
    let number: f64 = written.trim_end_matches('%').trim().parse().map_err(|_| wrong("this is no number"))?;
    let millionths = number * one_is;
    if !(0.0..=1e6).contains(&millionths) {
        return Err(wrong("a target lies between 0 and 100 %"));
    }
    if (millionths - millionths.round()).abs() > 1e-3 {
        return Err(wrong("targets are counted in millionths; this is finer"));
    }
    Target::millionths(millionths.round() as u32).map_err(|refused| wrong(&refused.to_string()))
}

/// Whether a name says that others were promised it.
fn is_agreement(name: &str) -> bool {
    name.split(|letter: char| !letter.is_alphanumeric()).any(|word| word.eq_ignore_ascii_case("sla"))
}

fn lacks(node: &Node, name: &str) -> Wrong {
    Wrong::at(node.line, "", format!("it does not say its “{name}”"))
}

fn at(node: &Node, name: &str, reason: &str) -> Wrong {
    let said = node.get(name);
    let (line, value) = said.map_or((node.line, ""), |said| (said.line, said.text().unwrap_or_default()));
    Wrong::at(line, value, reason)
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn check(text: &str, expected: Expect) {
        let read = read(text);
        let mut told = format!("{}\n", read.dialect.map_or("nobody", Dialect::name));
        for one in &read.objectives {
            let Described { line, service, name, sli, horizon, days, target, is_agreement } = one;
            let agreed = if *is_agreement { ", agreed" } else { "" };
            told += &format!(
                "{line}: {service} · {name}: {} of {sli}, {horizon} {days}{agreed}\n",
                target.in_millionths()
            );
        }
        for Wrong { line, value, reason, .. } in &read.wrong {
            told += &format!("{line}: not “{value}”: {reason}\n");
        }
        for note in &read.notes {
            told += &format!("{note}\n");
        }
        expected.assert_eq(&told);
    }

    #[test]
    fn openslo_occurrences_are_requests_and_slices_are_time() {
        check(
            "apiVersion: openslo/v1\nkind: SLO\nmetadata: {name: find, displayName: Finding}\nspec:\n  service: shop\n  \
             timeWindow:\n    - duration: 2w\n      isRolling: true\n  budgetingMethod: Occurrences\n  objectives:\n    \
             - displayName: Quick\n      target: 0.99\n    - displayName: SLA\n      targetPercent: 95\n---\n\
             apiVersion: openslo/v1\nkind: SLO\nmetadata: {name: up}\nspec:\n  service: shop\n  timeWindow:\n    \
             - duration: 1M\n      calendar: {startTime: 2026-01-01 12:00:00, timeZone: America/New_York}\n  \
             budgetingMethod: Timeslices\n  objectives: [{target: 0.9995}]\n",
            expect![[r#"
                OpenSLO
                11: shop · Finding: Quick: 990000 of requests, rolling 14
                13: shop · Finding: SLA: 950000 of requests, rolling 14, agreed
                25: shop · up: 999500 of time, month 0
                up: its months begin at 2026-01-01 12:00:00 in America/New_York there; here they begin on the first at 00:00 in the team’s zone.
            "#]],
        );
    }

    #[test]
    fn what_is_counted_nowhere_here_is_named_by_its_line() {
        check(
            "apiVersion: openslo/v1\nkind: SLO\nmetadata: {name: a}\nspec:\n  service: shop\n  timeWindow: [{duration: 1w, isRolling: false}]\n  \
             budgetingMethod: Timeslices\n  objectives: [{target: 0.9}]\n---\napiVersion: openslo/v1\nkind: SLO\nmetadata: {name: b}\n\
             spec:\n  service: shop\n  timeWindow: [{duration: 4w}]\n  budgetingMethod: RatioTimeslices\n  objectives: [{target: 0.9}]\n\
             ---\napiVersion: openslo/v1\nkind: AlertPolicy\n---\napiVersion: openslo/v1\nkind: SLO\nmetadata: {name: c}\nspec:\n  \
             service: shop\n  timeWindow: [{duration: 1M, calendar: {timeZone: Mars/Olympus}}]\n  objectives: [{target: 0.9}]\n---\nkind: Pod\n",
            expect![[r#"
                OpenSLO
                6: not “1w”: of the windows of the calendar only the month is counted here
                16: not “RatioTimeslices”: the mean of the ratios of slices is counted nowhere here; choose occurrences or time slices
                19: not “AlertPolicy”: only documents of kind SLO become objectives
                27: not “Mars/Olympus”: this time zone is not known
                30: not “Pod”: this is no objective of OpenSLO, Sloth or Pyrra
            "#]],
        );
    }

    #[test]
    fn sloth_and_pyrra_write_percent() {
        check(
            "version: prometheus/v1\nservice: ledger\nslos:\n  - name: answers\n    objective: 99.9\n  - name: all\n    objective: 100\n  \
             - name: fine\n    objective: 99.99995\n  - objective: 90\n---\napiVersion: pyrra.dev/v1alpha1\nkind: ServiceLevelObjective\n\
             metadata: {name: probe}\nspec:\n  target: '95'\n  window: 4w\n  indicator: {bool_gauge: {metric: up}}\n",
            expect![[r#"
                Sloth
                4: ledger · answers: 999000 of requests, rolling 30
                12: probe · probe: 950000 of time, rolling 28
                7: not “100”: a target of 100 % leaves no error budget
                9: not “99.99995”: targets are counted in millionths; this is finer
                10: not “”: it does not say its “name”
                Sloth’s files do not say over how many days; its usual 30 are taken.
                Pyrra’s files name no service; each objective proposes one of its own name.
            "#]],
        );
    }
}
