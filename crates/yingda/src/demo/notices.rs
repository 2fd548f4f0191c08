//! Notices of the demonstration: everybody has read what they were told until yesterday, so that the bell counts what is new.

use jiff::SignedDuration;
use yingda_app::notices::Show;
use yingda_app::{App, AppResult};
use yingda_core::{Actor, Context};

/// More than anybody is told in three months.
const ALL: usize = 5_000;

/// Has everybody read what was raised more than a day ago.
pub async fn read(app: &App, ctx: &Context) -> AppResult<()> {
    let yesterday = ctx.now - SignedDuration::from_hours(24);
    let directory = app.directory();
    for person in directory.people.values() {
        let actor = Actor::from(person);
        let mine = app.my_notices(ctx, &actor, Show::Unread, None, ALL).await?;
        if let Some(line) = mine.lines.iter().find(|line| line.told.notice.at < yesterday) {
            app.read_all_notices(ctx, &actor, line.told.notice.id).await?;
        }
    }
    Ok(())
}
