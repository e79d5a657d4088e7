//! The TypeScript declarations of the border are current.

use std::path::Path;

#[test]
fn contract_d_ts_is_made_from_the_rust_types() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui-types/contract.d.ts");
    let made = app::contract::declarations();
    if std::env::var_os("EVENKEEL_BLESS").is_some() {
        std::fs::write(&path, &made).expect("the declarations are written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == made,
        "ui-types/contract.d.ts is not current: run `EVENKEEL_BLESS=1 cargo test -p evenkeel-tests --test contract`"
    );
}
