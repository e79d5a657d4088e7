//! The border: how commands and queries become functions, and what both carry besides.
//!
//! 1. On the border a command is `{ area: { verb: body } }` and a query `{ area: { noun: body } }`, in camelCase.
//! 2. `commands!` makes the enum of an area's commands and calls each one's function; `queries!` does the same for
//!    queries and keeps the type of each answer, so that TypeScript can be told.
//! 3. U+0000 is refused at the border: it could be neither journalled nor shown.

use crate::error::AppError;
use domain::calendar::Instant;
use serde::{Deserialize, Serialize};
use std::sync::atomic::{AtomicBool, Ordering};
use store::Stamp;
use ts_rs::TS;

/// What a command or query takes from outside.
pub struct Context<'c> {
    /// The moment.
    pub now: Instant,
    /// A number that nobody can foresee, other for each call.
    pub chance: u64,
    /// The device.
    pub device: &'c str,
    /// Who sits at it; may be empty.
    pub person: &'c str,
    /// The bytes of a file that comes with the call.
    pub attachment: Option<&'c [u8]>,
    /// Hears how far the work is.
    pub progress: &'c dyn Fn(Progress),
    /// Stops the work.
    pub cancel: &'c Cancel,
}

impl<'c> Context<'c> {
    /// A context that hears no progress, is not stopped and brings no file.
    pub fn new(now: Instant, chance: u64, device: &'c str, person: &'c str) -> Context<'c> {
        static NEVER: Cancel = Cancel::new();
        Context { now, chance, device, person, attachment: None, progress: &|_| (), cancel: &NEVER }
    }

    /// Who, when and with what chance, for the journal.
    pub fn stamp(&self) -> Stamp<'c> {
        Stamp { now: self.now, chance: self.chance, device: self.device, person: self.person }
    }

    /// The file that came with the call. Refused where there is none.
    pub fn attached(&self) -> Result<&'c [u8], AppError> {
        self.attachment
            .ok_or_else(|| AppError::refused("No file came with the call.", "Choose a file first."))
    }
}

/// How far a long piece of work is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    /// Steps done.
    #[ts(type = "number")]
    pub done: u64,
    /// Steps in all.
    #[ts(type = "number")]
    pub of: u64,
}

/// Stops a long piece of work from another thread.
#[derive(Debug, Default)]
pub struct Cancel(AtomicBool);

impl Cancel {
    /// Nothing is to be stopped yet.
    pub const fn new() -> Cancel {
        Cancel(AtomicBool::new(false))
    }

    /// Asks the work to stop.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Refuses to go on once the work was asked to stop.
    pub fn check(&self) -> Result<(), AppError> {
        if self.0.load(Ordering::Relaxed) { Err(AppError::cancelled()) } else { Ok(()) }
    }
}

/// What a command did.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// The title of the operation: “Set capacity split”.
    pub title: String,
    /// The number of the operation in the journal; none where nothing was to be changed, so that there is nothing to
    /// undo.
    #[ts(type = "number | null")]
    pub operation: Option<i64>,
    /// The identities of things that it made, in order.
    pub created: Vec<String>,
    /// What else people should know, in a sentence.
    pub note: Option<String>,
}

impl Outcome {
    /// An outcome with the title of its operation.
    pub fn titled(title: impl Into<String>) -> Outcome {
        Outcome { title: title.into(), ..Outcome::default() }
    }

    /// The same outcome, with a thing that it made.
    pub fn created(mut self, id: impl ToString) -> Outcome {
        self.created.push(id.to_string());
        self
    }

    /// The same outcome, with a sentence for people.
    pub fn noting(mut self, note: impl Into<String>) -> Outcome {
        self.note = Some(note.into());
        self
    }
}

/// A view as JSON, ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer(pub String);

impl Answer {
    /// The JSON of a view.
    pub fn of(view: &impl Serialize) -> Result<Answer, AppError> {
        serde_json::to_string(view).map(Answer).map_err(|error| AppError::internal(error.to_string()))
    }
}

/// Reads a command from JSON.
pub fn parse_command(json: &str) -> Result<crate::Command, AppError> {
    parse(json)
}

/// Reads a query from JSON.
pub fn parse_query(json: &str) -> Result<crate::Query, AppError> {
    parse(json)
}

fn parse<T: for<'t> Deserialize<'t>>(json: &str) -> Result<T, AppError> {
    let misread = |error: serde_json::Error| {
        // In words: “unknown word “sprnt”, expected one of …”.
        let said = error.to_string().replace("unknown variant", "unknown word");
        AppError::internal(format!("the call was not understood: {said}"))
    };
    // Only a text with the escape can hold the character; a real one is no JSON.
    if json.contains("\\u0000") && holds_nul(&serde_json::from_str(json).map_err(misread)?) {
        return Err(AppError::refused(
            "The text holds a character U+0000.",
            "Take it out; it shows nothing.",
        ));
    }
    serde_json::from_str(json).map_err(misread)
}

fn holds_nul(value: &serde_json::Value) -> bool {
    match value {
        serde_json::Value::String(text) => text.contains('\0'),
        serde_json::Value::Array(values) => values.iter().any(holds_nul),
        serde_json::Value::Object(fields) => {
            fields.iter().any(|(name, value)| name.contains('\0') || holds_nul(value))
        }
        _ => false,
    }
}

/// Makes an area's commands: `Verb(Body) => function` for `fn(&mut Writer, Body, &Context) -> Result<Outcome, AppError>`.
macro_rules! commands {
    ($(#[$doc:meta])* $name:ident { $($(#[$about:meta])* $variant:ident($body:ty) => $function:path),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
        #[serde(rename_all = "camelCase")]
        #[allow(clippy::large_enum_variant, reason = "a command is made once and carried out once")]
        pub enum $name { $($(#[$about])* $variant($body)),* }

        impl $name {
            // An area may have no commands.
            #[allow(unused_variables)]
            pub(crate) fn carry_out(
                self,
                writer: &mut store::Writer<'_>,
                context: &$crate::Context<'_>,
            ) -> Result<$crate::Outcome, $crate::AppError> {
                match self { $($name::$variant(body) => $function(writer, body, context)),* }
            }
        }
    };
}
pub(crate) use commands;

/// Makes an area's queries: `Noun(Body) -> View => function` for `fn(&Reader, Body, &Context) -> Result<View, AppError>`.
macro_rules! queries {
    (
        $(#[$doc:meta])*
        $name:ident / $answers:ident { $($(#[$about:meta])* $variant:ident($body:ty) -> $view:ty => $function:path),* $(,)? }
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
        #[serde(rename_all = "camelCase")]
        pub enum $name { $($(#[$about])* $variant($body)),* }

        impl $name {
            pub(crate) fn answer(
                self,
                reader: &store::Reader<'_>,
                context: &$crate::Context<'_>,
            ) -> Result<$crate::Answer, $crate::AppError> {
                match self { $($name::$variant(body) => $crate::Answer::of(&$function(reader, body, context)?)),* }
            }
        }

        /// The view that answers each query; for the types of the contract only.
        #[derive(ts_rs::TS)]
        #[ts(rename_all = "camelCase")]
        #[allow(non_snake_case, dead_code, missing_docs)]
        pub struct $answers { $($variant: $view),* }
    };
}
pub(crate) use queries;

/// Makes the two enums of the whole border of the areas' own.
macro_rules! areas {
    ($($(#[$about:meta])* $area:ident / $module:ident: $command:ty, $query:ty, $answers:ty;)*) => {
        /// A change that somebody asks for.
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
        #[serde(rename_all = "camelCase")]
        #[allow(clippy::large_enum_variant, reason = "a command is made once and carried out once")]
        pub enum Command {
            /// Undo and redo.
            Journal(journal::JournalCommand),
            $($(#[$about])* $area($command)),*
        }

        impl Command {
            fn carry_out(self, writer: &mut store::Writer<'_>, context: &Context<'_>) -> Result<Outcome, AppError> {
                match self {
                    Command::Journal(_) => Err(AppError::internal("undo is no part of another step")),
                    $(Command::$area(command) => command.carry_out(writer, context)),*
                }
            }
        }

        /// A question about the team.
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
        #[serde(rename_all = "camelCase")]
        pub enum Query {
            /// The journal.
            Journal(journal::JournalQuery),
            $($(#[$about])* $area($query)),*
        }

        impl Query {
            fn answer(self, reader: &store::Reader<'_>, context: &Context<'_>) -> Result<Answer, AppError> {
                match self {
                    Query::Journal(query) => query.answer(reader, context),
                    $(Query::$area(query) => query.answer(reader, context)),*
                }
            }
        }

        /// The view that answers each query; for the types of the contract only.
        #[derive(ts_rs::TS)]
        #[ts(rename_all = "camelCase")]
        #[allow(dead_code, missing_docs)]
        pub struct Answers {
            journal: journal::JournalAnswers,
            $($module: $answers),*
        }
    };
}
pub(crate) use areas;

/// A body with nothing in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(type = "Record<string, never>")]
pub struct Nothing {}

/// The TypeScript declarations of the whole border, each type once, in alphabetical order. Two types of one name are
/// both declared, so that the check of the page finds them.
pub fn declarations() -> String {
    use std::any::TypeId;
    use std::collections::{BTreeSet, HashSet};
    use ts_rs::TypeVisitor;

    struct Collect {
        seen: HashSet<TypeId>,
        found: BTreeSet<(String, String)>,
    }
    impl TypeVisitor for Collect {
        fn visit<T: TS + 'static + ?Sized>(&mut self) {
            let config = ts_rs::Config::new();
            if !self.seen.insert(TypeId::of::<T>()) {
                return;
            }
            if T::output_path().is_some() {
                self.found.insert((T::ident(&config), T::decl(&config)));
            }
            T::visit_dependencies(self);
            T::visit_generics(self);
        }
    }

    let mut collect = Collect { seen: HashSet::new(), found: BTreeSet::new() };
    collect.visit::<crate::Command>();
    collect.visit::<crate::Query>();
    collect.visit::<crate::Answers>();
    collect.visit::<Outcome>();
    collect.visit::<Progress>();
    collect.visit::<AppError>();
    let mut text = String::from(
        "// Made from the Rust types of the border by `cargo test -p evenkeel-tests contract`. Do not edit.\n",
    );
    for (_, declaration) in &collect.found {
        text.push('\n');
        text.push_str(declaration);
        text.push('\n');
    }
    text
}
