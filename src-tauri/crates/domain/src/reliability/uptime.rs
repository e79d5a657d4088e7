//! Uptime, with each second traceable to its reason (10.2 to 10.7).
//!
//! 1. Facts are clipped to the window; at each second the worst outage counts (10.2).
//! 2. Maintenance announced in time leaves numerator and denominator; an outage that outlasts it counts from its end.
//!    Maintenance that was not announced in time is downtime (10.3).
//! 3. Time of which nothing is known leaves both; beside it stand the figures with all of it up and all of it down, and
//!    the coverage. Below 95 % of coverage there is not enough data (10.4).
//! 4. A second in which an outage is known is known.
//! 5. A group is up when all its services are, or has the weighted mean of them (10.5).

use super::window::Window;
use crate::calendar::Instant;
use crate::identity::RowId;
use crate::measures::Share;
use crate::words;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How bad an outage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "OutageClass")]
pub enum Class {
    /// It answers, more slowly or with less than usual.
    Degraded,
    /// It answers some.
    Partial,
    /// It does not answer.
    Full,
}
words!(Class { Degraded = "degraded", Partial = "partial", Full = "full" });

/// How much of a second an outage of a class takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weights {
    /// Of a full outage.
    pub full: Share,
    /// Of a partial one.
    pub partial: Share,
    /// Of a degraded service.
    pub degraded: Share,
}

impl Weights {
    /// 1.0, 0.3 and 0 (10.2).
    pub const USUAL: Weights =
        Weights { full: Share::WHOLE, partial: Share::percent(30), degraded: Share::ZERO };

    /// The part of a second that an outage of a class takes, in ten-thousandths.
    pub fn of(self, class: Class) -> i64 {
        match class {
            Class::Full => self.full,
            Class::Partial => self.partial,
            Class::Degraded => self.degraded,
        }
        .in_basis_points()
    }
}

/// A time in which a service did not answer as it should.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outage {
    /// Its identity.
    pub id: RowId,
    /// How bad it was.
    pub class: Class,
    /// When it began.
    pub from: Instant,
    /// When it ended; none while it lasts.
    pub to: Option<Instant>,
}

/// A time in which a service was worked on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Maintenance {
    /// Its identity.
    pub id: RowId,
    /// When it began.
    pub from: Instant,
    /// When it ended.
    pub to: Instant,
    /// Whether it was announced in time.
    pub announced: bool,
}

/// What is known of one service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fact {
    /// It did not answer as it should.
    Outage(Outage),
    /// It was worked on.
    Maintenance(Maintenance),
    /// Nothing is known from an instant up to another.
    Unknown(Instant, Instant),
}

/// What a second counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Nothing is said against it.
    Up,
    /// Nothing is known.
    Unknown,
    /// It was down, wholly or in part.
    Down(Class),
    /// It was worked on, as announced: it counts for nothing.
    Maintenance,
}

/// How seconds become a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "UptimeMethod")]
pub enum Method {
    /// The headline: what is unknown is left out, outages weigh as the team says.
    Weighted,
    /// What is unknown counts as up.
    UnknownUp,
    /// What is unknown counts as down.
    UnknownDown,
    /// A partial outage counts as a full one; what is unknown is left out.
    PartialFull,
    /// Only full outages count; what is unknown is left out.
    FullOnly,
}

impl Method {
    /// Every method, the headline first.
    pub const ALL: [Method; 5] =
        [Method::Weighted, Method::UnknownUp, Method::UnknownDown, Method::PartialFull, Method::FullOnly];
}

/// What was bad of what counts, exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ratio {
    /// Bad seconds, in ten-thousandths: a second of weight 0.3 is 3,000.
    pub bad: i64,
    /// Seconds that count.
    pub of: i64,
}

impl Ratio {
    /// The good part as a fraction of one; none where nothing counts.
    pub fn good(self) -> Option<f64> {
        (self.of > 0).then(|| 1.0 - self.bad as f64 / (self.of as f64 * 10_000.0))
    }

    /// The good part in percent, rounded down to so many decimals, at most 6 (10.6); none where nothing counts.
    pub fn percent(self, decimals: u32) -> Option<f64> {
        let scale = 10_i128.pow(decimals.min(6));
        let whole = i128::from(self.of) * 10_000;
        (whole > 0).then(|| {
            let good = (whole - i128::from(self.bad)) * 100 * scale;
            good.div_euclid(whole) as f64 / scale as f64
        })
    }
}

/// A part of a window in which one state holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The first second, since 1970.
    pub from: i64,
    /// The second after the last.
    pub to: i64,
    /// What it counts as.
    pub state: State,
    /// The facts that make it so: those of the state that counts.
    pub because: Vec<RowId>,
}

/// One service over one window: every second once, and each figure from them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReliabilityLedger {
    /// The pieces, in order; together they are the window.
    pub pieces: Vec<Piece>,
    weights: Weights,
}

impl ReliabilityLedger {
    /// The least part of the window that must be known, for a figure to be told (10.4).
    pub const ENOUGH: Share = Share::percent(95);

    /// What a service's facts make of a window. What still lasts goes on to the window's end.
    pub fn new(window: &Window, facts: &[Fact], weights: Weights) -> ReliabilityLedger {
        let second = |at: Instant| at.millis().div_euclid(1_000);
        let mut spans: Vec<Span> = Vec::with_capacity(facts.len());
        for fact in facts {
            let (from, to, state, id) = match *fact {
                Fact::Outage(outage) => {
                    let to = outage.to.map_or(i64::MAX, second);
                    (second(outage.from), to, State::Down(outage.class), Some(outage.id))
                }
                Fact::Maintenance(work) => {
                    let state = if work.announced { State::Maintenance } else { State::Down(Class::Full) };
                    (second(work.from), second(work.to), state, Some(work.id))
                }
                Fact::Unknown(from, to) => (second(from), second(to), State::Unknown, None),
            };
            if from < to {
                spans.push(Span { from, to, state, id });
            }
        }
        spans.sort_by_key(|span| (span.from, span.to));
        let mut pieces = Vec::new();
        for (from, to) in window.parts() {
            sweep(*from, *to, &spans, &mut pieces);
        }
        ReliabilityLedger { pieces, weights }
    }

    /// The seconds of a state.
    pub fn seconds(&self, state: State) -> i64 {
        self.pieces.iter().filter(|piece| piece.state == state).map(|piece| piece.to - piece.from).sum()
    }

    /// The figure of a method.
    pub fn uptime(&self, method: Method) -> Ratio {
        let mut ratio = Ratio { bad: 0, of: 0 };
        for piece in &self.pieces {
            let weight = match (piece.state, method) {
                (State::Maintenance, _) => continue,
                (State::Unknown, Method::UnknownUp) | (State::Up, _) => 0,
                (State::Unknown, Method::UnknownDown) => 10_000,
                (State::Unknown, _) => continue,
                (State::Down(Class::Full), _) | (State::Down(Class::Partial), Method::PartialFull) => 10_000,
                (State::Down(_), Method::FullOnly) => 0,
                (State::Down(class), _) => self.weights.of(class),
            };
            let seconds = piece.to - piece.from;
            ratio.of += seconds;
            ratio.bad += seconds * weight;
        }
        ratio
    }

    /// The known part of what counts; none where nothing counts.
    pub fn coverage(&self) -> Option<f64> {
        let counted = self.uptime(Method::UnknownUp).of;
        (counted > 0).then(|| self.uptime(Method::Weighted).of as f64 / counted as f64)
    }

    /// Whether enough is known to tell a figure.
    pub fn is_enough(&self) -> bool {
        self.coverage().is_some_and(|known| known >= ReliabilityLedger::ENOUGH.as_fraction())
    }

    /// The bad seconds of each fact, in ten-thousandths, the most first; where several made a second bad, each is named
    /// with a part of it.
    pub fn by_fact(&self) -> Vec<(RowId, i64)> {
        let mut by_fact: Vec<(RowId, i64)> = Vec::new();
        for piece in &self.pieces {
            let State::Down(class) = piece.state else { continue };
            let bad = (piece.to - piece.from) * self.weights.of(class);
            let sharing = piece.because.len().max(1) as i64;
            for (place, id) in piece.because.iter().enumerate() {
                // The first of them bears what does not divide.
                let part = bad / sharing + if place == 0 { bad % sharing } else { 0 };
                match by_fact.iter_mut().find(|(known, _)| known == id) {
                    Some((_, sum)) => *sum += part,
                    None => by_fact.push((*id, part)),
                }
            }
        }
        by_fact.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        by_fact
    }
}

/// A fact as seconds.
struct Span {
    from: i64,
    to: i64,
    state: State,
    id: Option<RowId>,
}

/// Cuts an interval where the state changes; spans are in order of their starts.
fn sweep(from: i64, to: i64, spans: &[Span], pieces: &mut Vec<Piece>) {
    let mut active: Vec<&Span> = Vec::new();
    let mut next = 0;
    let mut at = from;
    while at < to {
        while let Some(span) = spans.get(next).filter(|span| span.from <= at) {
            if span.to > at {
                active.push(span);
            }
            next += 1;
        }
        active.retain(|span| span.to > at);
        let begins = spans.get(next).map_or(to, |span| span.from);
        let ends = active.iter().map(|span| span.to).min().unwrap_or(to);
        let until = begins.min(ends).min(to);
        let state = active.iter().map(|span| span.state).max().unwrap_or(State::Up);
        let mut because: Vec<RowId> =
            active.iter().filter(|span| span.state == state).filter_map(|span| span.id).collect();
        because.sort();
        because.dedup();
        match pieces.last_mut() {
            Some(last) if last.to == at && last.state == state && last.because == because => last.to = until,
            _ => pieces.push(Piece { from: at, to: until, state, because }),
        }
        at = until;
    }
}

/// The uptime of a group by a method: with weights the mean of its services by them, else the seconds in which one of
/// them was down, each at the worst of its services (10.5). A service in maintenance says nothing meanwhile.
pub fn group_uptime(services: &[ReliabilityLedger], weights: Option<&[Share]>, method: Method) -> Ratio {
    if let Some(weights) = weights {
        let (mut bad, mut of) = (0_i128, 0_i64);
        let mut whole = 0_i64;
        for (service, weight) in services.iter().zip(weights) {
            let ratio = service.uptime(method);
            if ratio.of > 0 && weight.in_basis_points() > 0 {
                of = of.max(ratio.of);
                whole += weight.in_basis_points();
            }
        }
        for (service, weight) in services.iter().zip(weights) {
            let ratio = service.uptime(method);
            if ratio.of > 0 && weight.in_basis_points() > 0 {
                // Each as if it had counted for as long as the longest.
                bad += i128::from(ratio.bad) * i128::from(of) * i128::from(weight.in_basis_points())
                    / i128::from(ratio.of)
                    / i128::from(whole);
            }
        }
        return Ratio { bad: i64::try_from(bad).unwrap_or(i64::MAX), of };
    }
    let mut borders: Vec<i64> = services
        .iter()
        .flat_map(|service| &service.pieces)
        .flat_map(|piece| [piece.from, piece.to])
        .collect();
    borders.sort_unstable();
    borders.dedup();
    let mut places = vec![0; services.len()];
    let mut ratio = Ratio { bad: 0, of: 0 };
    for pair in borders.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let mut worst: Option<i64> = None;
        for (service, place) in services.iter().zip(&mut places) {
            while service.pieces.get(*place).is_some_and(|piece| piece.to <= from) {
                *place += 1;
            }
            let Some(piece) = service.pieces.get(*place).filter(|piece| piece.from <= from) else { continue };
            let one = ReliabilityLedger {
                pieces: vec![Piece { from, to, ..piece.clone() }],
                weights: service.weights,
            };
            let of_this = one.uptime(method);
            if of_this.of > 0 {
                worst = Some(worst.unwrap_or(0).max(of_this.bad));
            }
        }
        if let Some(bad) = worst {
            ratio.of += to - from;
            ratio.bad += bad;
        }
    }
    ratio
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn id(n: u128) -> RowId {
        uuid::Uuid::from_u128(n).into()
    }

    fn minute(n: i64) -> Instant {
        Instant::from_millis(n * 60_000)
    }

    fn outage(n: u128, class: Class, from: i64, to: i64) -> Fact {
        Fact::Outage(Outage { id: id(n), class, from: minute(from), to: Some(minute(to)) })
    }

    fn maintenance(n: u128, from: i64, to: i64, announced: bool) -> Fact {
        Fact::Maintenance(Maintenance { id: id(n), from: minute(from), to: minute(to), announced })
    }

    fn ledger(minutes: i64, facts: &[Fact]) -> ReliabilityLedger {
        ReliabilityLedger::new(&Window::new(minute(0), minute(minutes)), facts, Weights::USUAL)
    }

    fn golden() -> ReliabilityLedger {
        ledger(
            20_220,
            &[
                maintenance(1, 100, 220, true),
                outage(2, Class::Full, 150, 180),
                outage(3, Class::Full, 1_000, 1_045),
                outage(4, Class::Full, 1_030, 1_075),
                outage(5, Class::Partial, 5_000, 5_120),
                Fact::Unknown(minute(9_000), minute(9_120)),
            ],
        )
    }

    #[test]
    fn rule_10_7_the_golden_vector() {
        let ledger = golden();
        let check = |method, bad: i64, of: i64, percent: f64| {
            let ratio = ledger.uptime(method);
            assert_eq!((ratio.bad, ratio.of), (bad * 600_000, of * 60), "{method:?}");
            assert_eq!(ratio.percent(4), Some(percent), "{method:?}");
        };
        check(Method::Weighted, 111, 19_980, 99.4444);
        check(Method::UnknownUp, 111, 20_100, 99.4477);
        check(Method::UnknownDown, 231, 20_100, 98.8507);
        check(Method::PartialFull, 195, 19_980, 99.0240);
        assert_eq!(ledger.seconds(State::Maintenance), 120 * 60);
    }

    #[test]
    fn rule_10_2_overlaps_are_united_and_the_worst_counts_at_each_second() {
        let ledger = ledger(
            100,
            &[
                outage(1, Class::Partial, 10, 40),
                outage(2, Class::Full, 20, 30),
                outage(3, Class::Degraded, 0, 100),
            ],
        );
        let told: Vec<(i64, i64, State)> =
            ledger.pieces.iter().map(|piece| (piece.from / 60, piece.to / 60, piece.state)).collect();
        assert_eq!(
            told,
            [
                (0, 10, State::Down(Class::Degraded)),
                (10, 20, State::Down(Class::Partial)),
                (20, 30, State::Down(Class::Full)),
                (30, 40, State::Down(Class::Partial)),
                (40, 100, State::Down(Class::Degraded)),
            ]
        );
        assert_eq!(ledger.uptime(Method::Weighted).bad, (10 * 10_000 + 20 * 3_000) * 60);
        assert_eq!(ledger.uptime(Method::FullOnly).bad, 10 * 10_000 * 60);
    }

    #[test]
    fn rule_10_3_an_outage_that_outlasts_maintenance_counts_from_its_end() {
        let facts = [maintenance(1, 10, 20, true), outage(2, Class::Full, 15, 25)];
        let ratio = ledger(100, &facts).uptime(Method::Weighted);
        assert_eq!((ratio.bad, ratio.of), (5 * 600_000, 90 * 60));
        let unannounced = ledger(100, &[maintenance(1, 10, 20, false)]).uptime(Method::Weighted);
        assert_eq!((unannounced.bad, unannounced.of), (10 * 600_000, 100 * 60));
    }

    #[test]
    fn rule_10_4_what_is_unknown_is_neither_up_nor_down_and_under_95_percent_is_not_enough() {
        let known = |unknown: i64| ledger(100, &[Fact::Unknown(minute(0), minute(unknown))]);
        assert_eq!(known(5).coverage(), Some(0.95));
        assert!(known(5).is_enough() && !known(6).is_enough());
        assert_eq!(known(100).uptime(Method::Weighted).percent(2), None, "nothing counts");
        let hidden = ledger(100, &[Fact::Unknown(minute(0), minute(20)), outage(1, Class::Full, 10, 20)]);
        assert_eq!(hidden.seconds(State::Unknown), 10 * 60, "an outage that is known is known");
    }

    #[test]
    fn rule_10_5_a_group_is_up_when_all_its_services_are() {
        let one = ledger(100, &[outage(1, Class::Full, 0, 10)]);
        let two = ledger(100, &[outage(2, Class::Full, 5, 20), maintenance(3, 90, 100, true)]);
        let all = group_uptime(&[one.clone(), two.clone()], None, Method::Weighted);
        assert_eq!((all.bad, all.of), (20 * 600_000, 100 * 60));
        let mean = group_uptime(&[one.clone(), one], Some(&[Share::percent(50); 2]), Method::Weighted);
        assert_eq!(mean.percent(2), Some(90.0));
        let uneven = group_uptime(
            &[two, ledger(100, &[])],
            Some(&[Share::percent(90), Share::percent(10)]),
            Method::Weighted,
        );
        assert_eq!(uneven.percent(1), Some(85.0));
    }

    #[test]
    fn rule_10_6_figures_are_rounded_down() {
        assert_eq!(Ratio { bad: 5_000, of: 10_000 }.percent(2), Some(99.99));
        assert_eq!(Ratio { bad: 1, of: 1_000_000 }.percent(2), Some(99.99), "not 100.00");
        assert_eq!(Ratio { bad: 0, of: 1 }.percent(3), Some(100.0));
        assert_eq!(Ratio { bad: 0, of: 0 }.percent(3), None);
    }

    #[test]
    fn every_bad_second_is_traced_to_its_outages() {
        let by_fact = golden().by_fact();
        let minutes: Vec<(RowId, f64)> =
            by_fact.iter().map(|(id, bad)| (*id, *bad as f64 / 600_000.0)).collect();
        assert_eq!(minutes, [(id(3), 37.5), (id(4), 37.5), (id(5), 36.0)]);
    }

    fn fact() -> impl Strategy<Value = Fact> {
        let span = (-5i64..60, 0i64..30);
        let class = prop::sample::select(vec![Class::Full, Class::Partial, Class::Degraded]);
        prop_oneof![
            (0u128..20, class, span.clone(), any::<bool>()).prop_map(|(n, class, (from, length), lasts)| {
                let at = |second: i64| Instant::from_millis(second * 1_000);
                let to = (!lasts).then(|| at(from + length));
                Fact::Outage(Outage { id: id(n), class, from: at(from), to })
            }),
            (20u128..30, span.clone(), any::<bool>()).prop_map(|(n, (from, length), announced)| {
                let at = |second: i64| Instant::from_millis(second * 1_000);
                Fact::Maintenance(Maintenance { id: id(n), from: at(from), to: at(from + length), announced })
            }),
            span.prop_map(|(from, length)| {
                let at = |second: i64| Instant::from_millis(second * 1_000);
                Fact::Unknown(at(from), at(from + length))
            }),
        ]
    }

    /// What a second counts as, by asking every fact.
    fn slowly(facts: &[Fact], second: i64) -> State {
        let at = Instant::from_millis(second * 1_000);
        let mut states = vec![State::Up];
        for fact in facts {
            let (from, to, state) = match *fact {
                Fact::Outage(outage) => (
                    outage.from,
                    outage.to.unwrap_or(Instant::from_millis(i64::MAX)),
                    State::Down(outage.class),
                ),
                Fact::Maintenance(work) if work.announced => (work.from, work.to, State::Maintenance),
                Fact::Maintenance(work) => (work.from, work.to, State::Down(Class::Full)),
                Fact::Unknown(from, to) => (from, to, State::Unknown),
            };
            if from <= at && at < to {
                states.push(state);
            }
        }
        states.into_iter().max().unwrap()
    }

    proptest! {
        #[test]
        fn uptime_is_what_asking_every_second_says(
            facts in prop::collection::vec(fact(), 0..12), gap in 10i64..30, length in 0i64..20
        ) {
            let at = |second: i64| Instant::from_millis(second * 1_000);
            let window = Window::of([(at(0), at(gap)), (at(gap + length), at(60))]);
            let ledger = ReliabilityLedger::new(&window, &facts, Weights::USUAL);
            let seconds: Vec<i64> = window.parts().iter().flat_map(|(from, to)| *from..*to).collect();
            for method in Method::ALL {
                let mut expected = Ratio { bad: 0, of: 0 };
                for second in &seconds {
                    let state = slowly(&facts, *second);
                    let weight = match (state, method) {
                        (State::Maintenance, _) => None,
                        (State::Unknown, Method::UnknownUp) => Some(0),
                        (State::Unknown, Method::UnknownDown) => Some(10_000),
                        (State::Unknown, _) => None,
                        (State::Up, _) => Some(0),
                        (State::Down(Class::Full), _) => Some(10_000),
                        (State::Down(Class::Partial), Method::PartialFull) => Some(10_000),
                        (State::Down(_), Method::FullOnly) => Some(0),
                        (State::Down(Class::Partial), _) => Some(3_000),
                        (State::Down(Class::Degraded), _) => Some(0),
                    };
                    expected.of += i64::from(weight.is_some());
                    expected.bad += weight.unwrap_or(0);
                }
                prop_assert_eq!(ledger.uptime(method), expected);
            }
            let told: i64 = ledger.pieces.iter().map(|piece| piece.to - piece.from).sum();
            prop_assert_eq!(told, seconds.len() as i64);
            let traced: i64 = ledger.by_fact().iter().map(|(_, bad)| bad).sum();
            prop_assert_eq!(traced, ledger.uptime(Method::Weighted).bad);
        }
    }
}
