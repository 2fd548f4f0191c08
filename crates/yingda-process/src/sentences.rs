//! The sentences of the process check, in both languages; the only place where they are written.
//!
//! The one thing to know: each says what is wrong in the words of whoever writes the file, and what to do. Places are
//! added by whoever prints them.

use crate::fault::{CelType, FaultKind, Locale, NameKind, Never, Shape, WordKind};
use crate::vocabulary::FieldType;

pub(crate) fn sentence(kind: &FaultKind, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => chinese(kind),
        Locale::En => english(kind),
    }
}

fn hinted(sentence: String, hint: Option<&String>, locale: Locale) -> String {
    match (hint, locale) {
        (None, _) => sentence,
        (Some(hint), Locale::ZhCn) => format!("{sentence}您是否想写「{hint}」？"),
        (Some(hint), Locale::En) => format!("{sentence} Did you mean '{hint}'?"),
    }
}

fn chinese(kind: &FaultKind) -> String {
    use FaultKind as K;
    let z = Locale::ZhCn;
    match kind {
        K::NotYaml { message } => format!("文件不是正确的 YAML：{message}。"),
        K::TooDeep { max } => format!("嵌套超过 {max} 层。"),
        K::TooLarge { max } => format!("文件超过上限 {max}。"),
        K::NotInLanguage { what } => format!("流程文件不支持 YAML 的「{what}」。"),
        K::DuplicateKey { key, first_line } => format!("「{key}」重复，第 {first_line} 行已写过。"),
        K::UnknownKey { key, hint } => hinted(format!("这里没有「{key}」这个键。"), hint.as_ref(), z),
        K::MissingKey { key } => format!("缺少「{key}」。"),
        K::OneOf { keys, found } if found.is_empty() => {
            format!("须写下列之一：{}。", keys.join("、"))
        }
        K::OneOf { keys, found } => format!("只能写下列之一：{}；现在写了 {}。", keys.join("、"), found.join("、")),
        K::WrongShape { wanted, found } => {
            format!("这里应为{}，现为{}。", shape(*wanted, z), shape(*found, z))
        }
        K::Empty => "这里不能为空。".to_owned(),
        K::BadId { id } => {
            format!("「{id}」不能作标识：须以小写字母开头，只含小写字母、数字和下划线(编号前缀为大写字母)。")
        }
        K::ReservedId { id } => format!("「{id}」是表达式的保留字，请换一个标识。"),
        K::UnknownName { kind, name, hint } => {
            hinted(format!("没有名为「{name}」的{}。", name_kind(*kind, z)), hint.as_ref(), z)
        }
        K::UnknownWord { kind, word, allowed, hint } => {
            hinted(format!("「{word}」不是{}；可用：{}。", word_kind(*kind, z), allowed.join("、")), hint.as_ref(), z)
        }
        K::BadNumber { text, min, max } => format!("「{text}」不是 {min} 到 {max} 之间的数。"),
        K::BadRequirement { text } => format!("「{text}」不是需求编号(如 R-071、J03、T02)。"),
        K::KeyNotForType { key, field_type } => {
            format!("{}字段没有「{key}」。", field_type_name(*field_type, z))
        }
        K::BoundsCrossed => "最大值小于最小值。".to_owned(),
        K::BadDefault { text } => format!("默认值「{text}」本身通不过该字段的检查。"),
        K::PriorityOption { option } => {
            format!("优先级字段的选项只能是 紧急、高、中、低，不能是「{option}」。")
        }
        K::DuplicateOption { option } => format!("选项「{option}」重复。"),
        K::DuplicateColumn { column } => format!("同一表单已有字段填写「{column}」。"),
        K::ColumnType { column, field_type } => {
            format!("{}字段不能填写「{column}」。", field_type_name(*field_type, z))
        }
        K::BadReference { text } => format!("「{text}」应写成 表单.字段。"),
        K::FieldOfWrongType { field, wanted, found } => {
            let wanted: Vec<&str> = wanted.iter().map(|kind| field_type_name(*kind, z)).collect();
            format!("「{field}」是{}字段，这里需要{}字段。", field_type_name(*found, z), wanted.join("或"))
        }
        K::OptionWithoutDepartment { option } => {
            format!("选项「{option}」没有写明部门(department),不能据此确定部门。")
        }
        K::NoOtherwise => "判断缺少默认去向：最后须有 otherwise。".to_owned(),
        K::CaseAfterOtherwise => "otherwise 之后不能再有分支，它永远不会被走到。".to_owned(),
        K::Unreachable { step } => format!("步骤「{step}」从开始无法到达。"),
        K::NoWayToEnd { step } => format!("步骤「{step}」无法到达任何结束。"),
        K::LoopWithoutWork { step } => {
            format!("步骤「{step}」在一个没有人工步骤的循环里，会永远转下去。")
        }
        K::IntakeChain { step, next } => {
            format!("受理步骤须首尾相接：「{step}」之后是「{next}」。")
        }
        K::IntakeNotAtStart { start } => format!("受理的第一步须是开始步骤「{start}」。"),
        K::IntakeNotTask { step } => format!("受理步骤「{step}」须是人工步骤，且只出现一次。"),
        K::NoLane { step } => format!("步骤「{step}」没有泳道，之前也没有可沿用的步骤。"),
        K::RatingScale { missing, unknown } => {
            let mut sentence = "评价等级须与字段选项完全一致。".to_owned();
            if !missing.is_empty() {
                sentence.push_str(&format!("缺少：{}。", missing.join("、")));
            }
            if !unknown.is_empty() {
                sentence.push_str(&format!("多出：{}。", unknown.join("、")));
            }
            sentence
        }
        K::CelSyntax { message } => format!("表达式有语法错误：{message}。"),
        K::CelTooDeep { max } => format!("表达式过长或嵌套超过 {max} 层。"),
        K::CelUnsupported { what } => format!("表达式不支持「{what}」。"),
        K::CelUnknown { name, hint } => hinted(format!("表达式里没有「{name}」。"), hint.as_ref(), z),
        K::CelType { wanted, found } => format!("这里应为{}，现为{}。", cel_type(*wanted, z), cel_type(*found, z)),
        K::CelOperands { operator, left, right } => {
            format!("「{operator}」不能用于{}与{}。", cel_type(*left, z), cel_type(*right, z))
        }
        K::CelNotAnOption { field, option, hint } => {
            hinted(format!("「{field}」没有选项「{option}」。"), hint.as_ref(), z)
        }
        K::CelMayFail { what } => format!("「{what}」在运行时可能出错(除以零或超出范围)。"),
        K::MayBeAbsent { name } => {
            format!("走到这里时「{name}」可能还没有值；请设为必填、移到之后，或先写 has({name}) &&。")
        }
        K::OtherForm { name } => format!("表单条件只能用本表单的字段，不能用「{name}」。"),
        K::LooksAhead { name } => format!("visible_when 只能用排在前面的字段，「{name}」在后面。"),
        K::BadPlaceholder { text } => {
            format!("「{text}」不是占位符：应写 {{表单.字段}}；要写大括号本身请写两遍。")
        }
        K::BadRecurrence { text } => {
            format!("「{text}」永远不会到来：日期写 11-30，时间写 17:00、opening 或 closing。")
        }
        K::LaneWithoutPeople { lane } => format!("泳道「{lane}」没有固定的人，周期性工作无人可做。"),
        K::NeverComes { what, why } => format!("「{what}」写在这里不起作用：{}。", never(*why, z)),
        K::NotRemembered { moment } => {
            format!("「{moment}」不留记录，不能写在 starts_all 里；请用 starts。")
        }
        K::SaidTwice { moment, first, second } => {
            format!("「{moment}」同时写在 {first} 和 {second} 里，请只留一处。")
        }
        K::NotWithPlanned { key } => format!("按计划日期(planned)计的时限没有「{key}」。"),
        K::RungOrder => "各级提醒须按到达的先后书写，这一级在前一级之前就会到达，或与它同时。".to_owned(),
        K::NobodyTold => "没有写通知谁：请写 to 或 also。".to_owned(),
    }
}

fn english(kind: &FaultKind) -> String {
    use FaultKind as K;
    let e = Locale::En;
    match kind {
        K::NotYaml { message } => format!("This is not valid YAML: {message}."),
        K::TooDeep { max } => format!("Nested more than {max} levels deep."),
        K::TooLarge { max } => format!("Larger than the limit of {max}."),
        K::NotInLanguage { what } => {
            format!("YAML's '{what}' is not part of the process language.")
        }
        K::DuplicateKey { key, first_line } => {
            format!("'{key}' is written twice; it is already on line {first_line}.")
        }
        K::UnknownKey { key, hint } => hinted(format!("There is no key '{key}' here."), hint.as_ref(), e),
        K::MissingKey { key } => format!("'{key}' is missing."),
        K::OneOf { keys, found } if found.is_empty() => {
            format!("One of these is needed: {}.", keys.join(", "))
        }
        K::OneOf { keys, found } => {
            format!("Only one of {} may stand here, not {}.", keys.join(", "), found.join(" and "))
        }
        K::WrongShape { wanted, found } => format!("This should be {}, not {}.", shape(*wanted, e), shape(*found, e)),
        K::Empty => "This must not be empty.".to_owned(),
        K::BadId { id } => format!(
            "'{id}' cannot be an id: begin with a small letter and use small letters, digits and underscores (a number's prefix is capitals)."
        ),
        K::ReservedId { id } => {
            format!("'{id}' is a reserved word of expressions; choose another id.")
        }
        K::UnknownName { kind, name, hint } => {
            hinted(format!("There is no {} '{name}'.", name_kind(*kind, e)), hint.as_ref(), e)
        }
        K::UnknownWord { kind, word, allowed, hint } => hinted(
            format!("'{word}' is no {}; use one of {}.", word_kind(*kind, e), allowed.join(", ")),
            hint.as_ref(),
            e,
        ),
        K::BadNumber { text, min, max } => format!("'{text}' is not a number from {min} to {max}."),
        K::BadRequirement { text } => {
            format!("'{text}' is not a requirement number (such as R-071, J03, T02).")
        }
        K::KeyNotForType { key, field_type } => {
            format!("A field of type {} has no '{key}'.", field_type_name(*field_type, e))
        }
        K::BoundsCrossed => "The maximum is below the minimum.".to_owned(),
        K::BadDefault { text } => {
            format!("The default '{text}' would itself be refused by the field.")
        }
        K::PriorityOption { option } => {
            format!("A priority field may only offer 紧急, 高, 中 and 低, not '{option}'.")
        }
        K::DuplicateOption { option } => format!("The option '{option}' is there twice."),
        K::DuplicateColumn { column } => {
            format!("Another field of this form already fills '{column}'.")
        }
        K::ColumnType { column, field_type } => {
            format!("A field of type {} cannot fill '{column}'.", field_type_name(*field_type, e))
        }
        K::BadReference { text } => format!("'{text}' should be written form.field."),
        K::FieldOfWrongType { field, wanted, found } => {
            let wanted: Vec<&str> = wanted.iter().map(|kind| field_type_name(*kind, e)).collect();
            format!("'{field}' is of type {}; {} is needed here.", field_type_name(*found, e), wanted.join(" or "))
        }
        K::OptionWithoutDepartment { option } => {
            format!("The option '{option}' names no department, so it cannot decide one.")
        }
        K::NoOtherwise => "The choice has no default: end it with 'otherwise'.".to_owned(),
        K::CaseAfterOtherwise => "Nothing may follow 'otherwise': it would never be reached.".to_owned(),
        K::Unreachable { step } => format!("No way leads from the start to step '{step}'."),
        K::NoWayToEnd { step } => format!("No way leads from step '{step}' to an end."),
        K::LoopWithoutWork { step } => {
            format!("Step '{step}' is in a circle without anybody's work; it would turn for ever.")
        }
        K::IntakeChain { step, next } => {
            format!("Intake steps must follow each other: after '{step}' comes '{next}'.")
        }
        K::IntakeNotAtStart { start } => {
            format!("The intake must begin with the start step '{start}'.")
        }
        K::IntakeNotTask { step } => {
            format!("The intake step '{step}' must be a task, and be there once.")
        }
        K::NoLane { step } => {
            format!("Step '{step}' has no lane, and no step before it to inherit one from.")
        }
        K::RatingScale { missing, unknown } => {
            let mut sentence = "The scale must be exactly the options of the field.".to_owned();
            if !missing.is_empty() {
                sentence.push_str(&format!(" Missing: {}.", missing.join(", ")));
            }
            if !unknown.is_empty() {
                sentence.push_str(&format!(" Not an option: {}.", unknown.join(", ")));
            }
            sentence
        }
        K::CelSyntax { message } => format!("The expression is not valid: {message}."),
        K::CelTooDeep { max } => {
            format!("The expression is too long or nested more than {max} levels deep.")
        }
        K::CelUnsupported { what } => format!("Expressions do not support '{what}'."),
        K::CelUnknown { name, hint } => hinted(format!("There is no '{name}'."), hint.as_ref(), e),
        K::CelType { wanted, found } => {
            format!("This should be {}, not {}.", cel_type(*wanted, e), cel_type(*found, e))
        }
        K::CelOperands { operator, left, right } => {
            format!("'{operator}' does not work on {} and {}.", cel_type(*left, e), cel_type(*right, e))
        }
        K::CelNotAnOption { field, option, hint } => {
            hinted(format!("'{field}' has no option '{option}'."), hint.as_ref(), e)
        }
        K::CelMayFail { what } => {
            format!("'{what}' might fail at run time (division by zero, or out of range).")
        }
        K::MayBeAbsent { name } => format!(
            "'{name}' may not have a value here: make it required, ask later, or write 'has({name}) &&' before it."
        ),
        K::OtherForm { name } => {
            format!("A condition of a form reads its own fields only, not '{name}'.")
        }
        K::LooksAhead { name } => {
            format!("'visible_when' reads fields further up only; '{name}' is not.")
        }
        K::BadPlaceholder { text } => {
            format!("'{text}' is no placeholder: write {{form.field}}; a brace that is meant is written twice.")
        }
        K::BadRecurrence { text } => {
            format!("'{text}' never comes: write a day as 11-30, a time as 17:00, 'opening' or 'closing'.")
        }
        K::LaneWithoutPeople { lane } => {
            format!("Nobody certain holds the lane '{lane}', so nobody would do its recurring work.")
        }
        K::NeverComes { what, why } => format!("'{what}' does nothing here: {}.", never(*why, e)),
        K::NotRemembered { moment } => {
            format!(
                "'{moment}' leaves no trace to be asked about later, so it cannot stand in 'starts_all'; use 'starts'."
            )
        }
        K::SaidTwice { moment, first, second } => {
            format!("'{moment}' stands in both '{first}' and '{second}'; keep one.")
        }
        K::NotWithPlanned { key } => format!("A limit before a planned date has no '{key}'."),
        K::RungOrder => {
            "Rungs stand in the order in which they are reached; this one comes with or before one above it.".to_owned()
        }
        K::NobodyTold => "Nobody is told: write 'to' or 'also'.".to_owned(),
    }
}

fn pick(locale: Locale, chinese: &'static str, english: &'static str) -> &'static str {
    match locale {
        Locale::ZhCn => chinese,
        Locale::En => english,
    }
}

fn shape(shape: Shape, locale: Locale) -> &'static str {
    match shape {
        Shape::Text => pick(locale, "文字", "text"),
        Shape::WholeNumber => pick(locale, "整数", "a whole number"),
        Shape::Number => pick(locale, "数", "a number"),
        Shape::YesNo => pick(locale, "true 或 false", "true or false"),
        Shape::List => pick(locale, "列表", "a list"),
        Shape::Mapping => pick(locale, "键值", "a mapping"),
        Shape::Nothing => pick(locale, "空", "nothing"),
    }
}

fn name_kind(kind: NameKind, locale: Locale) -> &'static str {
    match kind {
        NameKind::Lane => pick(locale, "泳道", "lane"),
        NameKind::Form => pick(locale, "表单", "form"),
        NameKind::Field => pick(locale, "字段", "field"),
        NameKind::Step | NameKind::IntakeStep => pick(locale, "步骤", "step"),
        NameKind::Script => pick(locale, "话术", "script"),
        NameKind::Department => pick(locale, "部门", "department"),
        NameKind::Progress => pick(locale, "进度(progress)", "progress label"),
        NameKind::RatingValue => pick(locale, "评价等级", "rating value"),
        NameKind::Clock => pick(locale, "时限", "clock"),
    }
}

fn word_kind(kind: WordKind, locale: Locale) -> &'static str {
    match kind {
        WordKind::Channel => pick(locale, "渠道", "channel"),
        WordKind::Priority => pick(locale, "优先级", "priority"),
        WordKind::Role => pick(locale, "角色", "role"),
        WordKind::Requester => pick(locale, "来客范围", "requester"),
        WordKind::Origin => pick(locale, "出处", "origin"),
        WordKind::Milestone => pick(locale, "里程碑", "milestone"),
        WordKind::Outcome => pick(locale, "结果", "outcome"),
        WordKind::FieldType => pick(locale, "字段类型", "field type"),
        WordKind::Column => pick(locale, "工单栏目", "ticket column"),
        WordKind::MeasureOf => pick(locale, "指标", "measure"),
        WordKind::Countersign => pick(locale, "会签要求", "countersign rule"),
        WordKind::Moment => pick(locale, "时刻", "moment"),
        WordKind::Recipient => pick(locale, "通知对象", "recipient"),
        WordKind::Answerable => pick(locale, "责任方", "side that answers for a limit"),
        WordKind::Weekday => pick(locale, "星期", "day of the week"),
        WordKind::FreeDay => pick(locale, "休息日的做法", "rule for free days"),
        WordKind::Share => pick(locale, "分工", "way to share"),
    }
}

fn never(why: Never, locale: Locale) -> &'static str {
    match why {
        Never::NoStepMarksIt => pick(locale, "没有步骤标记它(marks)", "no step marks it"),
        Never::NotSolved => {
            pick(locale, "没有步骤标记 solved,也就没有重开", "no step marks 'solved', so nothing is reopened")
        }
        Never::OnlyAtTheStart => pick(
            locale,
            "它只在受理时来一次，那时还没有开始计时",
            "it comes once, at the beginning, before any clock goes",
        ),
        Never::OnlyAtTheEnd => pick(
            locale,
            "它只随工单结束而来，之后不再计时",
            "it comes only with the ticket's end, when nothing starts any more",
        ),
        Never::NoSheet => pick(locale, "该步骤不是工作联系单", "the step is no contact sheet"),
        Never::NobodyWaits => pick(locale, "工单从不停在该步骤", "no ticket ever waits at that step"),
        Never::NoStepFillsIt => pick(locale, "没有步骤使用它的表单", "no step uses its form"),
    }
}

fn cel_type(cel_type: CelType, locale: Locale) -> &'static str {
    match cel_type {
        CelType::String => pick(locale, "文字", "text"),
        CelType::Int => pick(locale, "整数", "a whole number"),
        CelType::Double => pick(locale, "小数", "a decimal number"),
        CelType::Bool => pick(locale, "是否", "yes or no"),
        CelType::Date => pick(locale, "日期", "a date"),
        CelType::Timestamp => pick(locale, "时间", "an instant"),
        CelType::Files => pick(locale, "附件", "files"),
    }
}

fn field_type_name(kind: FieldType, locale: Locale) -> &'static str {
    match kind {
        FieldType::Text => pick(locale, "文字", "text"),
        FieldType::Choice => pick(locale, "选择", "choice"),
        FieldType::Integer => pick(locale, "整数", "integer"),
        FieldType::Decimal => pick(locale, "小数", "decimal"),
        FieldType::Money => pick(locale, "金额", "money"),
        FieldType::Date => pick(locale, "日期", "date"),
        FieldType::DateTime => pick(locale, "时间", "datetime"),
        FieldType::Phone => pick(locale, "电话", "phone"),
        FieldType::Person => pick(locale, "人员", "person"),
        FieldType::Department => pick(locale, "部门", "department"),
        FieldType::Attachment => pick(locale, "附件", "attachment"),
        FieldType::YesNo => pick(locale, "是否", "yes_no"),
    }
}
