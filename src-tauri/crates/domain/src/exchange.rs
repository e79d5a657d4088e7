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

/// Words of an outside item that are kept beside it, because here they are nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
pub enum LabelKind {
    /// A label or tag.
    Label,
    /// The name of a Sprint; a file says nothing of its dates, so no Sprint is made from it (13.3).
    Sprint,
    /// The name of an owner who is no member of the team.
    Owner,
}
crate::words!(LabelKind { Label = "label", Sprint = "sprint", Owner = "owner" });

/// What a set of labels gains and loses: what appeared there is added, what vanished there is taken away, and what was
/// added or taken away here stays so. Sets cannot disagree, so nothing is ever asked.
pub fn merge_labels(last_seen: &[String], here: &[String], there: &[String]) -> (Vec<String>, Vec<String>) {
    let missing = |from: &[String], of: &[String]| -> Vec<String> {
        of.iter().filter(|label| !from.contains(label)).cloned().collect()
    };
    let added = missing(here, &missing(last_seen, there));
    let taken = missing(there, last_seen).into_iter().filter(|label| here.contains(label)).collect();
    (added, taken)
}

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

    #[test]
    fn labels_are_merged_one_by_one() {
        let check = |seen: &str, here: &str, there: &str, added: &str, taken: &str| {
            let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            let merged = merge_labels(&words(seen), &words(here), &words(there));
            assert_eq!(merged, (words(added), words(taken)), "{seen} | {here} | {there}");
        };
        check("", "", "a b", "a b", "");
        check("a b", "a b", "b c", "c", "a");
        // Taken away here stays away, added here stays.
        check("a b", "b mine", "a b", "", "");
        check("a", "", "", "", "");
        check("", "a", "a", "", "");
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
