//! Import and export: what another tracker says against what the team says (13.2).
//!
//! 1. A field is merged three ways: the value last seen there, the value here, the value there now.
//! 2. Changed there only is taken; changed here only is kept; changed on both sides to different values is asked.
//! 3. What is the same on both sides needs no decision, however it came to be so.
//! 4. A field never seen before is taken where the team has nothing yet, and asked where it has something else.

/// What becomes of one field of an item when a newer export arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Merged<T> {
    /// The team's value stays: nothing changed there, or both say the same.
    Keep,
    /// The source's value is taken.
    Take(T),
    /// Both changed, and differ: a person decides between the team's value and this one.
    Ask(T),
}

/// Merges one field; `last_seen` is none where this field never came from there before.
///
/// A field that may be empty has `Option` as its type, so that *emptied there* is a change like any other.
pub fn merge<T: PartialEq + Default>(last_seen: Option<&T>, here: &T, there: T) -> Merged<T> {
    if *here == there {
        return Merged::Keep;
    }
    match last_seen {
        Some(seen) if *seen == there => Merged::Keep,
        Some(seen) if seen == here => Merged::Take(there),
        None if *here == T::default() => Merged::Take(there),
        Some(_) | None => Merged::Ask(there),
    }
}

/// How a person settles a field that changed on both sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
pub enum Side {
    /// The team's value stays.
    Here,
    /// The source's value is taken.
    There,
}
crate::words!(Side { Here = "here", There = "there" });

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// `seen here there -> what becomes of it`; `-` is empty, `?` never seen.
    fn check(text: &str) {
        let (values, expected) = text.split_once(" -> ").unwrap();
        let value = |text: &str| (text != "-").then(|| text.to_owned());
        let [seen, here, there] = values.split(' ').collect::<Vec<_>>()[..] else {
            panic!("three values: {text}")
        };
        let seen = (seen != "?").then(|| value(seen));
        let merged = match merge(seen.as_ref(), &value(here), value(there)) {
            Merged::Keep => "keep".to_owned(),
            Merged::Take(taken) => format!("take {}", taken.as_deref().unwrap_or("-")),
            Merged::Ask(asked) => format!("ask {}", asked.as_deref().unwrap_or("-")),
        };
        assert_eq!(merged, expected, "{text}");
    }

    #[test]
    fn rule_13_2_a_field_is_merged_three_ways() {
        check("5 5 5 -> keep");
        check("5 5 8 -> take 8");
        check("5 3 5 -> keep");
        check("5 8 8 -> keep");
        check("5 3 8 -> ask 8");
    }

    #[test]
    fn emptied_is_a_change_like_any_other() {
        check("5 5 - -> take -");
        check("5 - 5 -> keep");
        check("5 - 8 -> ask 8");
        check("- 5 - -> keep");
        check("5 8 - -> ask -");
    }

    #[test]
    fn a_field_never_seen_is_taken_only_where_the_team_has_nothing() {
        check("? - 5 -> take 5");
        check("? 5 5 -> keep");
        check("? 3 5 -> ask 5");
        check("? 3 - -> ask -");
        check("? - - -> keep");
    }

    proptest! {
        #[test]
        fn what_changed_here_is_never_overwritten_unasked(seen in 0..4_u8, here in 0..4_u8, there in 0..4_u8) {
            if here != seen {
                let merged = merge(Some(&seen), &here, there);
                prop_assert!(!matches!(merged, Merged::Take(_)));
            }
        }

        #[test]
        fn a_second_import_of_the_same_file_changes_nothing(seen in 0..4_u8, here in 0..4_u8) {
            prop_assert_eq!(merge(Some(&seen), &here, seen), Merged::Keep);
        }
    }
}
