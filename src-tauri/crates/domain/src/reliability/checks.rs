//! From checks to intervals (10.9).
//!
//! 1. What a check saw holds until the next check, but no longer than checks may lie apart; from then on nothing is
//!    known. Checks need not be regular.
//! 2. A stretch keeps how many checks saw it, so that figures by checks stand beside those by time.
//! 3. Sums are per hour of UTC.
//! 4. A check that is earlier than the one before it is refused by name; one of the same instant counts, and the worse
//!    of the two holds.

use super::uptime::Class;
use crate::calendar::Instant;

/// What one check saw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Check {
    /// When.
    pub at: Instant,
    /// How bad it was; none is up.
    pub down: Option<Class>,
}

/// A time in which checks saw the same, or in which there were none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// From when on.
    pub from: Instant,
    /// Up to when.
    pub to: Instant,
    /// What they saw; none is that nothing is known.
    pub seen: Option<Option<Class>>,
    /// How many checks.
    pub checks: u32,
}

/// The checks of one hour of UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HourSum {
    /// Hours since 1970.
    pub hour: i64,
    /// Checks.
    pub checks: u32,
    /// Checks that saw the service up.
    pub up: u32,
}

/// Folds the checks of one service, in order of time, without keeping them.
#[derive(Debug, Clone)]
pub struct CheckFold {
    apart: i64,
    last: Option<Check>,
    open: Option<Stretch>,
    stretches: Vec<Stretch>,
    hours: Vec<HourSum>,
}

impl CheckFold {
    /// A fold of checks that may lie so many seconds apart.
    pub fn new(seconds_apart: u32) -> CheckFold {
        CheckFold {
            apart: i64::from(seconds_apart) * 1_000,
            last: None,
            open: None,
            stretches: Vec::new(),
            hours: Vec::new(),
        }
    }

    /// Takes the next check. False where it is earlier than the one before: then it changes nothing.
    pub fn push(&mut self, check: Check) -> bool {
        if self.last.is_some_and(|last| check.at < last.at) {
            return false;
        }
        let hour = check.at.millis().div_euclid(3_600_000);
        match self.hours.last_mut() {
            Some(sum) if sum.hour == hour => {
                sum.checks += 1;
                sum.up += u32::from(check.down.is_none());
            }
            _ => self.hours.push(HourSum { hour, checks: 1, up: u32::from(check.down.is_none()) }),
        }
        self.hold_until(check.at);
        match &mut self.open {
            Some(open) if open.seen == Some(check.down) && open.to == check.at => open.checks += 1,
            // Two checks of one instant: the worse holds (none is the least).
            Some(open) if open.from == check.at => {
                open.seen = open.seen.map(|seen| seen.max(check.down));
                open.checks += 1;
            }
            _ => {
                self.stretches.extend(self.open.take());
                let (at, seen) = (check.at, Some(check.down));
                self.open = Some(Stretch { from: at, to: at, seen, checks: 1 });
            }
        }
        self.last = Some(check);
        true
    }

    /// Everything up to an instant: stretches without a hole from the first check on, and the sums of hours.
    pub fn finish(mut self, until: Instant) -> (Vec<Stretch>, Vec<HourSum>) {
        if self.last.is_some_and(|last| until > last.at) {
            self.hold_until(until);
        }
        self.stretches.extend(self.open.take());
        let mut stretches: Vec<Stretch> = Vec::with_capacity(self.stretches.len());
        for stretch in self.stretches.into_iter().filter(|stretch| stretch.from < stretch.to) {
            match stretches.last_mut() {
                // Where the worse of two checks holds, it may be what held before.
                Some(last) if last.seen == stretch.seen => {
                    last.to = stretch.to;
                    last.checks += stretch.checks;
                }
                _ => stretches.push(stretch),
            }
        }
        (stretches, self.hours)
    }

    /// Lets what the last check saw hold up to an instant, or as long as it may.
    fn hold_until(&mut self, until: Instant) {
        let (Some(last), Some(open)) = (self.last, &mut self.open) else { return };
        let holds = until.min(last.at.plus_millis(self.apart));
        open.to = open.to.max(holds);
        if holds < until {
            self.stretches.extend(self.open.take());
            self.stretches.push(Stretch { from: holds, to: until, seen: None, checks: 0 });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    fn at(seconds: i64) -> Instant {
        Instant::from_millis(seconds * 1_000)
    }

    /// Checks as `seconds+` for up and `seconds-` for down, at most 60 s apart; all up to a second.
    fn check(checks: &str, until: i64, expected: Expect) {
        let mut fold = CheckFold::new(60);
        let mut told = String::new();
        for word in checks.split_whitespace() {
            let (second, seen) = word.split_at(word.len() - 1);
            let down = (seen == "-").then_some(Class::Full);
            if !fold.push(Check { at: at(second.parse().unwrap()), down }) {
                told += &format!("{word} is earlier than the one before\n");
            }
        }
        let (stretches, hours) = fold.finish(at(until));
        for Stretch { from, to, seen, checks } in stretches {
            let seen = seen.map_or("unknown", |down| if down.is_some() { "down" } else { "up" });
            told += &format!("{}–{} {seen}, {checks}\n", from.millis() / 1_000, to.millis() / 1_000);
        }
        for HourSum { hour, checks, up } in hours {
            told += &format!("hour {hour}: {up} of {checks}\n");
        }
        expected.assert_eq(&told);
    }

    #[test]
    fn rule_10_9_irregular_checks_become_intervals_that_keep_their_number() {
        check(
            "0+ 50+ 70- 100- 130+",
            150,
            expect![[r#"
                0–70 up, 2
                70–130 down, 2
                130–150 up, 1
                hour 0: 3 of 5
            "#]],
        );
    }

    #[test]
    fn rule_10_4_a_check_holds_no_longer_than_checks_may_lie_apart() {
        check(
            "0+ 200- 210+",
            400,
            expect![[r#"
                0–60 up, 1
                60–200 unknown, 0
                200–210 down, 1
                210–270 up, 1
                270–400 unknown, 0
                hour 0: 2 of 3
            "#]],
        );
    }

    #[test]
    fn rule_10_9_sums_are_per_hour_of_utc_and_a_check_out_of_order_is_named() {
        check(
            "3590+ 3600- 3595- 3600+",
            3_620,
            expect![[r#"
                3595- is earlier than the one before
                3590–3600 up, 1
                3600–3620 down, 2
                hour 0: 1 of 1
                hour 1: 1 of 2
            "#]],
        );
    }

    proptest! {
        #[test]
        fn stretches_follow_each_other_without_a_hole(
            steps in prop::collection::vec((0i64..150, any::<bool>()), 1..40), rest in 0i64..200
        ) {
            let mut fold = CheckFold::new(60);
            let mut now = 0;
            for (step, up) in &steps {
                now += step;
                let taken = fold.push(Check { at: at(now), down: (!up).then_some(Class::Full) });
                prop_assert!(taken);
            }
            let (stretches, hours) = fold.finish(at(now + rest));
            prop_assert!(stretches.windows(2).all(|pair| pair[0].to == pair[1].from));
            prop_assert!(stretches.iter().all(|stretch| stretch.from < stretch.to));
            prop_assert!(stretches.windows(2).all(|pair| pair[0].seen != pair[1].seen));
            let seen: u32 = hours.iter().map(|sum| sum.checks).sum();
            prop_assert_eq!(seen as usize, steps.len());
            if let (Some(first), Some(last)) = (stretches.first(), stretches.last()) {
                prop_assert_eq!((first.from, last.to), (at(steps[0].0), at(now + rest)));
            }
        }
    }
}
