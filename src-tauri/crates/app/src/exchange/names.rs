//! What trackers call things, in the languages that are known by name.
//!
//! 1. Names are compared without case, accents, punctuation and the words “Custom field ( )” around them.
//! 2. Each target has tiers of names: the first tier that the header holds wins, with all its columns.
//! 3. A value that is not listed here is not guessed at: the caller looks at the file's other columns instead.

use super::dates::unaccented;
use super::mapping::Target;
use domain::backlog::{Category, Severity, WorkKind};

/// A name as it is compared: lower case, plain letters, single spaces; `ClosedDate` is `closed date`.
pub fn plain(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    let mut before_is_lower = false;
    for letter in name.chars() {
        if letter == '\'' || letter == '’' {
            continue;
        }
        if !letter.is_alphanumeric() {
            before_is_lower = false;
            if !plain.ends_with(' ') {
                plain.push(' ');
            }
            continue;
        }
        if before_is_lower && letter.is_uppercase() {
            plain.push(' ');
        }
        before_is_lower = letter.is_lowercase();
        plain.push(unaccented(letter));
    }
    plain.trim().to_owned()
}

/// Whether a header says in brackets what the field of a person's own is called.
pub fn has_brackets(header: &str) -> bool {
    !inside(header).is_empty()
}

/// The target of each header by its name alone.
pub fn targets(headers: &[&str]) -> Vec<Option<Target>> {
    let names: Vec<[String; 2]> =
        headers.iter().map(|header| [plain_header(header), plain(inside(header))]).collect();
    let mut targets = vec![None; headers.len()];
    for (target, tiers) in HEADERS {
        let taken_in = |tier: &&[&str]| -> Vec<usize> {
            let fits = |at: &usize| {
                targets.get(*at).is_some_and(Option::is_none)
                    && names
                        .get(*at)
                        .is_some_and(|forms| forms.iter().any(|form| tier.contains(&form.as_str())))
            };
            (0..names.len()).filter(fits).collect()
        };
        let first = tiers.iter().map(taken_in).find(|columns| !columns.is_empty()).unwrap_or_default();
        let columns = if target.takes_several() { &first[..] } else { &first[..first.len().min(1)] };
        for at in columns {
            if let Some(place) = targets.get_mut(*at) {
                *place = Some(*target);
            }
        }
    }
    targets
}

/// A header as it is compared; Redmine's is a sign alone.
fn plain_header(header: &str) -> String {
    if header.trim() == "#" { "number sign".to_owned() } else { plain(header) }
}

/// The kind of work that a type's name stands for; within it, none is known to be unsorted.
pub fn kind(value: &str) -> Option<Option<WorkKind>> {
    let value = plain(value);
    let known = |value: &str| KINDS.iter().find(|(_, names)| names.contains(&value)).map(|(kind, _)| *kind);
    known(&value).or_else(|| behind(&value, &["type ", "kind "]).and_then(known))
}

/// The kind of work that a label says, such as `bug` or `type: bug`; within it, none is known to be unsorted.
pub fn kind_in_label(label: &str) -> Option<Option<WorkKind>> {
    kind(label)
}

/// The severity that a label says, such as `P1` or `priority: high`; a digit alone says none.
pub fn severity_in_label(label: &str) -> Option<Severity> {
    severity(label).flatten().filter(|_| label.chars().any(char::is_alphabetic))
}

/// Whether a field of that name holds sizes.
pub fn is_size(field: &str) -> bool {
    targets(&[field]).first() == Some(&Some(Target::Size))
}

/// What stands behind one of some words.
fn behind<'v>(value: &'v str, words: &[&str]) -> Option<&'v str> {
    words.iter().find_map(|word| value.strip_prefix(word))
}

/// Whether rows of a type are only parts of other items in their tracker: sub-tasks, and in Azure DevOps tasks.
pub fn is_part(value: &str, source: &str) -> bool {
    let value = plain(value);
    PARTS.contains(&value.as_str()) || (source == "Azure DevOps" && value == "task")
}

/// What a status stands for.
pub fn category(value: &str) -> Option<Category> {
    let value = plain(value);
    CATEGORIES.iter().find(|(_, names)| names.contains(&value.as_str())).map(|(category, _)| *category)
}

/// The severity that a priority or severity stands for; within it, none is known to say nothing.
///
/// `P1-Immediate` and `1 - Critical` are read by their word, then by their number.
pub fn severity(value: &str) -> Option<Option<Severity>> {
    let value = plain(value);
    let known = |value: &str| SEVERITIES.iter().find(|(_, names)| names.contains(&value)).map(|(s, _)| *s);
    let labelled = || behind(&value, &["priority ", "prio ", "severity ", "sev "]).and_then(known);
    known(&value).or_else(labelled).or_else(|| {
        let (number, word) = value.split_once(' ')?;
        let digits = number.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let is_step = digits.len() == 1 && digits.bytes().all(|b| b.is_ascii_digit());
        is_step.then(|| known(word).or_else(|| known(number)))?
    })
}

/// The text in the brackets of `Custom field (Story Points)`, in whatever language and script the words before it are.
fn inside(header: &str) -> &str {
    let inner = header.trim().strip_suffix([')', '）']).and_then(|rest| rest.split_once(['(', '（']));
    inner.map_or("", |(_, inner)| inner)
}

type Tiers = &'static [&'static [&'static str]];

/// In the order in which targets choose their columns.
const HEADERS: &[(Target, Tiers)] = &[
    (
        Target::Key,
        &[
            &[
                "issue key",
                "issuekey",
                "work item key",
                "clave de incidencia",
                "clave de la incidencia",
                "vorgangsschlussel",
                "cle de ticket",
                "chave da item",
                "问题关键字",
                "課題キー",
            ],
            &["key", "clave", "schlussel", "cle", "chiave", "chave", "identifier"],
            &[
                "id",
                "item id",
                "work item id",
                "issue id",
                "ticket",
                "ticket id",
                "issue number",
                "number",
                "nr",
                "reference id",
                "number sign",
            ],
        ],
    ),
    (
        Target::Id,
        &[
            &[
                "issue id",
                "work item id",
                "id de la incidencia",
                "id de incidencia",
                "vorgangs id",
                "id de ticket",
            ],
            &["uuid", "id"],
        ],
    ),
    (
        Target::Title,
        &[
            &[
                "summary",
                "title",
                "resumen",
                "titulo",
                "zusammenfassung",
                "titel",
                "resume",
                "titre",
                "riepilogo",
                "titolo",
                "resumo",
                "概要",
                "要約",
            ],
            &["name", "subject", "thema", "nombre", "asunto", "nom", "nome", "betreff", "task", "item"],
        ],
    ),
    (
        Target::Description,
        &[
            &[
                "description",
                "issue description",
                "descripcion",
                "beschreibung",
                "descrizione",
                "descricao",
                "描述",
                "説明",
            ],
            &["details", "body", "notes"],
        ],
    ),
    (
        Target::Kind,
        &[
            &[
                "issue type",
                "issuetype",
                "work item type",
                "work type",
                "tipo de incidencia",
                "vorgangstyp",
                "type de ticket",
                "tipo de item",
                "问题类型",
                "課題タイプ",
                "item type",
            ],
            &["type", "tipo", "typ", "kind", "tracker", "category"],
        ],
    ),
    (
        Target::Severity,
        &[
            &["severity", "severidad", "gravedad", "schweregrad", "gravite"],
            &["priority", "prioridad", "prioritat", "priorite", "priorita", "prioridade", "优先级", "優先度"],
        ],
    ),
    (
        Target::Size,
        &[
            &[
                "story points",
                "story point estimate",
                "story point",
                "storypoint",
                "storypoints",
                "points",
                "puntos de historia",
                "estimacion de puntos de historia",
                "story punkte",
                "pontos de historia",
                "sp",
            ],
            &["estimate", "effort", "size", "estimacion", "puntos", "punkte", "schatzung", "estimation"],
        ],
    ),
    (
        Target::StateCategory,
        &[&[
            "status category",
            "categoria de estado",
            "categoria del estado",
            "statuskategorie",
            "categorie detat",
            "categorie de letat",
            "categoria do status",
            "状态类别",
            "ステータス カテゴリ",
        ]],
    ),
    (
        Target::State,
        &[
            &["status", "state", "estado", "etat", "statut", "stato", "zustand", "状态", "ステータス"],
            &["column", "list", "board column"],
        ],
    ),
    (
        Target::Created,
        &[&[
            "created",
            "created date",
            "created at",
            "creation date",
            "date created",
            "creada",
            "creado",
            "fecha de creacion",
            "erstellt",
            "angelegt",
            "cree",
            "creation",
            "creato",
            "criado",
            "创建日期",
            "作成日",
        ]],
    ),
    (
        Target::Started,
        &[&[
            "activated date",
            "started",
            "started at",
            "started date",
            "in progress date",
            "iniciada",
            "begonnen",
        ]],
    ),
    (
        Target::Resolved,
        &[
            &[
                "resolved",
                "closed date",
                "completed",
                "completed at",
                "completed date",
                "canceled",
                "cancelled",
                "closed",
                "closed at",
                "done date",
                "finished",
                "finished date",
                "resolution date",
                "resuelta",
                "resuelto",
                "fecha de resolucion",
                "erledigt",
                "geschlossen",
                "resolu",
                "risolto",
                "resolvido",
                "已解决",
                "解決日",
            ],
            &["resolved date"],
        ],
    ),
    (
        Target::Parent,
        &[
            &[
                "parent key",
                "clave principal",
                "ubergeordneter schlussel",
                "cle parente",
                "chave pai",
                "父级关键字",
                "親キー",
                "parent issue",
                "parent reference id",
                "parent task",
                "ubergeordnetes ticket",
                "epic link",
                "custom field epic link",
            ],
            &["parent", "parent id", "principal", "padre", "ubergeordnet", "epic"],
        ],
    ),
    (
        Target::Owner,
        &[
            &[
                "assignee",
                "assigned to",
                "persona asignada",
                "zugewiesene person",
                "bearbeiter",
                "zugewiesen an",
                "personne assignee",
                "assegnatario",
                "responsavel",
                "经办人",
                "担当者",
            ],
            &["owner", "responsable", "asignado a", "zustandig"],
        ],
    ),
    (Target::Labels, &[&["labels", "label", "tags", "etiquetas", "stichworter", "etiquettes", "etichette"]]),
    (
        Target::Sprint,
        &[
            &["sprint", "sprints", "sprint name", "スプリント"],
            &["iteration path", "iteration", "cycle name", "cycle"],
            &["target version", "zielversion", "version cible"],
        ],
    ),
];

const KINDS: &[(Option<WorkKind>, &[&str])] = &[
    (
        Some(WorkKind::Feature),
        &[
            "story",
            "user story",
            "feature",
            "new feature",
            "improvement",
            "enhancement",
            "epic",
            "product backlog item",
            "requirement",
            "historia",
            "historia de usuario",
            "nueva funcionalidad",
            "nueva funcion",
            "mejora",
            "epica",
            "neue funktion",
            "verbesserung",
            "user storie",
            "recit",
            "histoire",
            "nouvelle fonctionnalite",
            "amelioration",
            "epopee",
            "storia",
            "funcionalidade",
            "melhoria",
            "故事",
            "用户故事",
            "需求",
            "史诗",
            "ストーリー",
        ],
    ),
    (
        Some(WorkKind::Bug),
        &[
            "bug",
            "bugs",
            "defect",
            "defecto",
            "error",
            "fehler",
            "anomalie",
            "bogue",
            "defekt",
            "difetto",
            "defeito",
            "production bug",
            "缺陷",
            "错误",
            "故障",
            "バグ",
        ],
    ),
    (
        Some(WorkKind::Debt),
        &[
            "technical debt",
            "tech debt",
            "debt",
            "chore",
            "refactoring",
            "refactor",
            "maintenance",
            "deuda tecnica",
            "technische schulden",
            "dette technique",
        ],
    ),
    (
        Some(WorkKind::Infrastructure),
        &[
            "infrastructure",
            "infra",
            "ops",
            "operations",
            "devops",
            "sre",
            "sre task",
            "infraestructura",
            "infrastruktur",
        ],
    ),
    (
        None,
        &[
            "task",
            "sub task",
            "subtask",
            "technical task",
            "spike",
            "support",
            "question",
            "tarea",
            "subtarea",
            "aufgabe",
            "unteraufgabe",
            "teilaufgabe",
            "tache",
            "sous tache",
            "attivita",
            "sottotask",
            "tarefa",
            "subtarefa",
            "任务",
            "子任务",
            "タスク",
        ],
    ),
];

const PARTS: &[&str] = &[
    "sub task",
    "subtask",
    "technical task",
    "subtarea",
    "unteraufgabe",
    "teilaufgabe",
    "sous tache",
    "sottotask",
    "subtarefa",
    "子任务",
    "サブタスク",
];

const CATEGORIES: &[(Category, &[&str])] = &[
    (
        Category::ToDo,
        &[
            "to do",
            "todo",
            "new",
            "open",
            "backlog",
            "planned",
            "ready",
            "proposed",
            "created",
            "reopened",
            "unstarted",
            "triage",
            "approved",
            "not started",
            "selected for development",
            "icebox",
            "por hacer",
            "tareas por hacer",
            "pendiente",
            "abierto",
            "abierta",
            "nuevo",
            "nueva",
            "zu erledigen",
            "offen",
            "neu",
            "a faire",
            "ouvert",
            "nouveau",
            "da fare",
            "aperto",
            "a fazer",
            "pendente",
            "aberto",
            "tarefas pendentes",
            "itens pendentes",
            "待办",
            "待处理",
        ],
    ),
    (
        Category::InProgress,
        &[
            "in progress",
            "active",
            "doing",
            "started",
            "committed",
            "in development",
            "development",
            "in review",
            "review",
            "code review",
            "in test",
            "testing",
            "in testing",
            "qa",
            "ready for test",
            "ready for testing",
            "ready for review",
            "blocked",
            "waiting",
            "feedback",
            "on hold",
            "en curso",
            "en progreso",
            "en revision",
            "in arbeit",
            "in bearbeitung",
            "in prufung",
            "en cours",
            "in corso",
            "em andamento",
            "进行中",
            "处理中",
            "進行中",
        ],
    ),
    (
        Category::Done,
        &[
            "done",
            "closed",
            "resolved",
            "complete",
            "completed",
            "finished",
            "released",
            "deployed",
            "accepted",
            "live",
            "finalizada",
            "finalizado",
            "hecho",
            "hecha",
            "listo",
            "lista",
            "cerrada",
            "cerrado",
            "resuelta",
            "resuelto",
            "terminada",
            "terminado",
            "fertig",
            "erledigt",
            "geschlossen",
            "abgeschlossen",
            "termine",
            "termine e",
            "ferme",
            "fait",
            "resolu",
            "fatto",
            "chiuso",
            "completato",
            "feito",
            "concluido",
            "itens concluidos",
            "fechado",
            "完成",
            "已完成",
            "完了",
        ],
    ),
    (
        Category::Cancelled,
        &[
            "removed",
            "cancelled",
            "canceled",
            "wont do",
            "wont fix",
            "rejected",
            "declined",
            "duplicate",
            "abandoned",
            "obsolete",
            "invalid",
            "cancelada",
            "cancelado",
            "descartada",
            "descartado",
            "rechazada",
            "abgebrochen",
            "verworfen",
            "abgelehnt",
            "annule",
            "annullato",
            "已取消",
            "取消",
        ],
    ),
];

const SEVERITIES: &[(Option<Severity>, &[&str])] = &[
    (
        Some(Severity::Critical),
        &[
            "critical",
            "blocker",
            "highest",
            "urgent",
            "immediate",
            "p0",
            "p1",
            "sev1",
            "s1",
            "1",
            "critica",
            "critico",
            "bloqueante",
            "muy alta",
            "highest priority",
            "kritisch",
            "hochste",
            "critique",
            "bloquant",
            "la plus haute",
            "la plus elevee",
            "mas alta",
            "altissima",
            "maxima",
            "最高",
            "紧急",
        ],
    ),
    (
        Some(Severity::High),
        &[
            "high",
            "major",
            "important",
            "p2",
            "sev2",
            "s2",
            "2",
            "alta",
            "importante",
            "hoch",
            "haute",
            "elevee",
            "majeur",
            "高",
        ],
    ),
    (
        Some(Severity::Low),
        &[
            "medium",
            "normal",
            "moderate",
            "low",
            "lowest",
            "minor",
            "trivial",
            "p3",
            "p4",
            "p5",
            "sev3",
            "sev4",
            "s3",
            "s4",
            "3",
            "4",
            "5",
            "media",
            "baja",
            "muy baja",
            "mas baja",
            "la plus basse",
            "la plus faible",
            "faible",
            "baixissima",
            "mittel",
            "niedrig",
            "niedrigste",
            "moyenne",
            "basse",
            "mineur",
            "bassa",
            "baixa",
            "中",
            "低",
            "最低",
        ],
    ),
    (
        None,
        &["none", "unknown", "no priority", "not set", "undefined", "0", "ninguna", "keine", "aucune", "无"],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_case_accents_and_punctuation() {
        assert_eq!(plain("  Categoría de Estado "), "categoria de estado");
        assert_eq!(plain("ClosedDate"), "closed date");
        assert_eq!(plain("Sub-task"), "sub task");
        assert_eq!(plain("Won’t Do"), "wont do");
        assert_eq!(plain("story_points"), "story points");
    }

    #[test]
    fn custom_fields_are_known_by_the_name_in_their_brackets() {
        let found = targets(&[
            "Campo personalizado (Story point estimate)",
            "Custom field (Story Points)",
            "Time in status (minutes)",
        ]);
        assert_eq!(found, [Some(Target::Size), Some(Target::Size), None]);
    }

    #[test]
    fn the_first_tier_of_names_wins() {
        assert_eq!(
            targets(&["Parent", "Issue id", "Issue key", "Parent key"]),
            [None, Some(Target::Id), Some(Target::Key), Some(Target::Parent)]
        );
        assert_eq!(
            targets(&["Priority", "Severity", "Estimate", "Original estimate"]),
            [None, Some(Target::Severity), Some(Target::Size), None]
        );
    }

    #[test]
    fn severities_are_read_by_their_word_then_by_their_number() {
        let check = |value, expected| assert_eq!(severity(value), expected, "{value}");
        check("P1-Immediate", Some(Some(Severity::Critical)));
        check("2 - High", Some(Some(Severity::High)));
        check("P3-Whatever", Some(Some(Severity::Low)));
        check("Medium", Some(Some(Severity::Low)));
        check("Unknown", Some(None));
        check("Muy alta", Some(Some(Severity::Critical)));
        check("Whatever", None);
        check("12 monkeys", None);
    }

    #[test]
    fn no_name_stands_in_two_places() {
        fn once(names: Vec<&str>) {
            let mut seen = std::collections::HashSet::new();
            for name in names {
                assert_eq!(plain(name), *name, "is not written as it is compared");
                assert!(seen.insert(name), "{name} twice");
            }
        }
        once(KINDS.iter().flat_map(|(_, names)| names.iter().copied()).collect());
        once(CATEGORIES.iter().flat_map(|(_, names)| names.iter().copied()).collect());
        once(SEVERITIES.iter().flat_map(|(_, names)| names.iter().copied()).collect());
    }
}
