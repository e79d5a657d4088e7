//! Deployments on the command line: the release gate is asked, a deployment is reported, the measures are told.
//!
//! 1. `gate` answers with its exit code: 0 may go live, 1 may not. The answer is kept in the team file, unless it is only
//!    looked at.
//! 2. A deployment with a key is reported as often as a pipeline likes: it stays one.

use crate::arguments::{Deployed, Gate, Measures};
use crate::table::{Align, table};
use crate::views::{ask, item_labelled, json, rows, sprint_numbered, word};
use crate::{read, say, write};
use app::{AppError, Context, Team};
use serde_json::{Value, json};
use std::path::Path;
use std::process::ExitCode;

/// Asks the release gate.
pub fn gate(team: &mut Team, gate: &Gate, context: &Context<'_>) -> Result<ExitCode, AppError> {
    let service = service(team, &gate.service, context)?;
    let items = labelled(team, &gate.item, context)?;
    let question = json!({ "service": service, "version": gate.version, "items": items });
    let view = ask(team, &json!({ "delivery": { "gate": question } }), context)?;
    let mut answer = json!({
        "service": view["service"]["name"],
        "version": view["version"],
        "may": view["may"],
        "goes": view["may"],
        "said": view["said"],
        "at": context.now,
        "overriddenBy": null,
        "overriddenWhy": null,
        "checks": view["findings"],
    });
    if !gate.look {
        let command = json!({ "question": question, "why": gate.overrule, "by": gate.by });
        let command = app::parse_command(&json!({ "delivery": { "answerGate": command } }).to_string())?;
        let outcome = app::run(team, command, context)?;
        let kept = json!({ "delivery": { "gateAnswers": { "answer": outcome.created.first() } } });
        let kept = ask(team, &kept, context)?[0].take();
        for field in ["may", "goes", "said", "at", "overriddenBy", "overriddenWhy"] {
            answer[field] = kept[field].clone();
        }
        answer["checks"] = kept["findings"].clone();
    }
    if let Some(path) = &gate.write {
        write(path, json(&answer)?.as_bytes())?;
    }
    if gate.json {
        say(&json(&answer)?)?;
    } else {
        say(&word(&answer["said"]))?;
        let sign = |one: &Value| match (one["stops"] == true, one["standing"].as_str()) {
            (true, _) => "stops",
            (false, Some("holds")) => "holds",
            _ => "not known",
        };
        let lines = rows(&answer["checks"], |one| vec![sign(one).to_owned(), word(&one["reason"])]);
        for line in lines {
            say(&format!("  {:<9}  {}", line[0], line[1]))?;
        }
        if let (Some(by), Some(why)) = (answer["overriddenBy"].as_str(), answer["overriddenWhy"].as_str()) {
            say(&format!("{by} lets it go live all the same: {why}"))?;
        }
    }
    Ok(if answer["goes"] == true { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// Reports a deployment.
pub fn deployed(team: &mut Team, said: &Deployed, context: &Context<'_>) -> Result<ExitCode, AppError> {
    let service = service(team, &said.service, context)?;
    let named = said.rollback_of.as_deref().map(|version| (version, "rollback"));
    let named = named.or(said.hotfix_of.as_deref().map(|version| (version, "hotfix")));
    let repairs = named.map(|(version, _)| deployment(team, &service, version, context)).transpose()?;
    let items = labelled(team, &said.item, context)?;
    let commits = said.commits.as_deref().map(commits).transpose()?;
    // What began and is through ended now.
    let runs = said.result.as_deref() == Some("running");
    let finished = match (&said.finished, &said.started) {
        (Some(finished), _) => json!(finished),
        (None, Some(_)) if !runs => json!(context.now),
        _ => Value::Null,
    };
    let form = json!({
        "service": service,
        "environment": said.environment,
        "version": said.version,
        "started": said.started,
        "finished": finished,
        "result": said.result,
        "commits": commits,
        "items": if items.is_empty() { Value::Null } else { json!(items) },
        "repairs": repairs,
        "repair": named.map(|(_, how)| how),
        "isUnplanned": said.unplanned,
        "note": said.note,
        "url": said.url,
        "outside": said.key.as_ref().map(|key| [said.source.as_str(), key.as_str()]),
    });
    let command = json!({ "delivery": { "deploy": { "deployment": form } } });
    let outcome = app::run(team, app::parse_command(&command.to_string())?, context)?;
    say(&format!("{}.", outcome.title))
}

/// Tells the five measures of a Sprint, or of the last 30 days.
pub fn measures(team: &Team, question: &Measures, context: &Context<'_>) -> Result<ExitCode, AppError> {
    let sprint = question.sprint.map(|number| sprint_numbered(team, number)).transpose()?;
    let of = json!({ "sprint": sprint.map(|sprint| sprint.id) });
    let view = ask(team, &json!({ "delivery": { "measures": of } }), context)?;
    if question.json {
        return say(&json(&view)?);
    }
    let name = view["sprint"]["name"].as_str().unwrap_or("The last 30 days");
    let sealed = if view["isSealed"] == true { ", as it was closed" } else { "" };
    say(&format!("{name}, {} to {}{sealed}.", word(&view["firstDay"]), word(&view["lastDay"])))?;
    let mut lines = Vec::new();
    for row in view["rows"].as_array().into_iter().flatten() {
        let service = row["service"]["name"].as_str().unwrap_or("All services");
        let measures = row["measures"].as_array().into_iter().flatten();
        for (definition, one) in view["definitions"].as_array().into_iter().flatten().zip(measures) {
            let left = one["leftOut"].as_str().filter(|left| !left.is_empty());
            let of = left.map_or_else(|| word(&one["of"]), |left| format!("{}; {left}", word(&one["of"])));
            lines.push(vec![service.to_owned(), word(&definition["title"]), word(&one["said"]), of]);
        }
    }
    let columns =
        [("Service", Align::Left), ("Measure", Align::Left), ("", Align::Right), ("Of", Align::Left)];
    say(&table(&columns, &lines))
}

/// The identity of a service by its name.
pub fn service(team: &Team, name: &str, context: &Context<'_>) -> Result<String, AppError> {
    let settings = ask(team, &json!({ "delivery": { "settings": {} } }), context)?;
    let all: Vec<Value> = settings["services"].as_array().cloned().unwrap_or_default();
    let same =
        |one: &&Value| one["name"].as_str().is_some_and(|known| known.eq_ignore_ascii_case(name.trim()));
    all.iter().find(same).map(|one| word(&one["id"])).ok_or_else(|| {
        let names: Vec<String> = all.iter().map(|one| word(&one["name"])).collect();
        let hint = if names.is_empty() {
            "The team has no services yet: add them in the window, on the Reliability screen.".to_owned()
        } else {
            format!("The services are: {}.", names.join(", "))
        };
        AppError::refused(format!("No service is called {name}."), hint)
    })
}

/// The latest deployment of a service with a version.
fn deployment(team: &Team, service: &str, version: &str, context: &Context<'_>) -> Result<Value, AppError> {
    let mut from = 0;
    loop {
        let question = json!({ "service": service, "from": from });
        let view = ask(team, &json!({ "delivery": { "list": question } }), context)?;
        let page: Vec<Value> = view["rows"].as_array().cloned().unwrap_or_default();
        if let Some(found) = page.iter().find(|row| row["version"] == version) {
            return Ok(found["id"].clone());
        }
        from += page.len();
        if page.is_empty() || from as u64 >= view["found"].as_u64().unwrap_or_default() {
            let hint = "Report that one first, or name another one.";
            return Err(AppError::refused(format!("No deployment has the version {version}."), hint));
        }
    }
}

fn labelled(team: &Team, labels: &[String], context: &Context<'_>) -> Result<Vec<Value>, AppError> {
    labels.iter().map(|label| item_labelled(team, label, context)).collect()
}

/// Reads commits, a line each, as `git log --format='%H %aI %s'` writes them.
fn commits(path: &Path) -> Result<Vec<Value>, AppError> {
    let bytes = if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut std::io::stdin().lock(), &mut bytes)
            .map_err(|error| AppError::refused(format!("Standard input: {error}"), "Name a file instead."))?;
        bytes
    } else {
        read(path)?
    };
    let text = String::from_utf8_lossy(&bytes);
    let lines = text.lines().filter(|line| !line.trim().is_empty()).enumerate();
    lines
        .map(|(at, line)| {
            let mut words = line.trim().splitn(3, ' ');
            let (sha, authored) = (words.next().unwrap_or_default(), words.next());
            let is_hash = sha.len() >= 7 && sha.bytes().all(|byte| byte.is_ascii_hexdigit());
            if !is_hash {
                let hint = "Write them with: git log --format='%H %aI %s' LAST..NEW";
                return Err(AppError::refused(
                    format!("Line {} does not begin with a commit.", at + 1),
                    hint,
                ));
            }
            Ok(json!({ "sha": sha, "authored": authored, "subject": words.next().unwrap_or_default() }))
        })
        .collect()
}
