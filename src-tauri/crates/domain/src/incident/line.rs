//! One line that reports an incident: `P1 checkout: payments fail since 9:40`.
//!
//! 1. It may begin with a severity, as P1 to P5 or as the team calls it; else nobody has said how grave it is.
//! 2. Names of services before a colon are the services that are affected, and no part of the title; so is none where one
//!    of the names is not known: then the words stay in the title.
//! 3. A title that begins with the name of a service tells of that service and keeps the word.
//! 4. `since` and a time of day at the end say when it began: the last time that this was so.

use crate::calendar::{Day, Instant, Zone};
use crate::identity::ServiceId;
use crate::interrupt::{IncidentSeverity, SeverityNames};
use crate::reliability::Service;
use chrono::NaiveTime;

/// What a line says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReportLine {
    /// How grave it is; none where the line does not say.
    pub severity: Option<IncidentSeverity>,
    /// The services that it names, in its order.
    pub services: Vec<ServiceId>,
    /// What stands before a colon and looks like a service, but is none of the team's.
    pub unknown: Option<String>,
    /// What happened; may be empty while somebody types.
    pub title: String,
    /// When it began.
    pub since: Option<Since>,
}

/// A time of day at which something began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Since(NaiveTime);

impl Since {
    /// Reads `9:40` or `09:40`.
    pub fn parse(text: &str) -> Option<Since> {
        let (hours, minutes) = text.split_once(':')?;
        let digits = |text: &str, most: usize| {
            (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        let well_formed = digits(hours, 2) && minutes.len() == 2 && digits(minutes, 2);
        let (hours, minutes) = well_formed.then(|| (hours.parse().ok(), minutes.parse().ok()))?;
        NaiveTime::from_hms_opt(hours?, minutes?, 0).map(Since)
    }

    /// The last moment at which it was this time of day.
    pub fn before(self, now: Instant, zone: Zone) -> Instant {
        let today = zone.day_of(now);
        let at = self.on(today, zone);
        if at <= now { at } else { self.on(today.plus(-1), zone) }
    }

    /// The moment of a day at which it was this time.
    pub fn on(self, day: Day, zone: Zone) -> Instant {
        zone.instant(day.date().and_time(self.0))
    }
}

impl ReportLine {
    /// Reads a line by what the team calls its severities and services.
    pub fn read(text: &str, names: &SeverityNames, services: &[Service]) -> ReportLine {
        let mut line = ReportLine::default();
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let (severity, rest) = severity(&words, names);
        line.severity = severity;
        let rest =
            match rest.rsplit_once(" since ").and_then(|(rest, time)| Some((rest, Since::parse(time)?))) {
                Some((rest, since)) => {
                    line.since = Some(since);
                    rest
                }
                None => rest,
            };
        let called =
            |name: &str| services.iter().find(|service| service.is_called(name)).map(|service| service.id);
        line.title = rest.to_owned();
        if let Some((before, after)) = rest.split_once(": ").or_else(|| Some((rest.strip_suffix(':')?, ""))) {
            let named: Vec<&str> = before.split([',', '+', '&']).map(str::trim).collect();
            let known: Vec<ServiceId> = named.iter().filter_map(|name| called(name)).collect();
            if known.len() == named.len() {
                (line.services, line.title) = (known, after.trim().to_owned());
                line.services.dedup();
                return line;
            }
            let missing = named.iter().find(|name| called(name).is_none());
            line.unknown =
                missing.filter(|name| !name.is_empty() && !name.contains(' ')).map(|name| (*name).to_owned());
        }
        // The longest name first: “search index” is not “search”.
        let mut begins: Vec<&Service> =
            services.iter().filter(|service| begins_with(rest, &service.name)).collect();
        begins.sort_by_key(|service| std::cmp::Reverse(service.name.chars().count()));
        line.services.extend(begins.first().map(|service| service.id));
        line
    }
}

/// The severity with which a line begins, and what comes after it.
fn severity<'l>(line: &'l str, names: &SeverityNames) -> (Option<IncidentSeverity>, &'l str) {
    let mut called: Vec<(String, IncidentSeverity)> = IncidentSeverity::ALL
        .iter()
        .flat_map(|severity| [(names.of(*severity).to_owned(), *severity), (severity.to_string(), *severity)])
        .collect();
    called.sort_by_key(|(name, _)| std::cmp::Reverse(name.chars().count()));
    for (name, severity) in called {
        if begins_with(line, &name) {
            let rest: usize = line.chars().take(name.chars().count()).map(char::len_utf8).sum();
            let rest = line.get(rest..).unwrap_or_default();
            return (Some(severity), rest.trim_start_matches([':', ',']).trim_start());
        }
    }
    (None, line)
}

/// Whether a line begins with a name, whatever its capitals, and the name ends there.
fn begins_with(line: &str, name: &str) -> bool {
    let length = name.chars().count();
    let start: String = line.chars().take(length).collect();
    let ends =
        line.chars().nth(length).is_none_or(|next| !next.is_alphanumeric() && next != '-' && next != '_');
    length > 0 && ends && start.to_lowercase() == name.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, says: &str) {
        let services: Vec<Service> = ["checkout", "search", "search index"]
            .iter()
            .enumerate()
            .map(|(at, name)| Service {
                id: uuid::Uuid::from_u128(at as u128).into(),
                name: (*name).to_owned(),
                note: String::new(),
            })
            .collect();
        let names = SeverityNames::default().renamed(IncidentSeverity::P2, "Sev two").unwrap();
        let line = ReportLine::read(text, &names, &services);
        let named: Vec<&str> = line
            .services
            .iter()
            .map(|id| services.iter().find(|one| one.id == *id).unwrap().name.as_str())
            .collect();
        let said = format!(
            "{} | {} | {}{}{}",
            line.severity.map_or("-".to_owned(), |severity| severity.to_string()),
            named.join(", "),
            line.title,
            line.since.map(|since| format!(" | {}", since.0.format("%H:%M"))).unwrap_or_default(),
            line.unknown.map(|unknown| format!(" | not known: {unknown}")).unwrap_or_default(),
        );
        assert_eq!(said, says, "{text}");
    }

    #[test]
    fn a_line_says_severity_services_and_since_when() {
        check("P1 checkout: payments fail", "P1 | checkout | payments fail");
        check("  p1  Checkout:   payments  fail since 9:40 ", "P1 | checkout | payments fail | 09:40");
        check("P1: everything is down", "P1 |  | everything is down");
        check("sev two checkout, search: slow", "P2 | checkout, search | slow");
        check("P2 checkout: slow", "P2 | checkout | slow");
        check("checkout: ", "- | checkout | ");
        check("P4", "P4 |  | ");
    }

    #[test]
    fn what_is_no_service_stays_in_the_title() {
        check("login: 500 for all", "- |  | login: 500 for all | not known: login");
        check("P3 the new page says: no", "P3 |  | the new page says: no");
        check("checkout, ledger: slow", "- | checkout | checkout, ledger: slow | not known: ledger");
        check("P10 is no severity", "- |  | P10 is no severity");
        check("slow since yesterday", "- |  | slow since yesterday");
        check("slow since 25:00", "- |  | slow since 25:00");
    }

    #[test]
    fn a_title_that_begins_with_a_service_tells_of_it() {
        check("P2 search index is stale", "P2 | search index | search index is stale");
        check("search is slow", "- | search | search is slow");
        check("searching is slow", "- |  | searching is slow");
    }

    #[test]
    fn since_is_the_last_time_that_it_was_so_late() {
        let zone = Zone::parse("Europe/Zurich").unwrap();
        let day = Day::parse("2026-11-24").unwrap();
        let now = zone.start_of(day).plus_millis(10 * 3_600_000);
        let since = |text: &str| Since::parse(text).unwrap().before(now, zone);
        assert_eq!(since("9:40"), zone.start_of(day).plus_millis((9 * 60 + 40) * 60_000));
        assert_eq!(since("23:50"), zone.start_of(day).plus_millis(-10 * 60_000), "yesterday");
        assert_eq!(["9", "9:4", "24:00", "a:10", "009:10"].map(Since::parse), [None; 5]);
    }
}
