//! Traps that were seen in real exports (13.1): `oracles/import_quirks.json`, read in place, fact by fact.
//!
//! 1. The values of a test come out of the sentence of the oracle, and a fact without a test fails.
//! 2. Where the rule of ours differs, or fills a gap of the file, the test names it.
//! 3. Of its sections, `jira_rest` belongs to the connector to Jira and `cstate_md` to the import of status pages; both
//!    come later.

use evenkeel_tests::{Desk, shared, zurich};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::fmt::Write;

/// A section of the oracle, and which of its facts were looked at.
struct Section {
    name: &'static str,
    facts: Vec<String>,
    told: RefCell<Vec<bool>>,
}

impl Section {
    fn read(name: &'static str) -> Option<Section> {
        let section = oracle()?[name].take();
        let facts = match name {
            "dirty_numbers" => section["rows"].as_array().expect("rows").iter().map(pair).collect(),
            _ => section["facts"].as_array().expect("facts").iter().map(word).collect::<Vec<_>>(),
        };
        let told = RefCell::new(vec![false; facts.len()]);
        Some(Section { name, facts, told })
    }

    /// The one fact that holds some words.
    #[track_caller]
    fn fact(&self, words: &str) -> &str {
        let mut found = self.facts.iter().enumerate().filter(|(_, fact)| fact.contains(words));
        let (at, fact) = found.next().unwrap_or_else(|| panic!("{}: no fact holds “{words}”", self.name));
        assert!(found.next().is_none(), "{}: several facts hold “{words}”", self.name);
        self.told.borrow_mut()[at] = true;
        fact
    }

    #[track_caller]
    fn all_told(self) {
        let told = self.told.into_inner();
        let untold: Vec<&String> =
            self.facts.iter().zip(told).filter(|(_, told)| !told).map(|(f, _)| f).collect();
        assert!(untold.is_empty(), "{}: facts without a test: {untold:#?}", self.name);
    }
}

fn oracle() -> Option<Value> {
    let text = std::fs::read_to_string(shared("oracles/import_quirks.json")?).expect("the oracle");
    Some(serde_json::from_str(&text).expect("the oracle is JSON"))
}

fn word(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// `["name", "what is odd"]` as one text.
fn pair(row: &Value) -> String {
    format!("{}: {}", word(&row[0]), word(&row[1]))
}

/// The whole numbers of a text, in order: `2,261 columns` holds 2261.
fn numbers(text: &str) -> Vec<usize> {
    let mut numbers = Vec::new();
    let mut digits = String::new();
    let mut letters = text.chars().chain([' ']).peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '0'..='9' => digits.push(letter),
            ',' if !digits.is_empty() && letters.peek().is_some_and(char::is_ascii_digit) => {}
            _ => numbers.extend(std::mem::take(&mut digits).parse::<usize>().ok()),
        }
    }
    numbers
}

/// What stands between two words of a text.
#[track_caller]
fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let (_, rest) = text.split_once(before).unwrap_or_else(|| panic!("“{before}” is not in “{text}”"));
    if after.is_empty() {
        return rest;
    }
    rest.split_once(after).unwrap_or_else(|| panic!("“{after}” is not behind “{before}” in “{text}”")).0
}

fn look(desk: &Desk, file: &[u8]) -> Value {
    desk.ask_with(json!({ "exchange": { "look": {} } }), Some(file))
}

/// The target of a column.
fn target(look: &Value, column: &str) -> String {
    let columns = look["columns"].as_array().expect("columns");
    let found = columns.iter().find(|one| one["name"] == column);
    word(&found.unwrap_or_else(|| panic!("there is a column {column}"))["target"])
}

/// Imports by the proposed mapping; answers what its preview said.
#[track_caller]
fn import(desk: &mut Desk, file: &[u8]) -> Value {
    let mapping = look(desk, file)["mapping"].take();
    let said = desk.ask_with(json!({ "exchange": { "preview": { "mapping": mapping } } }), Some(file));
    let outcome = desk.try_run_with(json!({ "exchange": { "import": { "mapping": mapping } } }), Some(file));
    assert_eq!(outcome.expect("an import").title, said["title"], "an import does what its preview said");
    said
}

/// What became of the item with a key.
struct Found {
    item: domain::backlog::Item,
    state: String,
    category: domain::backlog::Category,
    labels: Vec<String>,
}

#[track_caller]
fn found(desk: &Desk, source: &str, key: &str) -> Found {
    let reader = desk.team.read();
    let item = reader.outside_item(source, key).unwrap().unwrap_or_else(|| panic!("{key} is there")).item;
    let workflow = reader.workflow().unwrap();
    let state = workflow.get(item.present.state.unwrap()).unwrap();
    let labels = reader.labels(item.id).unwrap().into_iter().map(|(kind, name)| format!("{kind} {name}"));
    Found { state: state.name.clone(), category: state.category, labels: labels.collect(), item }
}

/// A moment in the team's zone: `2026-11-02 09:00`.
fn local(at: Option<domain::calendar::Instant>) -> String {
    let zone = domain::calendar::Zone::parse("Europe/Zurich").unwrap();
    at.map_or_else(String::new, |at| zone.local(at).format("%Y-%m-%d %H:%M").to_string())
}

#[test]
fn rule_13_1_jira_csv() {
    let Some(jira) = Section::read("jira_csv") else { return };
    columns_that_are_repeated(jira.fact("repeats a column once per value"));
    marks_and_line_breaks(jira.fact("BOM on some"));
    times_without_a_zone(jira.fact("with no zone given"));
    another_language(jira.fact("follow the user's language"));
    two_fields_of_points(jira.fact("two point fields"));
    rows_without_points(jira.fact("carry no points at all"));
    ladders_of_priorities(jira.fact("the site's own ladder"));
    a_parent_three_times(jira.fact("parent is given three times"));
    a_name_in_another_script(jira.fact("another script"));
    jira.all_told();
}

fn columns_that_are_repeated(fact: &str) {
    // … 96-row file 2,261 columns of 1,656 names, Sprint 27 times, Affects versions 165, Comment 80, Watchers 35 …
    let all = numbers(fact);
    let [rows, columns, names, sprints, versions, comments, watchers] = all[..] else { panic!("{all:?}") };
    let several =
        [("Sprint", sprints), ("Affects versions", versions), ("Comment", comments), ("Watchers", watchers)];
    assert!(several.iter().all(|(name, _)| fact.contains(name)), "{fact}");
    let mut header = vec!["Summary".to_owned(), "Issue key".into(), "Issue Type".into(), "Status".into()];
    for (name, times) in several {
        header.extend(std::iter::repeat_n(name.to_owned(), times));
    }
    let single = names - 4 - several.len();
    let twice = columns - header.len() - single;
    for n in 0..single {
        header.extend(std::iter::repeat_n(format!("Custom field (Field {n})"), 1 + usize::from(n < twice)));
    }
    assert_eq!(header.len(), columns);
    let mut file = header.join(",") + "\n";
    for row in 1..=rows {
        let cells = header.iter().enumerate().map(|(at, name)| match (name.as_str(), at) {
            ("Summary", _) => format!("Work {row}"),
            ("Issue key", _) => format!("A-{row}"),
            ("Issue Type", _) => "Story".into(),
            ("Status", _) => "To Do".into(),
            // The last of the repeated columns only, and in another row the first.
            ("Sprint", at) if at == 4 + (row * 7) % sprints => format!("Sprint {at}"),
            _ => String::new(),
        });
        file += &(cells.collect::<Vec<_>>().join(",") + "\n");
    }
    let mut desk = Desk::new();
    let seen = look(&desk, file.as_bytes());
    let shown = seen["columns"].as_array().unwrap();
    assert_eq!(shown.len(), names, "columns are gathered by name");
    for (name, times) in several {
        let column = shown.iter().find(|one| one["name"] == name).unwrap();
        assert_eq!(column["repeated"], times, "{name}");
    }
    let said = import(&mut desk, file.as_bytes());
    assert_eq!((&said["new"], &said["rowsInAll"], &said["cellsInAll"]), (&json!(rows), &json!(0), &json!(0)));
    let used = seen["mapping"]["columns"].as_array().unwrap().iter().filter(|one| one["target"] != "ignore");
    let ignored = said["notImported"].as_array().unwrap().len();
    assert_eq!(used.count() + ignored, names, "what is not imported is listed, all of it");
    for row in [1, rows / 2, rows] {
        let at = 4 + (row * 7) % sprints;
        assert_eq!(found(&desk, "Jira", &format!("A-{row}")).labels, [format!("sprint Sprint {at}")]);
    }
}

fn marks_and_line_breaks(fact: &str) {
    assert!(fact.contains("LF inside, CRLF rows") && fact.contains("never ragged"), "{fact}");
    let text = "Issue key,Summary,Issue Type,Status,Description\r\nA-1,One,Bug,Done,\"two\nlines\"\r\nA-2,Two,Story,To Do,\r\n";
    let mut descriptions = Vec::new();
    for file in [text.to_owned(), format!("\u{feff}{text}"), text.replace("\r\n", "\n")] {
        let mut desk = Desk::new();
        let said = import(&mut desk, file.as_bytes());
        assert_eq!((&said["new"], &said["rowsInAll"]), (&json!(2), &json!(0)));
        descriptions.push(found(&desk, "Jira", "A-1").item.description);
    }
    assert_eq!(descriptions, ["two\nlines"; 3]);
}

fn times_without_a_zone(fact: &str) {
    // Ours: a time without a zone is the team's (Zurich here), for the file does not say whose it is.
    let written = fact.split_once(": ").expect("an example").1;
    let mut desk = Desk::new();
    let file = format!("Issue key,Summary,Issue Type,Status,Created\nA-1,One,Story,To Do,{written}\n");
    import(&mut desk, file.as_bytes());
    assert_eq!(written, "27/Dec/25 10:48 AM");
    assert_eq!(found(&desk, "Jira", "A-1").item.present.created_at, Some(zurich("2025-12-27 10:48")));
}

fn another_language(fact: &str) {
    // Clave de incidencia, 30/mar/26 10:44 PM, 11/abr/26 9:32 AM, Finalizada / En curso / Tareas por hacer, Subtarea; …
    let rest = between(fact, "language: ", ";");
    let [key, created, resolved, statuses, kind] = rest.split(", ").collect::<Vec<_>>()[..] else {
        panic!("{rest}")
    };
    let [done, doing, open] = statuses.split(" / ").collect::<Vec<_>>()[..] else { panic!("{statuses}") };
    let sprint = between(fact, "sprint names read '", "'");
    let column = between(fact, "sprint column stays '", "'");
    let head = format!("Resumen,{key},Tipo de Incidencia,Estado,Creada,Resuelta,{column}\n");
    let file = format!(
        "{head}Pagar,TAB-1,Historia,{done},{created},{resolved},{sprint}\nProbar,TAB-2,{kind},{doing},{created},,\n\
         Total,TAB-3,Error,{open},{created},,\n"
    );
    let mut desk = Desk::at("2026-05-04 09:00");
    assert_eq!(import(&mut desk, file.as_bytes())["cellsInAll"], 0);
    let states = ["TAB-1", "TAB-2", "TAB-3"].map(|key| found(&desk, "Jira", key).state);
    assert_eq!(states, ["Done", "In progress", "To do"]);
    let first = found(&desk, "Jira", "TAB-1");
    assert_eq!(local(first.item.present.created_at), "2026-03-30 22:44");
    assert_eq!(local(first.item.present.state_since), "2026-04-11 09:32");
    assert_eq!(first.labels, [format!("sprint {sprint}")], "rule 13.3: a label");
    // Ours: a sub-task says nothing of the kind of its work, so that it is unsorted (1.1).
    assert_eq!(found(&desk, "Jira", "TAB-2").item.present.kind, None);
}

fn two_fields_of_points(fact: &str) {
    let quoted: Vec<&str> = fact.split('\'').skip(1).step_by(2).collect();
    let [one, two, localised, value] = quoted[..] else { panic!("{quoted:?}") };
    let row = |header: &str, cells: &str| {
        let mut desk = Desk::new();
        let file = format!("Issue key,Summary,Issue Type,Status,{header}\nA-1,One,Story,To Do,{cells}\n");
        let said = import(&mut desk, file.as_bytes());
        (found(&desk, "Jira", "A-1").item.present.size, said["cells"].clone())
    };
    let points = Some(domain::measures::Size::points(8));
    assert_eq!(value, "8.0");
    for (header, cells) in [
        (format!("{one},{two}"), format!("{value},")),
        (format!("{one},{two}"), format!(",{value}")),
        (format!("{one},{two}"), format!("{value},{value}")),
        (localised.to_owned(), value.to_owned()),
    ] {
        assert_eq!(row(&header, &cells), (points, json!([])), "{header}: {cells}");
    }
    // Ours: where both say something and differ, the first is taken and the other is named.
    let (size, cells) = row(&format!("{one},{two}"), &format!("{value},5"));
    assert_eq!((size, &cells[0]["reason"]), (points, &json!("another column says 8, which is taken")));
}

fn rows_without_points(fact: &str) {
    let (_, pairs) = fact.split_once('(').expect("pairs");
    let pairs = pairs.split_once(',').expect("the reason behind them").0;
    let pairs: Vec<Vec<usize>> = pairs.split(';').map(numbers).collect();
    assert_eq!(pairs.len(), 3, "{fact}");
    for pair in pairs {
        let [without, rows] = pair[..] else { panic!("{pair:?}") };
        let mut file = "Issue key,Summary,Issue Type,Status,Custom field (Story Points)\n".to_owned();
        for row in 1..=rows {
            let points = if row > without { "3.0" } else { "" };
            writeln!(file, "A-{row},Work {row},Sub-task,To Do,{points}").unwrap();
        }
        let mut desk = Desk::new();
        assert_eq!(import(&mut desk, file.as_bytes())["new"], rows);
        let overview = desk.ask(json!({ "backlog": { "overview": {} } }));
        // Rule 1.4: not set is not zero.
        assert_eq!(overview["counts"]["withoutSize"], without, "{overview}");
    }
}

fn ladders_of_priorities(fact: &str) {
    // … one value for everything (Medium) or the site's own ladder (P1-Immediate, P2-High, P3-Medium, Unknown)
    let mut lists = fact.split('(').skip(1).map(|rest| rest.split(')').next().unwrap());
    let one = lists.next().unwrap();
    let ladder: Vec<&str> = lists.next().unwrap().split(", ").collect();
    let mut file = "Issue key,Summary,Issue Type,Status,Priority\n".to_owned();
    for (n, priority) in ladder.iter().chain([&one]).enumerate() {
        writeln!(file, "A-{n},Work {n},Bug,To Do,{priority}").unwrap();
    }
    let mut desk = Desk::new();
    let seen = look(&desk, file.as_bytes());
    let severities = seen["mapping"]["severities"].as_array().unwrap();
    assert_eq!(severities.iter().map(|one| word(&one["value"])).collect::<Vec<_>>().len(), 5);
    let to: Vec<&Value> = severities.iter().map(|one| &one["to"]).collect();
    assert_eq!(to, [&json!("critical"), &json!("high"), &json!("low"), &Value::Null, &json!("low")]);
    import(&mut desk, file.as_bytes());
    assert_eq!(found(&desk, "Jira", "A-3").item.present.severity, None, "unknown is not low (1.4)");
}

fn a_parent_three_times(fact: &str) {
    let category = between(fact, "own column (", ")");
    assert!(fact.contains("id, key, title"), "{fact}");
    // The category is the safe way to tell done: the names of these statuses say nothing.
    for (header, parent) in
        [("Parent,Parent key,Parent summary", "1001,A-1,Whole"), ("Parent", "1001"), ("Parent key", "A-1")]
    {
        let none = ",".repeat(parent.matches(',').count());
        let file = format!(
            "Issue key,Issue id,Summary,Issue Type,Status,{header},{category}\nA-1,1001,Whole,Story,Alfa,{none},Tareas por hacer\n\
             A-2,1002,Part,Sub-task,Omega,{parent},Listo\n"
        );
        let mut desk = Desk::new();
        assert_eq!(import(&mut desk, file.as_bytes())["cellsInAll"], 0);
        let (whole, part) = (found(&desk, "Jira", "A-1"), found(&desk, "Jira", "A-2"));
        assert_eq!((part.item.parent, part.state.as_str()), (Some(whole.item.id), "Done"), "{header}");
        assert_eq!(whole.state, "To do");
    }
}

fn a_name_in_another_script(fact: &str) {
    assert!(fact.contains("Hebrew start date"), "{fact}");
    let name = "Custom field (תאריך התחלה)";
    let file = format!(
        "Issue key,Summary,Issue Type,Status,Created,{name}\nA-1,One,Story,In Progress,1/Oct/26 8:00 AM,2/Nov/26 8:00 AM\n"
    );
    let mut desk = Desk::at("2026-11-04 09:00");
    let mut mapping = look(&desk, file.as_bytes())["mapping"].take();
    assert_eq!(target(&look(&desk, file.as_bytes()), name), "ignore", "it is listed, whatever its script");
    let columns = mapping["columns"].as_array_mut().unwrap();
    columns.iter_mut().find(|one| one["name"] == name).unwrap()["target"] = json!("started");
    let command = json!({ "exchange": { "import": { "mapping": mapping } } });
    desk.try_run_with(command, Some(file.as_bytes())).unwrap();
    assert_eq!(local(found(&desk, "Jira", "A-1").item.present.state_since), "2026-11-02 08:00");
}

#[test]
fn rule_13_1_azure_devops() {
    let Some(azure) = Section::read("azure_devops_csv") else { return };
    let Some(file) = shared("data/azure-devops-csv-lighthouse/adodata.csv") else { return };
    let bytes = std::fs::read(file).unwrap();
    let text = String::from_utf8(bytes.clone()).unwrap();
    let mut desk = Desk::new();
    let seen = look(&desk, &bytes);
    import(&mut desk, &bytes);

    assert!(azure.fact("UTF-8 with BOM").contains("header plain, values quoted"));
    assert!(text.starts_with("\u{feff}ID,"), "the mark is there");
    assert_eq!((&seen["mapping"]["encoding"], target(&seen, "ID")), (&json!("utf8"), "key".to_owned()));

    let dates = azure.fact("user's locale");
    let (written, meant) = (between(dates, "locale: ", " is "), between(dates, " is ", " ("));
    assert_eq!(
        (written, meant, &seen["mapping"]["dates"]),
        ("7.6.2025 14:59:28", "7 June", &json!("dayFirst"))
    );
    let row =
        text.lines().find(|line| line.contains(&format!("\"{written}\""))).expect("the row of the fact");
    let begun = found(&desk, "Azure DevOps", row.split('"').nth(1).unwrap());
    let facts = desk.team.read().item_facts(begun.item.id).unwrap();
    let moments: Vec<String> = facts.iter().map(|fact| local(Some(fact.happened_at))).collect();
    assert!(moments.contains(&"2025-06-07 14:59".to_owned()), "{moments:?}");

    // Ours: an end of its own, cancelled and never completed (1.5, 3.3).
    let state = azure.fact("neither open nor done").split('\'').nth(1).unwrap();
    let removed: Vec<&str> = text.lines().filter(|line| line.contains(&format!(",\"{state}\","))).collect();
    assert!(!removed.is_empty());
    for row in removed {
        let key = row.split('"').nth(1).unwrap();
        assert_eq!(found(&desk, "Azure DevOps", key).category, domain::backlog::Category::Cancelled, "{row}");
    }

    assert!(azure.fact("doubled").contains("quotes inside titles"));
    let quoted = text.lines().find(|line| line.contains("\"\"")).expect("a doubled quote");
    let title = found(&desk, "Azure DevOps", quoted.split('"').nth(1).unwrap()).item.title;
    assert!(title.contains('"') && !title.contains("\"\""), "{title}");
    azure.all_told();
}

#[test]
fn rule_13_1_dirty_numbers() {
    let Some(dirty) = Section::read("dirty_numbers") else { return };
    a_row_for_each_developer(dirty.fact("commercial-tasks-sip"));
    names_with_unquoted_commas(dirty.fact("unquoted commas"));
    ends_before_the_beginning(dirty.fact("cycle-times-rueedlinger"));
    rows_without_a_key_or_a_status(dirty.fact("without id and state"));
    a_live_product(dirty.fact("live-product-7digital"));
    dirty.all_told();
}

fn a_row_for_each_developer(fact: &str) {
    let (_, facts) = fact.split_once(": ").unwrap();
    let [rows, tasks] = numbers(between(facts, "", " tasks"))[..] else { panic!("{facts}") };
    let unfinished = numbers(between(facts, "04; ", " without"))[0];
    let byte = u8::from_str_radix(between(facts, "bytes (0x", ")"), 16).unwrap();
    let date = between(facts, "dates ", ";");
    let mut file = b"TaskNumber,Title,Developer,StartedOn,CompletedOn\n".to_vec();
    for row in 0..rows {
        // The last rows repeat a task for a second developer.
        let task = row % tasks;
        let end = if task < unfinished { "" } else { date };
        file.extend(format!("{task},The customer").bytes());
        file.push(byte);
        file.extend(format!("s task {task},D{},{date},{end}\n", row / tasks).bytes());
    }
    let mut desk = Desk::new();
    let mut mapping = look(&desk, &file)["mapping"].take();
    assert_eq!(mapping["encoding"], "cp1252");
    // No name of its header is known; a person says what it is once.
    for (name, target) in [
        ("TaskNumber", "key"),
        ("Title", "title"),
        ("Developer", "owner"),
        ("StartedOn", "started"),
        ("CompletedOn", "resolved"),
    ] {
        let columns = mapping["columns"].as_array_mut().unwrap();
        columns.iter_mut().find(|one| one["name"] == name).unwrap()["target"] = json!(target);
    }
    let said = desk.ask_with(json!({ "exchange": { "preview": { "mapping": mapping } } }), Some(&file));
    // Ours: of several rows with one key the first is taken, and each other one is named with its line.
    assert_eq!((&said["new"], &said["rowsInAll"]), (&json!(tasks), &json!(rows - tasks)));
    let second = &said["rows"][0];
    assert_eq!((&second["line"], &second["value"]), (&json!(tasks + 2), &json!("0")));
    assert_eq!(second["reason"], "the key stands already on line 2; the first row is taken");
    desk.try_run_with(json!({ "exchange": { "import": { "mapping": mapping } } }), Some(&file)).unwrap();
    let last = found(&desk, "CSV", &(tasks - 1).to_string());
    assert_eq!(last.item.title, format!("The customer’s task {}", tasks - 1));
    assert_eq!(
        (last.state.as_str(), local(last.item.present.state_since)),
        ("Done", "2004-11-02 00:00".into())
    );
    assert_eq!(date, "02-Nov-04");
    // A file without statuses says by its dates what is done; without a completion it is only begun.
    let workflow = desk.team.read().workflow().unwrap();
    let items = desk.team.read().items(store::ItemFilter::All).unwrap();
    let begun =
        items.iter().filter(|i| workflow.category(i.present.state) == domain::backlog::Category::InProgress);
    assert_eq!(begun.count(), unfinished);
}

fn names_with_unquoted_commas(fact: &str) {
    assert!(fact.contains("sprint names") && fact.contains("shift the columns"), "{fact}");
    let mut desk = Desk::new();
    let file = b"Issue key,Sprint,Summary,Issue Type,Status\nA-1,Sprint 1,One,Story,To Do\nA-2,Sprint 2, part two,Two,Story,Done\n";
    let said = import(&mut desk, file);
    // Ours: a row whose cells may stand in the wrong columns is not taken, and is named.
    assert_eq!(
        (&said["new"], &said["rowsInAll"], &said["rows"][0]["line"]),
        (&json!(1), &json!(1), &json!(3))
    );
    assert!(word(&said["rows"][0]["reason"]).contains("the row has 6 fields and the header 5"));
}

fn ends_before_the_beginning(fact: &str) {
    let [wrong, rows] = numbers(between(fact, ": ", " rows"))[..] else { panic!("{fact}") };
    let Some(file) = shared("data/cycle-times-rueedlinger/jira.csv") else { return };
    let file = std::fs::read(file).unwrap();
    let mut desk = Desk::new();
    let said = import(&mut desk, &file);
    // Ours: its end is the earliest that is known of it; the row is taken, and the cell is named.
    assert_eq!((&said["new"], &said["cellsInAll"]), (&json!(rows), &json!(wrong)));
    let reason = "this is after its end; the end is taken for both";
    assert!(
        said["cells"]
            .as_array()
            .unwrap()
            .iter()
            .all(|one| one["reason"] == reason && one["column"] == "created_date")
    );
    let workflow = desk.team.read().workflow().unwrap();
    for item in desk.team.read().items(store::ItemFilter::All).unwrap() {
        assert!(item.present.created_at <= item.present.state_since);
        assert!(
            workflow.category(item.present.state).is_end(),
            "a file without statuses says it by its dates"
        );
    }
}

fn rows_without_a_key_or_a_status(fact: &str) {
    let [keyless, stateless] = numbers(fact)[..] else { panic!("{fact}") };
    let mut file = "Issue key,Summary,Issue Type,Status\n".to_owned();
    (0..keyless).for_each(|n| writeln!(file, ",Work {n},Story,").unwrap());
    (0..stateless).for_each(|n| writeln!(file, "M-{n},Work {n},Story,").unwrap());
    file += "M-99,Work,Story,Done\n";
    let mut desk = Desk::new();
    let said = import(&mut desk, file.as_bytes());
    assert_eq!((&said["new"], &said["rowsInAll"]), (&json!(stateless + 1), &json!(keyless)));
    assert!(
        said["rows"]
            .as_array()
            .unwrap()
            .iter()
            .all(|row| word(&row["reason"]).starts_with("there is no key"))
    );
    // Ours: an empty status is the team's first state.
    assert_eq!(found(&desk, "Jira", "M-0").state, "To do");
}

fn a_live_product(fact: &str) {
    let [early, weekend, untyped] = [
        numbers(between(fact, ": ", " rows end"))[0],
        numbers(between(fact, "prioritised; ", " done"))[0],
        usize::from(fact.contains("one row without a type")),
    ];
    assert_eq!(untyped, 1);
    let mut file = "Key,Title,Type,Created,Started,Done date\n".to_owned();
    (0..early).for_each(|n| writeln!(file, "E-{n},Work,Feature,2026-10-01,2026-10-09,2026-10-07").unwrap());
    // A Sunday: work that is finished then counts then (5.2).
    (0..weekend).for_each(|n| writeln!(file, "W-{n},Work,Feature,2026-10-01,2026-10-02,2026-10-04").unwrap());
    (0..untyped).for_each(|n| writeln!(file, "U-{n},Work,,2026-10-01,,").unwrap());
    let mut desk = Desk::new();
    let said = import(&mut desk, file.as_bytes());
    assert_eq!((&said["new"], &said["cellsInAll"]), (&json!(early + weekend + untyped), &json!(early)));
    let cell = &said["cells"][0];
    assert_eq!(
        (&cell["column"], &cell["reason"]),
        (&json!("Started"), &json!("this is after its end; the end is taken for both"))
    );
    assert_eq!(local(found(&desk, "CSV", "E-0").item.present.state_since), "2026-10-07 00:00");
    assert_eq!(local(found(&desk, "CSV", "W-0").item.present.state_since), "2026-10-04 00:00");
    assert_eq!(found(&desk, "CSV", "U-0").item.present.kind, None, "rule 1.1: unsorted");
}

#[test]
fn rule_13_1_linear_csv_is_read_as_any_other_list() {
    let Some(linear) = Section::read("linear_csv") else { return };
    let Some(section) = oracle() else { return };
    let header = word(&section["linear_csv"]["columns_30"]);
    let newer = format!(
        "UUID,{},Time in status (minutes),Related to,Blocked by,Duplicate of",
        header.replace(",Roadmaps", "")
    );
    assert!(
        word(&section["linear_csv"]["columns_34_adds"]).contains("UUID,Time in status (minutes),Related to")
    );
    let row = |header: &str, values: &[(&str, &str)], fields: usize| {
        let cells =
            header.split(',').map(|name| values.iter().find(|(of, _)| *of == name).map_or("", |(_, v)| v));
        let cells: Vec<String> = cells.map(|cell| format!("\"{cell}\"")).take(fields).collect();
        cells.join(",") + "\n"
    };

    // Rows a field short are taken, whatever the missing field is.
    let short = numbers(linear.fact("one field short"));
    let [fields, columns] = short[..] else { panic!("{short:?}") };
    assert_eq!(header.split(',').count(), columns);
    assert!(linear.fact("joined with").contains("', '"));
    assert!(linear.fact("leading apostrophe").contains("formula"));
    assert!(linear.fact("ISO UTC with Z").starts_with("times"));
    let values = [
        ("ID", "LIN-1"),
        ("Title", "'=1+1 is a title"),
        ("Status", "Done"),
        ("Estimate", "3"),
        ("Priority", "Urgent"),
        ("Labels", "web, api"),
        ("Cycle Name", "Cycle 7"),
        ("Created", "2026-09-02T09:00:00.000Z"),
        ("Completed", "2026-09-10T14:00:00.000Z"),
    ];
    for header in [header.clone(), newer] {
        let fields = if header.starts_with("ID") { fields } else { header.split(',').count() };
        let file = format!("{header}\n{}", row(&header, &values, fields));
        let mut desk = Desk::new();
        let said = import(&mut desk, file.as_bytes());
        assert_eq!(
            (&said["new"], &said["rowsInAll"], &said["cellsInAll"]),
            (&json!(1), &json!(0), &json!(0)),
            "{said}"
        );
        let item = found(&desk, "Linear", "LIN-1");
        assert_eq!((item.item.title.as_str(), item.state.as_str()), ("=1+1 is a title", "Done"));
        assert_eq!(item.labels, ["label web", "label api", "sprint Cycle 7"]);
        assert_eq!(local(item.item.present.created_at), "2026-09-02 11:00", "UTC, shown in the team's zone");
        assert_eq!(item.item.present.size, Some(domain::measures::Size::points(3)));
    }

    let older = linear.fact("17 columns");
    let written = between(older, "times as '", "'");
    assert!(older.contains("priority as a word"));
    let file = format!(
        "ID,Team,Title,Status,Priority,Cycle Name,Created\nLIN-2,Web,Old,Backlog,High,Cycle 1,{written}\n"
    );
    let mut desk = Desk::new();
    import(&mut desk, file.as_bytes());
    assert_eq!(written, "Mon Apr 21 2025 10:17:06 GMT+0000 (GMT)");
    let old = found(&desk, "Linear", "LIN-2");
    assert_eq!(local(old.item.present.created_at), "2025-04-21 12:17");
    assert_eq!(old.item.present.severity.map(|severity| severity.to_string()), Some("high".into()));
    linear.all_told();
}

#[test]
fn every_section_of_the_oracle_is_tested_or_named_as_a_later_importers() {
    let Some(oracle) = oracle() else { return };
    let mut sections: Vec<&str> = oracle.as_object().unwrap().keys().map(String::as_str).collect();
    sections.sort_unstable();
    let (tested, later) =
        (["azure_devops_csv", "dirty_numbers", "jira_csv", "linear_csv"], ["cstate_md", "jira_rest"]);
    let mut known: Vec<&str> = tested.into_iter().chain(later).chain(["what"]).collect();
    known.sort_unstable();
    assert_eq!(sections, known);
}
