//! Files that cannot be used are refused in words and left as they were; a killed program loses nothing.

mod killed;
mod refused;
