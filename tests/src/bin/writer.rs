//! A process that writes to a team file until it is killed, and says after each command that it was acknowledged.

use app::{Access, Command, Context, Team, backlog};
use domain::backlog::WorkKind;
use domain::calendar::Instant;
use domain::identity::ItemId;
use domain::measures::Size;
use std::io::Write;
use std::path::Path;

fn main() {
    let path = std::env::args().nth(1).expect("a team file");
    let hold = std::env::args().nth(2).is_some_and(|how| how == "hold");
    let access = if hold { evenkeel_tests::window("another machine") } else { Access::Script };
    let mut team = Team::open(Path::new(&path), &access).expect("the team opens");
    println!("open");
    if hold {
        std::thread::sleep(std::time::Duration::from_secs(60));
        return;
    }
    let mut items: Vec<ItemId> = Vec::new();
    for number in 0_u64.. {
        let context =
            Context::new(Instant::from_millis(1_795_000_000_000 + number as i64), number, "writer", "");
        // Every third command touches many rows at once.
        let command = if number % 3 == 2 {
            let size = Some(Size::points((number % 13) as i64 + 1).into());
            backlog::BacklogCommand::Size(backlog::SizeItems {
                items: items.clone(),
                size,
                when: app::sprint::When::default(),
            })
        } else {
            backlog::BacklogCommand::AddItem(backlog::AddItem {
                title: format!("Item {number}"),
                kind: Some(WorkKind::Feature),
                first: number % 2 == 0,
                ..backlog::AddItem::default()
            })
        };
        let outcome =
            app::run(&mut team, Command::Backlog(command), &context).expect("the command is carried out");
        items.extend(outcome.created.iter().map(|id| id.parse::<ItemId>().expect("an identity")));
        println!("{}", number + 1);
        std::io::stdout().flush().expect("the line is written");
    }
}
