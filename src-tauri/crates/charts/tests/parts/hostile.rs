//! Hostile texts, and how often they are tried.

use proptest::prelude::*;

/// Texts that people write, and that nobody should.
pub fn title() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{1,9}( [a-z]{1,9}){0,6}",
        any::<String>(),
        Just("Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz".repeat(8)),
        Just("\u{202e}\u{0}<svg onload=x>&\u{1b}]\u{fffe}".to_owned()),
        Just("👩\u{200d}🚀 支払い نص עברית".to_owned()),
    ]
}

/// How many cases are tried: 64, or as PROPTEST_CASES says.
pub fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|count| count.parse().ok()).unwrap_or(64)
}
