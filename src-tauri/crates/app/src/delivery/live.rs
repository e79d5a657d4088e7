//! Which items are live (12.3).

use super::named;
use crate::error::AppError;
use domain::calendar::Instant;
use domain::delivery::{Going, live, rolled_back};
use domain::identity::{DeploymentId, ItemId};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use store::Reader;
use ts_rs::TS;

/// How far an item is on its way to users.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ItemLive {
    /// Whether it is live.
    pub going: Going,
    /// Since when that is so.
    pub since: Option<Instant>,
    /// The deployment that brought it.
    pub deployment: Option<DeploymentId>,
    /// The name of that: “checkout 2.4.0”.
    pub deployment_name: String,
}

/// How far each item is that any deployment contains.
pub fn live_items(reader: &Reader<'_>) -> Result<HashMap<ItemId, ItemLive>, AppError> {
    told(reader, reader.deployed_items()?)
}

/// How far one item is; none where no deployment contains it.
pub(crate) fn live_item(reader: &Reader<'_>, item: ItemId) -> Result<Option<ItemLive>, AppError> {
    let containing = reader.deployments_of_item(item)?;
    let contained = if containing.is_empty() { HashMap::new() } else { HashMap::from([(item, containing)]) };
    Ok(told(reader, contained)?.remove(&item))
}

fn told(
    reader: &Reader<'_>,
    contained: HashMap<ItemId, Vec<DeploymentId>>,
) -> Result<HashMap<ItemId, ItemLive>, AppError> {
    if contained.is_empty() {
        return Ok(HashMap::new());
    }
    let deployments = reader.all_bare_deployments()?;
    let services: HashMap<_, _> = reader.services()?.into_iter().map(|one| (one.id, one.name)).collect();
    let by_id: HashMap<_, _> = deployments.iter().map(|one| (one.id, one)).collect();
    let back = rolled_back(&deployments);
    let told = contained.into_iter().map(|(item, ids)| {
        let found = live(ids.iter().filter_map(|id| by_id.get(id).copied()), &back);
        let by = found.by.and_then(|id| by_id.get(&id).copied());
        let name = by.map(|one| named(services.get(&one.service).map_or("", String::as_str), one));
        let one = ItemLive {
            going: found.going,
            since: found.since,
            deployment: found.by,
            deployment_name: name.unwrap_or_default(),
        };
        (item, one)
    });
    Ok(told.collect())
}
