//! The rules and computations of Evenkeel.
//!
//! 1. Everything here is pure: time, chance, files and SQL come in as arguments or stay outside.
//! 2. A measure is a type, a refusal is a value with a way out, a history is a fold.
//! 3. Each area has one module with the same name as in the layers above it.

pub mod backlog;
pub mod calendar;
pub mod capacity;
pub mod daily;
pub mod delivery;
pub mod exchange;
pub mod flow;
pub mod forecast;
pub mod identity;
pub mod incident;
pub mod interrupt;
pub mod measures;
pub mod on_call;
pub mod priority;
pub mod reliability;
pub mod sprint;
pub mod team;

/// Gives an enum without values its words: the same in the team file, on the border and on the command line.
macro_rules! words {
    ($name:ident { $($variant:ident = $word:literal),* $(,)? }) => {
        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// The word that stands for this value in a file and on the border.
            pub const fn word(self) -> &'static str {
                match self { $($name::$variant => $word),* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::UnknownWord;
            fn from_str(word: &str) -> Result<$name, $crate::UnknownWord> {
                match word {
                    $($word => Ok($name::$variant),)*
                    _ => Err($crate::UnknownWord { word: word.to_owned() }),
                }
            }
        }
    };
}
pub(crate) use words;

/// A word that stands for no value of its kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{word}” is not known here")]
pub struct UnknownWord {
    /// The word.
    pub word: String,
}
