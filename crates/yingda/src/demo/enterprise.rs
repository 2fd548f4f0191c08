//! S03: what companies ask about the machines and the software that they bought, or mean to buy.

use super::topic::Topic;

const fn topic(
    kind: &'static str,
    department: &'static str,
    subject: &'static str,
    says: &'static [&'static str],
    asks: &'static str,
    answers: &'static [&'static str],
) -> Topic {
    Topic { subject, says, asks, answers, department, kind }
}

/// The matters; `asks` is the plan that the department makes first.
pub const TOPICS: &[Topic] = &[
    topic(
        "技术故障类",
        "after_sales",
        "{model}{machine}故障",
        &[
            "{model}{machine}{symptom}，{clock}开始出现，{impact}。现场已断电重启一次，无效。{wish}",
            "客户的{model}{machine}{symptom}，今天已发生{hours}次，{impact}。{wish}",
        ],
        "先远程读取日志，判断是否为{part}问题；备件今天发出，必要时上门。",
        &[
            "更换{part}后连续运行{hours}小时正常，旧件带回检测，保修期内不收费。",
            "远程升级到 {version} 并重设通讯参数，客户观察两个班次没有再报警。",
            "现场发现{part}接头松动，重新压接并固定线束，教客户日常检查的方法。",
        ],
    ),
    topic(
        "技术故障类",
        "after_sales",
        "升级 {version} 后报表打不开",
        &[
            "昨晚升级到 {version} 以后，{machine}的日报表一直转圈，{impact}。{wish}",
            "升级后历史数据少了{days}天，客户担心丢失，要求说明。{wish}",
        ],
        "比对升级前后的数据库，先恢复旧版报表，再查原因。",
        &[
            "报表索引没有重建，补建后恢复，数据没有丢失；升级说明已补充这一步。",
            "回退到上一个版本，修正后重新升级，客户确认报表齐全。",
        ],
    ),
    topic(
        "产品功能类",
        "technology",
        "咨询：{feature}",
        &[
            "客户问现有版本能不能{feature}，不行的话定制要多久、多少钱。{wish}",
            "客户准备采购{people}个账号，前提是支持{feature}，希望看演示。{wish}",
        ],
        "核对产品清单，确认{feature}是标准功能还是定制，给出工作量。",
        &[
            "{version} 起已支持{feature}，已发操作说明和三分钟演示视频，客户试用后确认可用。",
            "需要小量定制，{days}个工作日可交付，方案和报价已发客户邮箱。",
        ],
    ),
    topic(
        "产品功能类",
        "销售部",
        "{model}{machine}询价",
        &[
            "客户要{pieces}台{model}{machine}的报价，含安装和培训，{days}天内要。{wish}",
            "客户问{model}和上一代{machine}有什么区别，旧机能否折价。{wish}",
        ],
        "按{pieces}台的量核价，请技术确认安装条件，先电话沟通需求。",
        &[
            "报价单和交期表已发送，含一次上门培训；价格保留三十天。",
            "已发对比表和置换办法，客户约{month_day}来厂看样机。",
        ],
    ),
    topic(
        "产品功能类",
        "technology",
        "接口对接与数据迁移",
        &[
            "客户想把旧系统的{pieces}张报表迁到新平台，问格式和周期。{wish}",
            "客户的仓库系统要调用我们的接口，返回超时，问调用频率的限制。{wish}",
        ],
        "先要一份样本数据和接口日志，评估后给出迁移步骤。",
        &[
            "提供了迁移模板和核对清单，样本{pieces}张全部一致，正式迁移定在周末。",
            "把批量查询改为分页，超时消失；接口说明书补充了频率限制。",
        ],
    ),
    topic(
        "产品功能类",
        "technology",
        "申请操作培训",
        &[
            "新来的{people}名操作工不会用{machine}，希望安排培训，最好在{month_day}前。{wish}",
            "客户要一份{model}的中文操作卡片，贴在机台旁。{wish}",
        ],
        "排培训老师的时间，先发操作手册和录像。",
        &["已培训{people}人，全部通过上机考核，资料留给客户。", "操作卡片按客户机台重新排版，已寄出{pieces}份。"],
    ),
    topic(
        "服务态度类",
        "service",
        "投诉：回电不及时",
        &[
            "客户说两天打了{hours}次电话，每次都说会回电，没有人回，{impact}，要求说明。{wish}",
            "客户投诉上门人员迟到{hours}小时，也没有提前通知。{wish}",
        ],
        "调听录音，核对派工记录，今天内由负责人致电致歉。",
        &[
            "核实为交接遗漏，负责人已致电致歉，并指定专人对接，客户接受。",
            "派工系统时间填错，已更正；赠送一次保养，客户表示可以。",
        ],
    ),
    topic(
        "服务态度类",
        "service",
        "投诉：解释前后不一",
        &[
            "客户说销售讲免费、售后讲收费{fee}元，要求给一个准话。{wish}",
            "客户认为维修报价没有依据，要求逐项列出。{wish}",
        ],
        "核对合同的保修条款，统一口径后书面答复。",
        &["按合同属保修范围，收费单作废，已书面说明。", "已逐项列明配件和工时，减去重复的一项，客户签字确认。"],
    ),
    topic(
        "物流类",
        "logistics",
        "订单{order}延迟到货",
        &[
            "订单{order}({pieces}件)说好{month_day}到，已晚{days}天，{impact}，客户要求给准确时间。{wish}",
            "客户查订单{order}的物流，{carrier}的单号三天没有更新。{wish}",
        ],
        "联系{carrier}查在途位置，必要时从备货仓补发。",
        &[
            "车辆在途中故障，已换车，次日送达，客户签收无误。",
            "从备货仓先补发{pieces}件，余下的随下一班车到，运费由我们承担。",
        ],
    ),
    topic(
        "物流类",
        "logistics",
        "订单{order}货损或错发",
        &[
            "订单{order}收到时外箱压坏，{part}有裂纹，客户拍了照片，要求换货。{wish}",
            "订单{order}发成了另一型号，客户要{model}，问怎样退换。{wish}",
        ],
        "请客户保留包装和照片，当天补发，同时向{carrier}索赔。",
        &[
            "已补发新件并上门取回旧件，索赔由我们办理，客户不承担费用。",
            "错发的货由{carrier}带回，正确的型号次日送达。",
        ],
    ),
];

/// What the document's classes are mostly about: the business scenario and the first judgement of each.
pub fn scenario(class: &str) -> (&'static str, &'static str) {
    match class {
        "技术故障类" => ("售后保障", "售后报修"),
        "产品功能类" => ("售前咨询", "技术咨询"),
        "服务态度类" => ("投诉处理", "投诉建议"),
        _ => ("售中支持", "投诉建议"),
    }
}
