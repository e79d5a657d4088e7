//! Tables for a terminal: columns as wide as they need to be, numbers to the right.

/// Where a column's text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// Lays out rows under headings. Control characters become spaces, so that no text can steer the terminal.
pub fn table(columns: &[(&str, Align)], rows: &[Vec<String>]) -> String {
    let rows: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| plain(cell)).collect()).collect();
    let width = |n: usize| {
        let cells = rows.iter().filter_map(|row| row.get(n)).map(|cell| cell.chars().count());
        cells.chain([columns[n].0.chars().count()]).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns.len()).map(width).collect();
    let line = |cells: Vec<&str>| {
        let cells = cells.iter().zip(&widths).zip(columns).map(|((cell, width), (_, align))| {
            let space = " ".repeat(width.saturating_sub(cell.chars().count()));
            match align {
                Align::Left => format!("{cell}{space}"),
                Align::Right => format!("{space}{cell}"),
            }
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    let mut lines = vec![line(columns.iter().map(|(name, _)| *name).collect())];
    lines.extend(rows.iter().map(|row| line(row.iter().map(String::as_str).collect())));
    lines.join("\n")
}

fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    #[test]
    fn words_stand_left_and_numbers_right_and_nothing_steers_the_terminal() {
        let rows = vec![
            vec!["PAY-1".into(), "Größe prüfen".into(), "13".into()],
            vec!["PAY-12".into(), "red \u{1b}[31mtext".into(), "".into()],
        ];
        let text = table(&[("Label", Align::Left), ("Title", Align::Left), ("Points", Align::Right)], &rows);
        expect![[r#"
            Label   Title          Points
            PAY-1   Größe prüfen       13
            PAY-12  red  [31mtext"#]]
        .assert_eq(&text);
    }
}
