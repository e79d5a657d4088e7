//! YAML as a tree that knows its lines.
//!
//! 1. Each value keeps the line on which it begins, so that what cannot be taken is named by its line.
//! 2. A text may hold several documents, divided by `---`.
//! 3. What is referred to twice is shared, never copied: no text grows by being read.
//! 4. A plain word is a text until somebody asks for a number or a truth; a quoted one may be a number too, since people
//!    write targets so.

use saphyr_parser::{Event, Parser};
use std::collections::HashMap;
use std::rc::Rc;

/// A value and the line on which it begins, from 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The line.
    pub line: u32,
    /// What it is.
    pub value: Value,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// One word or text.
    Text(String),
    /// Several values.
    List(Vec<Rc<Node>>),
    /// Values with names, in the order of the text.
    Map(Vec<(String, Rc<Node>)>),
}

/// Why a text is no YAML that can be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct YamlRefused {
    /// The line.
    pub line: u32,
    /// Why, in words.
    pub reason: String,
}

/// How deep values may lie in each other; nobody writes more by hand.
const DEEPEST: usize = 64;

/// The documents of a text. Refused where it breaks the rules of YAML.
pub fn documents(text: &str) -> Result<Vec<Rc<Node>>, YamlRefused> {
    let mut documents = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut known: HashMap<usize, Rc<Node>> = HashMap::new();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| YamlRefused {
            line: line_of(error.marker().line()),
            reason: format!("this is no YAML: {}", error.info()),
        })?;
        let line = line_of(span.start.line());
        let done = match event {
            Event::Scalar(text, _, anchor, _) => {
                let node = Rc::new(Node { line, value: Value::Text(text.into_owned()) });
                if anchor > 0 {
                    known.insert(anchor, Rc::clone(&node));
                }
                node
            }
            Event::Alias(anchor) => match known.get(&anchor) {
                Some(node) => Rc::clone(node),
                None => return Err(YamlRefused { line, reason: "this refers to itself".to_owned() }),
            },
            Event::SequenceStart(..) | Event::MappingStart(..) if open.len() >= DEEPEST => {
                return Err(YamlRefused { line, reason: "values lie too deep in each other".to_owned() });
            }
            Event::SequenceStart(anchor, _) => {
                open.push(Open { line, anchor, value: Value::List(Vec::new()), name: None });
                continue;
            }
            Event::MappingStart(anchor, _) => {
                open.push(Open { line, anchor, value: Value::Map(Vec::new()), name: None });
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => match open.pop() {
                Some(Open { line, anchor, value, .. }) => {
                    let node = Rc::new(Node { line, value });
                    if anchor > 0 {
                        known.insert(anchor, Rc::clone(&node));
                    }
                    node
                }
                None => continue,
            },
            _ => continue,
        };
        match open.last_mut() {
            None => documents.push(done),
            Some(Open { value: Value::List(values), .. }) => values.push(done),
            Some(Open { value: Value::Map(values), name, .. }) => match name.take() {
                Some(name) => values.push((name, done)),
                // A name that is no word names nothing that is asked for.
                None => *name = Some(done.text().unwrap_or_default().to_owned()),
            },
            Some(Open { value: Value::Text(_), .. }) => {}
        }
    }
    // An empty document is an empty text.
    documents.retain(|node| node.value != Value::Text(String::new()));
    Ok(documents)
}

/// A list or map that is still being read.
struct Open {
    line: u32,
    anchor: usize,
    value: Value,
    name: Option<String>,
}

fn line_of(line: usize) -> u32 {
    u32::try_from(line).unwrap_or(u32::MAX)
}

impl Node {
    /// The value with a name; none where it is not there, or says nothing.
    pub fn get(&self, name: &str) -> Option<&Rc<Node>> {
        let Value::Map(values) = &self.value else { return None };
        let (_, node) = values.iter().find(|(known, _)| known == name)?;
        let is_nothing =
            matches!(&node.value, Value::Text(text) if matches!(text.as_str(), "" | "~" | "null"));
        (!is_nothing).then_some(node)
    }

    /// The value at the end of several names.
    pub fn at(&self, path: &[&str]) -> Option<&Node> {
        path.iter().try_fold(self, |node, name| node.get(name).map(Rc::as_ref))
    }

    /// The text; none where it is a list or a map.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text.trim()),
            _ => None,
        }
    }

    /// The text of the value with a name.
    pub fn text_of(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(|node| node.text())
    }

    /// Whether the value with a name is true; none where it is neither.
    pub fn is(&self, name: &str) -> Option<bool> {
        match self.text_of(name)?.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" => Some(true),
            "false" | "no" | "off" => Some(false),
            _ => None,
        }
    }

    /// The values of a list; a single value is a list of one.
    pub fn list(&self) -> &[Rc<Node>] {
        match &self.value {
            Value::List(values) => values,
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_know_their_lines_and_documents_are_apart() {
        let read = documents(
            "# a\nkind: SLO\nspec:\n  target: '99.9'\n  list:\n    - a\n    - b: 1\n---\nkind: Other\n",
        )
        .unwrap();
        let lines: Vec<u32> = read.iter().map(|node| node.line).collect();
        assert_eq!(lines, [2, 9]);
        let target = read[0].at(&["spec", "target"]).unwrap();
        assert_eq!((target.line, target.text()), (4, Some("99.9")));
        let list = read[0].at(&["spec", "list"]).unwrap().list();
        assert_eq!((list[0].text(), list[1].text_of("b"), list[1].line), (Some("a"), Some("1"), 7));
        assert_eq!(read[1].text_of("kind"), Some("Other"));
        assert_eq!(documents("").unwrap(), []);
    }

    #[test]
    fn what_says_nothing_is_not_there_and_truths_are_words() {
        let read = documents("a:\nb: ~\nc: yes\nd: maybe\ne: False").unwrap();
        assert_eq!((read[0].get("a"), read[0].get("b")), (None, None));
        assert_eq!((read[0].is("c"), read[0].is("d"), read[0].is("e")), (Some(true), None, Some(false)));
    }

    #[test]
    fn a_text_that_breaks_off_is_refused_by_its_line() {
        let refused = documents("a: 1\nb: [1, 2\nc: 3\n").unwrap_err();
        assert!(refused.line >= 2 && refused.reason.contains("no YAML"), "{refused:?}");
        let deep = "[".repeat(100) + &"]".repeat(100);
        assert!(documents(&deep).unwrap_err().reason.contains("too deep"));
    }

    #[test]
    fn what_is_referred_to_is_shared_and_nothing_grows() {
        let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for n in 1..40 {
            let last = format!("*a{}, ", n - 1).repeat(9);
            text += &format!("a{n}: &a{n} [{last}]\n");
        }
        let read = documents(&text).unwrap();
        assert_eq!(read[0].at(&["a39"]).unwrap().list().len(), 9);
    }
}
