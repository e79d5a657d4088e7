//! Descriptions: Markdown as a tree that the window draws.
//!
//! 1. What people wrote is text: HTML comes out literally, with its angle brackets.
//! 2. A link leads to http, https or mailto; any other address is shown as text beside its words, and leads nowhere.
//! 3. A picture is a link to it: nothing is fetched.
//! 4. A line break stays one, because many descriptions were written as plain text.
//! 5. Quotes and lists are nested at most [`DEPTH`] deep; what lies deeper is drawn at that depth.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag};
use serde::Serialize;
use ts_rs::TS;

/// How deep blocks and spans are nested at most.
pub const DEPTH: usize = 16;

/// A part of a description that stands on lines of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Block {
    /// Running text.
    Paragraph {
        /// Its text.
        content: Vec<Span>,
    },
    /// A heading.
    Heading {
        /// 1 to 6.
        level: u8,
        /// Its text.
        content: Vec<Span>,
    },
    /// A list, with or without numbers.
    List {
        /// The first number of a numbered list.
        #[ts(type = "number | null")]
        start: Option<u64>,
        /// Its items.
        items: Vec<Vec<Block>>,
    },
    /// Code or other text of fixed width.
    Code {
        /// The language that was named, or empty.
        language: String,
        /// The text, without the last line break.
        text: String,
    },
    /// A quotation.
    Quote {
        /// What is quoted.
        blocks: Vec<Block>,
    },
    /// A table.
    Table {
        /// The heading of each column.
        head: Vec<Vec<Span>>,
        /// The cells of each row.
        rows: Vec<Vec<Vec<Span>>>,
    },
    /// A line across.
    Rule,
}

/// A part of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Span {
    /// Text as it is.
    Text {
        /// The text.
        text: String,
    },
    /// Code.
    Code {
        /// The text.
        text: String,
    },
    /// Stressed.
    Emphasis {
        /// What is stressed.
        content: Vec<Span>,
    },
    /// Strongly stressed.
    Strong {
        /// What is stressed.
        content: Vec<Span>,
    },
    /// Struck out.
    Struck {
        /// What is struck out.
        content: Vec<Span>,
    },
    /// A link.
    Link {
        /// Where it leads: http, https or mailto.
        to: String,
        /// What is written.
        content: Vec<Span>,
    },
    /// The end of a line.
    Break,
}

/// Reads a description.
pub fn read(text: &str) -> Vec<Block> {
    let mut tree = Tree { open: vec![Open::new(Part::Quote)] };
    for event in Parser::new_ext(
        text,
        Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS,
    ) {
        match event {
            Event::Start(tag) => tree.start(tag),
            Event::End(_) => tree.end(),
            Event::Text(text)
            | Event::InlineHtml(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text) => {
                tree.text(&text);
            }
            Event::Html(text) => tree.lines(&text),
            Event::Code(text) => tree.span(Span::Code { text: text.into_string() }),
            Event::FootnoteReference(name) => tree.text(&format!("[^{name}]")),
            Event::SoftBreak | Event::HardBreak => tree.span(Span::Break),
            Event::Rule => tree.block(Block::Rule),
            Event::TaskListMarker(done) => tree.text(if done { "☑ " } else { "☐ " }),
        }
    }
    while tree.open.len() > 1 {
        tree.end();
    }
    tree.open.pop().map(Open::into_blocks).unwrap_or_default()
}

/// What is being read: the open parts, outermost first. There is always one.
struct Tree {
    open: Vec<Open>,
}

/// An open part with what it holds so far. Spans that stand in a part for blocks are a paragraph.
struct Open {
    part: Part,
    blocks: Vec<Block>,
    spans: Vec<Span>,
    rows: Vec<Vec<Vec<Span>>>,
    items: Vec<Vec<Block>>,
}

enum Part {
    Paragraph,
    Heading(u8),
    List(Option<u64>),
    Item,
    Code(String),
    Quote,
    Table,
    Row,
    Cell,
    Emphasis,
    Strong,
    Struck,
    Link(String),
    /// Blocks that are too deep, or of no meaning of their own: what they hold belongs to the part around them.
    Through,
    /// The same within a line.
    ThroughLine,
}

impl Open {
    fn new(part: Part) -> Open {
        Open { part, blocks: Vec::new(), spans: Vec::new(), rows: Vec::new(), items: Vec::new() }
    }

    fn into_blocks(mut self) -> Vec<Block> {
        self.gather();
        self.blocks
    }

    /// Makes a paragraph of the spans that stand loose.
    fn gather(&mut self) {
        while self.spans.last() == Some(&Span::Break) {
            self.spans.pop();
        }
        if !self.spans.is_empty() {
            self.blocks.push(Block::Paragraph { content: linked(std::mem::take(&mut self.spans)) });
        }
    }
}

impl Tree {
    fn start(&mut self, tag: Tag) {
        let part = match tag {
            Tag::Paragraph | Tag::HtmlBlock => Part::Paragraph,
            Tag::Heading { level, .. } => Part::Heading(number(level)),
            Tag::List(start) => Part::List(start),
            Tag::Item => Part::Item,
            Tag::CodeBlock(CodeBlockKind::Fenced(language)) => Part::Code(language.into_string()),
            Tag::CodeBlock(CodeBlockKind::Indented) => Part::Code(String::new()),
            Tag::BlockQuote(_) => Part::Quote,
            Tag::Table(_) => Part::Table,
            Tag::TableHead | Tag::TableRow => Part::Row,
            Tag::TableCell => Part::Cell,
            Tag::Emphasis => Part::Emphasis,
            Tag::Strong => Part::Strong,
            Tag::Strikethrough => Part::Struck,
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => Part::Link(dest_url.into_string()),
            _ => Part::Through,
        };
        // A list and its item are two parts of one depth; an item goes where its list went.
        let deep = self.open.len() >= DEPTH * 2;
        let in_list = matches!(self.top().part, Part::List(_));
        let part = match part {
            Part::Item if !in_list => Part::Through,
            Part::List(_) | Part::Quote if deep => Part::Through,
            Part::Emphasis | Part::Strong | Part::Struck if deep => Part::ThroughLine,
            part => part,
        };
        self.open.push(Open::new(part));
    }

    fn end(&mut self) {
        let Some(closed) = self.open.pop() else { return };
        match closed.part {
            Part::Paragraph => closed.into_blocks().into_iter().for_each(|block| self.block(block)),
            Part::Heading(level) => self.block(Block::Heading { level, content: linked(closed.spans) }),
            Part::List(start) => self.block(Block::List { start, items: closed.items }),
            Part::Item => {
                let blocks = closed.into_blocks();
                self.top().items.push(blocks);
            }
            Part::Code(language) => {
                let mut text = plain(&closed.spans);
                text.truncate(text.trim_end_matches('\n').len());
                self.block(Block::Code { language, text });
            }
            Part::Quote => {
                let blocks = closed.into_blocks();
                self.block(Block::Quote { blocks });
            }
            Part::Table => {
                let mut rows = closed.rows.into_iter();
                let head = rows.next().unwrap_or_default();
                self.block(Block::Table { head, rows: rows.collect() });
            }
            Part::Row => {
                let cells = closed.rows.into_iter().flatten().collect();
                self.top().rows.push(cells);
            }
            Part::Cell => self.top().rows.push(vec![linked(closed.spans)]),
            Part::Emphasis => self.span(Span::Emphasis { content: closed.spans }),
            Part::Strong => self.span(Span::Strong { content: closed.spans }),
            Part::Struck => self.span(Span::Struck { content: closed.spans }),
            Part::Link(to) if leads(&to) => self.span(Span::Link { to, content: closed.spans }),
            Part::Link(to) => {
                closed.spans.into_iter().for_each(|span| self.span(span));
                self.text(&format!(" ({to})"));
            }
            Part::Through => closed.into_blocks().into_iter().for_each(|block| self.block(block)),
            Part::ThroughLine => closed.spans.into_iter().for_each(|span| self.span(span)),
        }
    }

    fn top(&mut self) -> &mut Open {
        if self.open.is_empty() {
            self.open.push(Open::new(Part::Quote));
        }
        let last = self.open.len() - 1;
        &mut self.open[last]
    }

    fn block(&mut self, block: Block) {
        let top = self.top();
        top.gather();
        top.blocks.push(block);
    }

    fn span(&mut self, span: Span) {
        self.top().spans.push(span);
    }

    fn text(&mut self, text: &str) {
        match self.top().spans.last_mut() {
            // The parser hands over a line in pieces.
            Some(Span::Text { text: before }) => before.push_str(text),
            _ => self.span(Span::Text { text: text.to_owned() }),
        }
    }

    fn lines(&mut self, text: &str) {
        for (n, line) in text.split('\n').enumerate() {
            if n > 0 {
                self.span(Span::Break);
            }
            if !line.is_empty() {
                self.text(line);
            }
        }
    }
}

fn number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// Whether an address leads to where a link may lead (rule 2).
fn leads(address: &str) -> bool {
    let scheme = address.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    let harmless = !address.chars().any(|c| c.is_control() || c.is_whitespace());
    harmless && matches!(scheme.as_deref(), Some("http" | "https" | "mailto"))
}

fn plain(spans: &[Span]) -> String {
    spans.iter().map(|span| if let Span::Text { text } = span { text } else { "" }).collect()
}

/// Makes links of the addresses that were written as they are.
fn linked(spans: Vec<Span>) -> Vec<Span> {
    let mut out = Vec::with_capacity(spans.len());
    for span in spans {
        match span {
            Span::Text { text } => link_addresses(&text, &mut out),
            other => out.push(other),
        }
    }
    out
}

fn link_addresses(text: &str, out: &mut Vec<Span>) {
    let mut plain_from = 0;
    let mut from = 0;
    while let Some(found) = text[from..].find("http") {
        let start = from + found;
        let length = address_length(&text[start..]);
        let begins = !text[..start].ends_with(|c: char| c.is_alphanumeric());
        if length == 0 || !begins {
            from = start + "http".len();
            continue;
        }
        if plain_from < start {
            out.push(Span::Text { text: text[plain_from..start].to_owned() });
        }
        let to = text[start..start + length].to_owned();
        out.push(Span::Link { content: vec![Span::Text { text: to.clone() }], to });
        (plain_from, from) = (start + length, start + length);
    }
    if plain_from < text.len() {
        out.push(Span::Text { text: text[plain_from..].to_owned() });
    }
}

/// How many bytes at the start of a text are an address; 0 where it does not start with one.
fn address_length(text: &str) -> usize {
    let Some(host) = ["https://", "http://"].iter().find_map(|scheme| text.strip_prefix(scheme)) else {
        return 0;
    };
    let scheme = text.len() - host.len();
    let ends = |c: char| c.is_whitespace() || c.is_control() || "<>\"|`{}".contains(c);
    let mut address = &host[..host.find(ends).unwrap_or(host.len())];
    // The mark that ends a sentence does not belong to the address, nor does a bracket that was opened before it.
    loop {
        let shorter = address.strip_suffix(['.', ',', ';', ':', '!', '?', '\'', '”', '*', ']']);
        let open = address.matches('(').count() < address.matches(')').count();
        match shorter.or(address.strip_suffix(')').filter(|_| open)) {
            Some(shorter) => address = shorter,
            None => break,
        }
    }
    if address.is_empty() { 0 } else { scheme + address.len() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    fn spans(spans: &[Span]) -> String {
        let span = |span: &Span| match span {
            Span::Text { text } => text.clone(),
            Span::Code { text } => format!("⟨code {text}⟩"),
            Span::Emphasis { content } => format!("⟨em {}⟩", self::spans(content)),
            Span::Strong { content } => format!("⟨strong {}⟩", self::spans(content)),
            Span::Struck { content } => format!("⟨struck {}⟩", self::spans(content)),
            Span::Link { to, content } => format!("⟨link {to}: {}⟩", self::spans(content)),
            Span::Break => "⏎".into(),
        };
        spans.iter().map(span).collect()
    }

    fn blocks(blocks: &[Block], indent: &str, out: &mut String) {
        for block in blocks {
            *out += indent;
            match block {
                Block::Paragraph { content } => *out += &format!("p {}\n", spans(content)),
                Block::Heading { level, content } => *out += &format!("h{level} {}\n", spans(content)),
                Block::Code { language, text } => *out += &format!("code {language} {text:?}\n"),
                Block::Rule => *out += "rule\n",
                Block::Quote { blocks } => {
                    *out += "quote\n";
                    self::blocks(blocks, &format!("{indent}  "), out);
                }
                Block::List { start, items } => {
                    *out += &start.map_or("list\n".into(), |start| format!("list from {start}\n"));
                    for item in items {
                        *out += &format!("{indent}-\n");
                        self::blocks(item, &format!("{indent}  "), out);
                    }
                }
                Block::Table { head, rows } => {
                    let line = |cells: &Vec<Vec<Span>>| {
                        cells.iter().map(|cell| spans(cell)).collect::<Vec<_>>().join(" | ")
                    };
                    *out += &format!("table {}\n", line(head));
                    for row in rows {
                        *out += &format!("{indent}      {}\n", line(row));
                    }
                }
            }
        }
    }

    fn check(text: &str, expected: Expect) {
        let mut out = String::new();
        blocks(&read(text), "", &mut out);
        expected.assert_eq(&out);
    }

    #[test]
    fn the_usual_parts_of_a_description_are_read() {
        check(
            "# Retry\n\nA *card* is **charged** ~~once~~ `twice`.\n\n> said\n> Ana\n\n3. one\n4. two\n   - inner\n\n```sql\nselect 1;\n```\n\n---\n",
            expect![[r#"
                h1 Retry
                p A ⟨em card⟩ is ⟨strong charged⟩ ⟨struck once⟩ ⟨code twice⟩.
                quote
                  p said⏎Ana
                list from 3
                -
                  p one
                -
                  p two
                  list
                  -
                    p inner
                code sql "select 1;"
                rule
            "#]],
        );
        check(
            "- [x] done\n- [ ] open\n\n| a | b |\n|---|---|\n| 1 | *2* |\n",
            expect![[r#"
                list
                -
                  p ☑ done
                -
                  p ☐ open
                table a | b
                      1 | ⟨em 2⟩
            "#]],
        );
    }

    #[test]
    fn html_is_shown_literally() {
        check(
            "<script>alert(1)</script>\n\nA <b>bold</b> <img src=x onerror=alert(1)> claim\n\n<div>\nraw *text*\n</div>\n",
            expect![[r#"
                p <script>alert(1)</script>
                p A <b>bold</b> <img src=x onerror=alert(1)> claim
                p <div>⏎raw *text*⏎</div>
            "#]],
        );
    }

    #[test]
    fn only_http_https_and_mailto_lead_somewhere() {
        check(
            "[a](https://example.org/x?y=1) [b](javascript:alert(1)) [c](mailto:ana@example.org) [d](file:///etc/passwd) [e](data:text/html,x) [f](/etc) ![g](http://example.org/g.png) [h](JavaScript:x)",
            expect![[r#"
                p ⟨link https://example.org/x?y=1: a⟩ b (javascript:alert(1)) ⟨link mailto:ana@example.org: c⟩ d (file:///etc/passwd) e (data:text/html,x) f (/etc) ⟨link http://example.org/g.png: g⟩ h (JavaScript:x)
            "#]],
        );
    }

    #[test]
    fn an_address_that_is_written_as_it_is_becomes_a_link() {
        check(
            "See https://example.org/a_b_c(d). Or (http://example.org/x), not xhttp://y or https:// and `http://code`\n",
            expect![[r#"
                p See ⟨link https://example.org/a_b_c(d): https://example.org/a_b_c(d)⟩. Or (⟨link http://example.org/x: http://example.org/x⟩), not xhttp://y or https:// and ⟨code http://code⟩
            "#]],
        );
    }

    #[test]
    fn a_line_break_stays_one() {
        check(
            "Steps:\nopen\nclose",
            expect![[r#"
            p Steps:⏎open⏎close
        "#]],
        );
    }

    #[test]
    fn very_deep_nesting_is_flattened_and_loses_no_words() {
        let text = format!("{} deep", ">".repeat(10_000));
        let json = serde_json::to_string(&read(&text)).unwrap();
        assert!(json.contains("deep") && json.len() < 3_000, "{}", json.len());
        let list: String = (0..200).map(|n| format!("{}- item{n}.\n", "  ".repeat(n))).collect();
        let json = serde_json::to_string(&read(&list)).unwrap();
        assert!((0..200).all(|n| json.contains(&format!("item{n}."))), "{json}");
        assert!(json.matches("\"list\"").count() <= DEPTH, "{json}");
    }

    proptest! {
        #[test]
        fn any_text_can_be_read_and_links_stay_harmless(text in "[-*_>#`~\\[\\]()!<>|:a-z0-9 \n\t]{0,200}") {
            fn harmless(spans: &[Span]) -> bool {
                spans.iter().all(|span| match span {
                    Span::Link { to, content } => leads(to) && harmless(content),
                    Span::Emphasis { content } | Span::Strong { content } | Span::Struck { content } => harmless(content),
                    _ => true,
                })
            }
            fn all(blocks: &[Block]) -> bool {
                blocks.iter().all(|block| match block {
                    Block::Paragraph { content } | Block::Heading { content, .. } => harmless(content),
                    Block::List { items, .. } => items.iter().all(|item| all(item)),
                    Block::Quote { blocks } => all(blocks),
                    Block::Table { head, rows } => head.iter().chain(rows.iter().flatten()).all(|cell| harmless(cell)),
                    Block::Code { .. } | Block::Rule => true,
                })
            }
            prop_assert!(all(&read(&text)));
        }
    }
}
