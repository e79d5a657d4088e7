//! What becomes of a file, from its bytes to its drafts: fixtures of our own, and real exports where they are present.

use super::mapping::{self, DecimalSign, Mapping, Proposal, Target};
use super::rows::{self, Cell, Draft, Drafts, MappingRefused, Problem};
use super::table::{NotATable, Reading, Table};
use domain::backlog::Category;
use domain::calendar::{Instant, Zone};
use domain::identity::{Identities, StateId};
use domain::team::{State, Workflow};
use expect_test::{Expect, expect};
use std::path::PathBuf;

fn workflow() -> Workflow {
    let mut identities = Identities::new(Instant::from_millis(0), 1, 1);
    let mut state = |name: &str, category| State { id: identities.fresh(), name: name.into(), category };
    let states = vec![
        state("To do", Category::ToDo),
        state("In progress", Category::InProgress),
        state("In review", Category::InProgress),
        state("Done", Category::Done),
        state("Cancelled", Category::Cancelled),
    ];
    Workflow::new(states).unwrap()
}

fn table(bytes: &[u8]) -> Table<'_> {
    Table::read(bytes, Reading::default()).unwrap()
}

fn proposed(bytes: &[u8]) -> Proposal {
    mapping::propose(&table(bytes), &workflow())
}

fn drafts(table: &Table<'_>, mapping: &Mapping) -> (Vec<Draft>, Vec<Problem>) {
    let (mut drafts, mut not_taken) = (Vec::new(), Vec::new());
    for row in Drafts::new(table, mapping, Zone::UTC).unwrap() {
        match row {
            Ok(draft) => drafts.push(draft),
            Err(problem) => not_taken.push(problem),
        }
    }
    (drafts, not_taken)
}

/// The mapping in a few lines: source and signs, columns with targets, values, notes.
fn show_mapping(proposal: &Proposal) -> String {
    let workflow = workflow();
    let mapping = &proposal.mapping;
    let mut shown = format!("{} {:?} {:?}\n", mapping.source, mapping.decimal, mapping.dates);
    for (column, seen) in mapping.columns.iter().zip(&proposal.columns) {
        if column.target != Target::Ignore {
            shown += &format!("{} -> {:?} by {:?}\n", column.name, column.target, seen.because);
        }
    }
    let values = |what: &str, all: Vec<String>| {
        if all.is_empty() { String::new() } else { format!("{what}: {}\n", all.join(", ")) }
    };
    let word = |to: Option<&str>| to.unwrap_or("-").to_owned();
    let kinds = mapping
        .kinds
        .iter()
        .map(|v| {
            format!("{} {}", v.value, word(v.to.map(|k| k.kind().map_or("left out", |kind| kind.word()))))
        })
        .collect();
    let severities =
        mapping.severities.iter().map(|v| format!("{} {}", v.value, word(v.to.map(|s| s.word())))).collect();
    let name =
        |id: Option<StateId>| word(id.and_then(|id| workflow.get(id)).map(|state| state.name.as_str()));
    let states = mapping.states.iter().map(|v| format!("{} > {}", v.value, name(v.to))).collect();
    shown += &values("kinds", kinds);
    shown += &values("severities", severities);
    shown += &values("states", states);
    for note in &proposal.notes {
        shown += &format!("! {note}\n");
    }
    shown
}

fn check_mapping(text: &str, expected: Expect) {
    expected.assert_eq(&show_mapping(&proposed(text.as_bytes())));
}

fn show_cell<T>(name: &str, cell: &Cell<T>, show: impl Fn(&T) -> String) -> String {
    match cell {
        Cell::Unsaid => String::new(),
        Cell::Empty => format!(" {name}=-"),
        Cell::Holds(value) => format!(" {name}={}", show(value)),
    }
}

fn show_draft(draft: &Draft) -> String {
    let workflow = workflow();
    let at = |at: &Instant| Zone::UTC.local(*at).format("%Y-%m-%dT%H:%M:%S").to_string();
    let mut shown = format!("{} {} “{}”", draft.line, draft.key, draft.title);
    shown += &show_cell("description", &draft.description, |text| format!("{text:?}"));
    shown += &show_cell("kind", &draft.kind, |kind| kind.to_string());
    shown += &show_cell("severity", &draft.severity, |severity| severity.to_string());
    shown += &show_cell("size", &draft.size, |size| size.to_string());
    shown += &show_cell("state", &draft.state, |id| workflow.get(*id).unwrap().name.clone());
    shown += &show_cell("created", &draft.created, at);
    shown += &show_cell("started", &draft.started, at);
    shown += &show_cell("resolved", &draft.resolved, at);
    shown += &show_cell("parent", &draft.parent, String::clone);
    shown += &show_cell("owner", &draft.owner, String::clone);
    shown += &show_cell("labels", &draft.labels, |labels| labels.join("+"));
    shown += &show_cell("sprints", &draft.sprints, |sprints| sprints.join("+"));
    shown
}

fn show_problem(problem: &Problem) -> String {
    format!("! {} [{}] {:?}: {}", problem.line, problem.column, problem.value, problem.reason)
}

/// Every row as a draft with its problems, or why it is not taken, by the mapping that is proposed.
fn check_rows(text: &str, expected: Expect) {
    let table = table(text.as_bytes());
    let mapping = mapping::propose(&table, &workflow()).mapping;
    let mut shown = String::new();
    for row in Drafts::new(&table, &mapping, Zone::UTC).unwrap() {
        match row {
            Ok(draft) => {
                shown += &(show_draft(&draft) + "\n");
                draft.problems.iter().for_each(|problem| shown += &format!("  {}\n", show_problem(problem)));
            }
            Err(problem) => shown += &(show_problem(&problem) + "\n"),
        }
    }
    let ignored = rows::not_imported(&table, &mapping);
    if !ignored.is_empty() {
        shown += &format!("not imported: {}\n", ignored.join(", "));
    }
    expected.assert_eq(&shown);
}

// --- Mappings ---

#[test]
fn rule_13_1_jira_in_spanish_is_known_by_name() {
    check_mapping(
        "Resumen,Clave de incidencia,ID de la incidencia,Tipo de Incidencia,Estado,Prioridad,Persona asignada,Creada,Resuelta,\
         Sprint,Sprint,Campo personalizado (Story point estimate),Clave principal,Categoría de estado\n\
         Pagar con tarjeta,TAB-1,10001,Historia,Finalizada,Medium,Ana,30/mar/26 10:44 PM,11/abr/26 9:32 AM,Tablero Sprint 1,,8.0,,Listo\n\
         Probar el pago,TAB-2,10002,Subtarea,En curso,Muy alta,,30/mar/26 10:45 PM,,Tablero Sprint 1,Tablero Sprint 2,,TAB-1,En curso\n\
         Total incorrecto,TAB-3,10003,Error,Tareas por hacer,Medium,,30/mar/26 10:46 PM,,,,,,Tareas por hacer\n",
        expect![[r#"
            Jira Point DayFirst
            Resumen -> Title by Name
            Clave de incidencia -> Key by Name
            ID de la incidencia -> Id by Name
            Tipo de Incidencia -> Kind by Name
            Estado -> State by Name
            Prioridad -> Severity by Name
            Persona asignada -> Owner by Name
            Creada -> Created by Name
            Resuelta -> Resolved by Name
            Sprint -> Sprint by Name
            Campo personalizado (Story point estimate) -> Size by Name
            Clave principal -> Parent by Name
            Categoría de estado -> StateCategory by Name
            kinds: Historia feature, Subtarea left out, Error bug
            severities: Medium low, Muy alta critical
            states: Finalizada > Done, En curso > In progress, Tareas por hacer > To do
            ! Rows of the type “Subtarea” have no size, but the items of which they are parts have one: they are left out, so that the whole items can be planned. Choose otherwise under Types to bring them in; then the size of the whole item counts nowhere.
        "#]],
    );
}

#[test]
fn rule_13_1_a_language_that_is_not_known_is_read_by_its_values() {
    // A made-up tongue: nothing here is known by name, and no status but through its category.
    let mut text = "Zorvun,Zorvunklu,Zorvun id,Fentu,Grelm,Projekku,Kiru,Modu,Drolm,Grelmatega,Custom field (Story Points),Kommu\n".to_owned();
    for n in 1..=12 {
        let (status, category, done) = match n % 3 {
            0 => ("Vosk", "Done", "1/feb/26 9:00 AM"),
            1 => ("Vrinta", "In Progress", ""),
            _ => ("Nul", "To Do", ""),
        };
        let kind = if n % 4 == 0 { "Bug" } else { "Story" };
        let size = [1, 2, 3, 5][n % 4];
        text += &format!(
            "Something to do number {n},XYZ-{n},1000{n:02},{kind},{status},XYZ,{n:02}/jan/26 9:00 AM,{n:02}/mar/26 9:00 AM,{done},{category},{size},"
        );
        text += &format!(
            "A longer text that says in more words than the title what is to be done about number {n}\n"
        );
    }
    check_mapping(
        &text,
        expect![[r#"
            Jira Point DayFirst
            Zorvun -> Title by Values
            Zorvunklu -> Key by Values
            Zorvun id -> Id by Values
            Fentu -> Kind by Values
            Grelm -> State by Values
            Kiru -> Created by Values
            Drolm -> Resolved by Values
            Grelmatega -> StateCategory by Values
            Custom field (Story Points) -> Size by Name
            Kommu -> Description by Values
            kinds: Story feature, Bug bug
            states: Vrinta > In progress, Nul > To do, Vosk > Done
        "#]],
    );
}

#[test]
fn linear_is_known_by_name_and_may_lack_a_field() {
    check_rows(
        "ID,Team,Title,Description,Status,Estimate,Priority,Creator,Assignee,Labels,Cycle Name,Created,Updated,Started,Completed,Canceled,Parent issue,Roadmaps\n\
         ENG-1,Eng,\"'=SUM is not run\",,Done,3,Urgent,a,b,\"Bug, Web\",Cycle 4,2025-04-20T10:17:06.000Z,x,2025-04-21T10:17:06.000Z,2025-04-22T10:17:06.000Z,,,\n\
         ENG-2,Eng,One field short,Text,Canceled,,No priority,a,,,,2025-04-20T10:17:06.000Z,x,,,2025-04-23T10:17:06.000Z,ENG-1\n",
        expect![[r#"
            2 ENG-1 “=SUM is not run” description=- severity=critical size=3 state=Done created=2025-04-20T10:17:06 started=2025-04-21T10:17:06 resolved=2025-04-22T10:17:06 parent=- owner=b labels=Bug+Web sprints=Cycle 4
            3 ENG-2 “One field short” description="Text" severity=- size=- state=Cancelled created=2025-04-20T10:17:06 started=- resolved=2025-04-23T10:17:06 parent=ENG-1 owner=- labels=- sprints=-
            not imported: Team, Creator, Updated, Roadmaps
        "#]],
    );
}

#[test]
fn azure_devops_has_its_own_ways() {
    check_rows(
        "\u{feff}ID,Work Item Type,Title,State,Assigned To,Tags,Activated Date,Closed Date,Priority,Iteration Path,Parent\n\
         \"2502\",\"User Story\",\"Say \"\"hello\"\"\",\"Closed\",\"Ana Ruiz <ana@example.invalid>\",\"Community| Premium\",\"7.6.2025 14:59:28\",\"7.6.2025 16:49:19\",\"2\",\"Shop\\Sprint 3\",\"2251\"\n\
         \"2503\",\"Bug\",\"Gone\",\"Removed\",\"\",\"\",\"\",\"\",\"1\",\"Shop\",\"\"\n\
         \"2504\",\"Task\",\"Waits for its test\",\"Resolved\",\"\",\"A; B\",\"27.6.2025 09:00:00\",\"\",\"\",\"\",\"\"\n",
        expect![[r#"
            2 2502 “Say "hello"” kind=feature severity=high state=Done started=2025-06-07T14:59:28 resolved=2025-06-07T16:49:19 parent=2251 owner=Ana Ruiz labels=Community+Premium sprints=Shop\Sprint 3
            3 2503 “Gone” kind=bug severity=critical state=Cancelled started=- resolved=- parent=- owner=- labels=- sprints=Shop
            4 2504 “Waits for its test” kind=- severity=- state=In progress started=2025-06-27T09:00:00 resolved=- parent=- owner=- labels=A+B sprints=-
        "#]],
    );
}

#[test]
fn rule_13_1_the_order_of_dates_is_proposed_from_all_values_and_doubt_is_said() {
    let notes = |text: &str| proposed(text.as_bytes()).notes.join(" ");
    let ambiguous = notes("Key,Title,Created\nA-1,x,3/4/2025\nA-2,y,5/6/2025\n");
    assert_eq!(ambiguous, "Dates such as 3/4/2025 can be read either way; the day is taken to come first.");
    assert_eq!(notes("Key,Title,Created\nA-1,x,3/4/2025\nA-2,y,5/16/2025\n"), "");
    let mixed = notes("Key,Title,Created\nA-1,x,13/4/2025\nA-2,y,5/16/2025\n");
    assert!(mixed.starts_with("Some dates have the day first and some the month"), "{mixed}");
}

#[test]
fn rule_13_1_the_decimal_sign_is_proposed_from_all_values() {
    let sign = |text: &str| proposed(text.as_bytes()).mapping.decimal;
    assert_eq!(sign("Key;Title;Story Points\nA-1;x;0,5\nA-2;y;3\n"), DecimalSign::Comma);
    assert_eq!(sign("Key;Title;Story Points\nA-1;x;0.5\nA-2;y;3\n"), DecimalSign::Point);
    let read = |text, decimal| {
        mapping::size(text, decimal).map(|size| size.to_string()).unwrap_or_else(|why| why.to_string())
    };
    assert_eq!(read("1,234.5", DecimalSign::Point), "1234.5");
    assert_eq!(read("1.234,5", DecimalSign::Comma), "1234.5");
    assert_eq!(read("8.0", DecimalSign::Comma), "8");
    assert_eq!(read("8,0", DecimalSign::Point), "8");
    assert_eq!(read("1,2,3", DecimalSign::Point), "“1,2,3” is not a size");
}

#[test]
fn a_mapping_survives_the_border_word_for_word() {
    let mapping = proposed(b"Key,Title,Status,Type,Priority\nA-1,x,Done,Bug,High\n").mapping;
    let json = serde_json::to_string(&mapping).unwrap();
    assert_eq!(serde_json::from_str::<Mapping>(&json).unwrap(), mapping);
    assert!(json.contains(r#""delimiter":"comma","decimal":"point","dates":"dayFirst""#), "{json}");
}

#[test]
fn a_header_that_looks_like_a_row_is_said() {
    let notes = proposed(b"A-1,Something to do\nA-2,Something else\n").notes;
    assert!(notes.iter().any(|note| note.starts_with("The first line looks like a row")), "{notes:?}");
}

// --- Rows ---

#[test]
fn an_unreadable_cell_does_not_lose_its_row() {
    check_rows(
        "Key,Title,Story Points,Created,Resolved,Type,Votes\n\
         A-1,Fine,3,2025-01-02,2025-01-03,Story,0\n\
         A-2,Less than nothing,-1,soon,,Bug,0\n\
         A-3,In words,abc,2025-01-09,2025-01-02,,0\n\
         A-4,Ends at noon of no day,,2025-01-02 12:00,2025-01-02,Task,0\n",
        expect![[r#"
            2 A-1 “Fine” kind=feature size=3 created=2025-01-02T00:00:00 resolved=2025-01-03T00:00:00
            3 A-2 “Less than nothing” kind=bug resolved=-
              ! 3 [Created] "soon": this is not a date that can be read
              ! 3 [Story Points] "-1": a size cannot be negative: -1
            4 A-3 “In words” kind=- created=2025-01-02T00:00:00 resolved=2025-01-02T00:00:00
              ! 4 [Created] "2025-01-09": this is after its end; the end is taken for both
              ! 4 [Story Points] "abc": “abc” is not a size
            5 A-4 “Ends at noon of no day” kind=- size=- created=2025-01-02T00:00:00 resolved=2025-01-02T00:00:00
            not imported: Votes
        "#]],
    );
}

#[test]
fn a_row_without_title_or_key_is_not_taken() {
    check_rows(
        "Key,Title,Status\nA-1,,Done\n,No key,Done\nA-1,The first of its key,Done\nA-1,The second,Done\nA-2,Nul \0 here,Done\nA-3,Nul in status,Do\0ne\n",
        expect![[r#"
            ! 2 [Title] "": there is no title
            ! 3 [Key] "": there is no key, by which a later import could find the item
            4 A-1 “The first of its key” state=Done
            ! 5 [Key] "A-1": the key stands already on line 4; the first row is taken
            ! 6 [Title] "Nul ␀ here": the text holds the character U+0000, which a team file cannot keep
            7 A-3 “Nul in status”
              ! 7 [Status] "Do␀ne": the text holds the character U+0000, which a team file cannot keep
        "#]],
    );
}

#[test]
fn a_row_whose_cells_slipped_is_not_taken() {
    check_rows(
        "Key,Title,Sprint,Status,Story Points,Labels\n\
         A-1,Whole,Sprint 1,Done,3,x\n\
         A-2,Shifted,Sprint 1, and 2,Done,3,x\n\
         A-3,One short,Sprint 1,Done,3\n\
         A-4,Two short,Sprint 1,Done\n\
         A-5\n\
         A-6,Trailing delimiters,Sprint 1,Done,3,x,,\n\
         A-7,\"Never closed,Sprint 1,Done,3,x\nA-8,Swallowed,Sprint 1,Done,3,x\n",
        expect![[r#"
            2 A-1 “Whole” size=3 state=Done labels=x sprints=Sprint 1
            ! 3 [] "A-2": the row has 7 fields and the header 6; a text may hold a delimiter without quotation marks
            4 A-3 “One short” size=3 state=Done labels=- sprints=Sprint 1
            5 A-4 “Two short” state=Done labels=- sprints=Sprint 1
              ! 5 [] "": the row has 4 of 6 fields; what is missing is left as it is
            ! 6 [] "A-5": the row has only 1 of 6 fields
            7 A-6 “Trailing delimiters” size=3 state=Done labels=x sprints=Sprint 1
            ! 8 [] "A-7": a quotation mark opens in this row and is never closed; the rest of the file was read as its text
        "#]],
    );
}

#[test]
fn of_two_point_columns_the_first_filled_wins_and_a_conflict_is_said() {
    check_rows(
        "Issue key,Summary,Custom field (Story Points),Custom field (Story point estimate)\nA-1,x,,8.0\nA-2,y,5.0,5\nA-3,z,5,8\nA-4,w,?,8\n",
        expect![[r#"
            2 A-1 “x” size=8
            3 A-2 “y” size=5
            4 A-3 “z” size=5
              ! 4 [Custom field (Story point estimate)] "8": another column says 5, which is taken
            5 A-4 “w” size=8
              ! 5 [Custom field (Story Points)] "?": “?” is not a size
        "#]],
    );
}

#[test]
fn rule_13_1_repeated_columns_are_gathered() {
    check_rows(
        "Issue key,Summary,Labels,Labels,Sprint,Labels,Sprint,Comment,Comment\nA-1,x,web,,Sprint 1,app,Sprint 2,c1,c2\nA-2,y,web,web,,,,,\n",
        expect![[r#"
            2 A-1 “x” labels=web+app sprints=Sprint 1+Sprint 2
            3 A-2 “y” labels=web sprints=-
            not imported: Comment
        "#]],
    );
}

#[test]
fn rule_13_1_markup_is_text() {
    check_rows(
        "Key,Title,Description\nA-1,<img src=x onerror=alert(1)> & **bold** {code},\"h1. Wiki\r\n{noformat}<b>{noformat}\"\nA-2,\"two\nlines\",'-1 is text\n",
        expect![[r#"
            2 A-1 “<img src=x onerror=alert(1)> & **bold** {code}” description="h1. Wiki\n{noformat}<b>{noformat}"
            4 A-2 “two lines” description="-1 is text"
        "#]],
    );
}

#[test]
fn without_a_key_the_title_is_the_key() {
    check_rows(
        "Title,Status\nPay by card,Done\nPay by card,To do\nRefund,Done\n",
        expect![[r#"
        2 Pay by card “Pay by card” state=Done
        3 Pay by card #2 “Pay by card” state=To do
        4 Refund “Refund” state=Done
    "#]],
    );
}

#[test]
fn a_mapping_that_does_not_fit_is_refused() {
    let mapping = proposed(b"Key,Title,Body\nA-1,x,long\n").mapping;
    let check = |text: &str, change: &dyn Fn(&mut Mapping), expected: MappingRefused| {
        let (table, mut mapping) = (table(text.as_bytes()), mapping.clone());
        change(&mut mapping);
        assert_eq!(Drafts::new(&table, &mapping, Zone::UTC).err(), Some(expected));
    };
    let keep = |_: &mut Mapping| {};
    check("Id,Title\n1,x\n", &keep, MappingRefused::NoSuchColumn { name: "Key".into() });
    check("Key,Title\n1,x\n", &|m| m.columns[1].target = Target::Ignore, MappingRefused::NoTitle);
    let twice = MappingRefused::TwoColumns { first: "Title".into(), second: "Body".into() };
    check("Key,Title,Body\n1,x,y\n", &|m| m.columns[2].target = Target::Title, twice);
}

#[test]
fn a_newer_export_with_other_columns_fits_the_old_mapping() {
    let mapping = proposed(b"Key,Title,Status,Points\nA-1,x,Done,3\n").mapping;
    let newer = table(b"Points,New one,Key,Title\n5,?,A-1,x\n");
    assert_eq!(rows::not_imported(&newer, &mapping), ["New one"]);
    assert_eq!(rows::missing(&newer, &mapping), ["Status"]);
    let (drafts, _) = drafts(&newer, &mapping);
    assert_eq!(show_draft(&drafts[0]), "2 A-1 “x” size=5");
}

const STORIES: &str = "Issue key,Issue id,Issue Type,Summary,Status,Story Points,Parent id\n\
    A-1,10001,Story,A whole,To Do,5,\n\
    A-2,10002,Sub-task,One part,To Do,,10001\n\
    A-3,10003,Task,Something else,To Do,2,\n";

#[test]
fn rule_1_1_parts_without_a_size_are_left_out_where_the_whole_has_one() {
    check_mapping(
        STORIES,
        expect![[r#"
            Jira Point DayFirst
            Issue key -> Key by Name
            Issue id -> Id by Name
            Issue Type -> Kind by Name
            Summary -> Title by Name
            Status -> State by Name
            Story Points -> Size by Name
            Parent id -> Parent by Name
            kinds: Story feature, Sub-task left out, Task -
            states: To Do > To do
            ! Rows of the type “Sub-task” have no size, but the items of which they are parts have one: they are left out, so that the whole items can be planned. Choose otherwise under Types to bring them in; then the size of the whole item counts nowhere.
        "#]],
    );
    check_rows(
        STORIES,
        expect![[r#"
            2 A-1 “A whole” kind=feature size=5 state=To do parent=-
            ! 3 [Issue Type] "Sub-task": rows of this type are left out by your mapping
            4 A-3 “Something else” kind=- size=2 state=To do parent=-
        "#]],
    );
    // Where the parts have sizes of their own, they are the work.
    let kinds = |text: &str| show_mapping(&proposed(text.as_bytes()));
    assert!(kinds(&STORIES.replace("To Do,,10001", "To Do,3,10001")).contains("Sub-task -"));
    assert!(kinds(&STORIES.replace("To Do,5,", "To Do,,")).contains("Sub-task -"));
}

#[test]
fn what_was_not_taken_can_be_saved() {
    let problem = |line, value: &str| Problem {
        line,
        column: "Points".into(),
        value: value.into(),
        reason: "no, \"really\"".into(),
        on_purpose: false,
    };
    let text = rows::as_csv(&[problem(3, "=1+1"), problem(70_000, "a\nb")]);
    assert_eq!(
        text,
        "\u{feff}Line,Column,Value,Reason\r\n3,Points,'=1+1,\"no, \"\"really\"\"\"\r\n70000,Points,\"a\nb\",\"no, \"\"really\"\"\"\r\n"
    );
}

// --- Real files ---

fn real(path: &str) -> Option<Vec<u8>> {
    let shared = std::env::var_os("EVENKEEL_SHARED").map(PathBuf::from);
    let shared =
        shared.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../../shared"));
    let found = std::fs::read(shared.join(path)).ok();
    if found.is_none() {
        println!("no {path} here: this part of the test is passed over");
    }
    found
}

fn count(drafts: &[Draft], what: impl Fn(&Draft) -> bool) -> usize {
    drafts.iter().filter(|draft| what(draft)).count()
}

fn is_in(draft: &Draft, category: Category) -> bool {
    workflow().category(draft.state.value().copied()) == category && draft.state.value().is_some()
}

#[test]
fn a_real_jira_export_is_taken_whole() {
    let Some(bytes) = real("data/jira-csv-medlock/Jira.csv") else { return };
    let table = table(&bytes);
    let proposal = mapping::propose(&table, &workflow());
    assert_eq!(proposal.mapping.source, "Jira");
    let target = |name: &str| proposal.mapping.columns.iter().find(|c| c.name == name).unwrap().target;
    assert_eq!(target("Issue key"), Target::Key);
    assert_eq!(target("Custom field (Story Points)"), Target::Size);
    assert_eq!(target("Custom field (Story point estimate)"), Target::Size);
    assert_eq!(target("Custom field (Start date)"), Target::Ignore);
    let (drafts, not_taken) = drafts(&table, &proposal.mapping);
    assert_eq!((drafts.len(), not_taken.len()), (22, 0));
    assert!(drafts.iter().all(|draft| draft.problems.is_empty()));
    assert_eq!(count(&drafts, |d| is_in(d, Category::Done)), 10);
    assert_eq!(count(&drafts, |d| d.resolved.value().is_some()), 10);
    assert_eq!(count(&drafts, |d| d.created.value().is_some()), 22);
    assert_eq!(count(&drafts, |d| d.sprints.value().is_some()), 18);
    assert_eq!(count(&drafts, |d| d.size == Cell::Empty), 22);
    let ignored = rows::not_imported(&table, &proposal.mapping);
    assert!(ignored.contains(&"Watchers".into()) && ignored.contains(&"Comment".into()));
    let targets = proposal.mapping.columns.iter().filter(|c| c.target != Target::Ignore).count();
    assert_eq!(ignored.len() + targets, table.columns.len());
}

#[test]
fn a_real_azure_devops_export_is_taken_whole() {
    let Some(bytes) = real("data/azure-devops-csv-lighthouse/adodata.csv") else { return };
    let table = table(&bytes);
    let proposal = mapping::propose(&table, &workflow());
    assert_eq!((proposal.mapping.source.as_str(), proposal.notes.len()), ("Azure DevOps", 0));
    let (drafts, not_taken) = drafts(&table, &proposal.mapping);
    assert_eq!((drafts.len(), not_taken.len()), (117, 0));
    assert!(drafts.iter().all(|draft| draft.problems.is_empty()));
    assert_eq!(count(&drafts, |d| d.resolved.value().is_some()), 88);
    assert_eq!(count(&drafts, |d| d.parent.value().is_some()), 60);
    assert_eq!(count(&drafts, |d| d.labels.value().is_some()), 30);
    // “Removed” is neither open nor done.
    assert!(count(&drafts, |d| is_in(d, Category::Cancelled)) > 0);
    // 7.6.2025 is the seventh of June.
    let first = drafts.iter().find(|d| d.key == "2502").unwrap();
    let at = first.started.value().map(|at| Zone::UTC.local(*at).format("%Y-%m-%d").to_string());
    assert_eq!(at.as_deref(), Some("2025-06-07"));
}

#[test]
fn malformed_files_of_a_peer_are_refused_or_read_as_far_as_they_go() {
    let folder = "data/azure-devops-csv-lighthouse/";
    if let Some(bytes) = real(&format!("{folder}invalid-not-csv.csv")) {
        assert_eq!(Table::read(&bytes, Reading::default()).err(), Some(NotATable::NoColumns));
    }
    if let Some(bytes) = real(&format!("{folder}invalid-wrong-csv.csv")) {
        // A list of people: no title by name, and nothing is imported before a person chooses one.
        let table = table(&bytes);
        let proposal = mapping::propose(&table, &workflow());
        assert_eq!(Drafts::new(&table, &proposal.mapping, Zone::UTC).err(), Some(MappingRefused::NoTitle));
        assert!(proposal.notes.iter().any(|note| note.starts_with("No column is known to be the title")));
    }
    // The peer needs a start date; we do not.
    for (file, count) in [
        ("invalid-missing-required.csv", 5),
        ("team-valid-all-optional.csv", 5),
        ("team-valid-state-since.csv", 5),
        ("project-valid-depends-on.csv", 4),
    ] {
        let Some(bytes) = real(&format!("{folder}{file}")) else { continue };
        let table = table(&bytes);
        let (drafts, not_taken) = drafts(&table, &mapping::propose(&table, &workflow()).mapping);
        assert_eq!((drafts.len(), not_taken.len()), (count, 0), "{file}");
        assert!(drafts.iter().all(|d| d.problems.is_empty() && d.state.value().is_some()), "{file}");
    }
}

#[test]
fn real_backlogs_with_long_texts_are_taken_whole() {
    for (file, rows, described) in [("usergrid", 482, 333), ("bamboo", 521, 374), ("clover", 384, 361)] {
        let Some(bytes) = real(&format!("data/story-points-gpt2sp/{file}.csv")) else { continue };
        let table = table(&bytes);
        let (drafts, not_taken) = drafts(&table, &mapping::propose(&table, &workflow()).mapping);
        assert_eq!((drafts.len(), not_taken.len()), (rows, 0), "{file}");
        assert_eq!(count(&drafts, |d| d.size.value().is_some()), rows, "{file}");
        assert_eq!(count(&drafts, |d| d.description.value().is_some()), described, "{file}");
    }
}

#[test]
fn exports_of_other_trackers_are_read_as_any_csv() {
    for (file, resolved) in [("linear", true), ("plane", true)] {
        let Some(bytes) = real(&format!("data/linear-csv-plane/{file}.csv")) else { continue };
        let table = table(&bytes);
        let (drafts, not_taken) = drafts(&table, &mapping::propose(&table, &workflow()).mapping);
        assert_eq!((drafts.len(), not_taken.len()), (1, 0), "{file}");
        let draft = &drafts[0];
        assert_eq!((draft.title.as_str(), draft.problems.len()), ("Make smooth", 0), "{file}");
        assert_eq!(draft.resolved.value().is_some(), resolved, "{file}");
        assert!(is_in(draft, Category::InProgress) && draft.created.value().is_some(), "{file}");
    }
}

#[test]
fn rows_that_end_before_they_begin_are_taken_and_said() {
    let Some(bytes) = real("data/cycle-times-rueedlinger/jira.csv") else { return };
    let table = table(&bytes);
    let mut mapping = mapping::propose(&table, &workflow()).mapping;
    for column in &mut mapping.columns {
        column.target = match column.name.as_str() {
            "id" => Target::Key,
            "task" => Target::Title,
            "created_date" => Target::Created,
            "finished_date" => Target::Resolved,
            _ => Target::Ignore,
        };
    }
    let (drafts, not_taken) = drafts(&table, &mapping);
    assert_eq!((drafts.len(), not_taken.len()), (4123, 0));
    assert_eq!(count(&drafts, |d| !d.problems.is_empty()), 1662);
    assert!(drafts.iter().all(|d| d.created.value() <= d.resolved.value()));
}

/// A row of a mapping in another language: what each column becomes, and where the keys come from.
fn check_language(header: &str, rows: &[&str], expected: Expect) {
    let mut text = format!("{header}\n");
    for (n, row) in rows.iter().cycle().take(12).enumerate() {
        text += &row.replace('#', &(n + 1).to_string());
        text.push('\n');
    }
    let proposal = proposed(text.as_bytes());
    let mapping = &proposal.mapping;
    let named = |target| mapping.names_of(target).next().unwrap_or("-").to_owned();
    let targets = [
        Target::Title,
        Target::Key,
        Target::Id,
        Target::Kind,
        Target::State,
        Target::Created,
        Target::Resolved,
    ];
    let more = [Target::Parent, Target::Size, Target::Description, Target::StateCategory, Target::Severity];
    let names: Vec<String> = targets.into_iter().chain(more).map(named).collect();
    let states = mapping.states.iter().map(|one| {
        let state = one.to.and_then(|id| workflow().get(id).map(|state| state.name.clone()));
        format!("{} > {}", one.value, state.unwrap_or_default())
    });
    let states: Vec<String> = states.collect();
    expected.assert_eq(&format!("{}: {}\n{}\n", mapping.source, names.join(", "), states.join(", ")));
}

#[test]
fn rule_13_1_jira_in_german_and_in_scripts_without_blanks_is_known_as_jira_and_mapped() {
    check_language(
        "Zusammenfassung,Vorgangsschlüssel,Vorgangs-ID,Vorgangstyp,Status,Priorität,Erstellt,Erledigt,\
         Benutzerdefiniertes Feld (Story Points),Übergeordneter Schlüssel,Statuskategorie,Beschreibung",
        &[
            "Zahlung erstatten #,PAY-#,100#,Story,Zu erledigen,Mittel,02/Sep/26 9:00 AM,,5.0,,Zu erledigen,Kunden wollen ihr Geld zurück",
            "Summe ist falsch #,PAY-#,100#,Fehler,Fertig,Höchste,03/Dez/25 9:00 AM,10/Mär/26 4:00 PM,3.0,,Fertig,",
            "Beleg zeigen #,PAY-#,100#,Unteraufgabe,In Arbeit,Hoch,04/Mai/26 9:00 AM,,,PAY-1,In Arbeit,",
        ],
        expect![[r#"
            Jira: Zusammenfassung, Vorgangsschlüssel, Vorgangs-ID, Vorgangstyp, Status, Erstellt, Erledigt, Übergeordneter Schlüssel, Benutzerdefiniertes Feld (Story Points), Beschreibung, Statuskategorie, Priorität
            Zu erledigen > To do, Fertig > Done, In Arbeit > In progress
        "#]],
    );
    check_language(
        "概要,问题关键字,问题 ID,问题类型,状态,优先级,创建日期,已解决,自定义字段（Story Points）,父级关键字,状态类别,描述",
        &[
            "退还银行卡付款#,PAY-#,100#,故事,待办,Medium,2026/09/02 9:00,,5.0,,待办,客户想要退回他们的钱而且不用工程师帮忙",
            "总计错误#,PAY-#,100#,缺陷,完成,Highest,2025/12/03 9:00,2026/02/10 16:00,3.0,,完成,",
            "显示收据#,PAY-#,100#,子任务,处理中,High,2026/05/04 9:00,,,PAY-1,进行中,",
        ],
        expect![[r#"
            Jira: 概要, 问题关键字, 问题 ID, 问题类型, 状态, 创建日期, 已解决, 父级关键字, 自定义字段（Story Points）, 描述, 状态类别, 优先级
            待办 > To do, 完成 > Done, 处理中 > In progress
        "#]],
    );
    // No name of a column is known here; months, keys, parents and texts are known by their values.
    check_language(
        "Podsumowanie,Klucz zgłoszenia,Identyfikator,Typ zgłoszenia,Stan rzeczy,Priorytet,Utworzono,Rozwiązano,\
         Pole niestandardowe (Story Points),Klucz nadrzędny,Kategoria rzeczy,Opis",
        &[
            "Zwrot płatności kartą #,PAY-#,100#,Story,Oczekuje,Średni,02/wrz/26 9:00 AM,,5.0,,To Do,Klienci chcą zwrotu swoich pieniędzy bez programisty",
            "Suma jest zła #,PAY-#,100#,Bug,Gotowe,Wysoki,03/gru/25 9:00 AM,10/paź/26 4:00 PM,3.0,,Done,",
            "Pokaż paragon #,PAY-#,100#,Sub-task,W toku,Wysoki,04/maj/26 9:00 AM,,,PAY-1,In Progress,",
        ],
        expect![[r#"
            Jira: Podsumowanie, Klucz zgłoszenia, Identyfikator, Typ zgłoszenia, Stan rzeczy, Utworzono, Rozwiązano, Klucz nadrzędny, Pole niestandardowe (Story Points), -, Kategoria rzeczy, -
            Oczekuje > To do, Gotowe > Done, W toku > In progress
        "#]],
    );
}
