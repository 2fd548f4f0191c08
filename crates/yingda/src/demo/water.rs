//! S02: what people ring a waterworks' hotline about. Leaks are put together from slots; the rest are topics.

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

/// Questions, bills and complaints.
pub const TOPICS: &[Topic] = &[
    topic(
        "咨询业务",
        "business",
        "阶梯水价怎样计算",
        &[
            "用户问阶梯水价怎么算，家里{people}口人能不能增加基数。户号{account}。{wish}",
            "用户看到账单进了第二档，问分界是多少、什么时候清零。{wish}",
        ],
        "请说明户号{account}阶梯基数和多人口家庭申请办法。",
        &[
            "按年度累计计算，四人以上家庭可凭户口簿申请增加基数，次月生效，营业厅和线上都能办。",
            "阶梯水量每年一月一日重新累计，第二档从年用水量超过第一档的那一立方米起算，只有超出部分按高一档计价。",
        ],
    ),
    topic(
        "咨询业务",
        "business",
        "过户更名需要什么资料",
        &[
            "用户买了二手房({estate}{unit})，问水表过户要带什么。{wish}",
            "公司搬迁，问户名变更能不能在网上办，户号{account}。{wish}",
        ],
        "请答复户号{account}过户更名的资料和欠费情况。",
        &[
            "带产权证明、双方身份证和最近一期水费单即可，结清水费后当天办好。",
            "单位更名须带营业执照和公章，线上提交扫描件后{days}个工作日内办结。",
        ],
    ),
    topic(
        "咨询业务",
        "business_office",
        "报停、销户与恢复用水",
        &[
            "用户长期不在家，问能不能报停，会不会收费。户号{account}。{wish}",
            "商铺退租，问销户要办什么手续，押金怎么退。地址{road}{number}号。{wish}",
        ],
        "请核对户号{account}的水费和押金，说明报停(销户)手续。",
        &[
            "填写计量仪表报停、销户及恢复用水申请表，结清水费后三个工作日内拆表，报停期间不收费。",
            "恢复用水提前两天申请，免费开通；销户的押金凭收据退还。",
        ],
    ),
    topic(
        "咨询业务",
        "waterworks",
        "水质指标与余氯",
        &[
            "用户问自来水有点漂白粉味是否正常，家里有婴儿。地址{estate}{unit}。{wish}",
            "鱼友问余氯多少，什么时候检测一次。{wish}",
        ],
        "请提供{road}片区最近一次水质检测结果。",
        &[
            "出厂水余氯符合国家标准，味道放置半小时或煮沸后消失；最近一次检测结果已公布在网站。",
            "每日在线监测、每月公布，{road}片区最近一次各项指标全部合格。",
        ],
    ),
    topic(
        "查询业务",
        "business",
        "查询水费账单",
        &[
            "用户查{month}的水费，户号{account}，说没有收到账单。{wish}",
            "用户问为什么银行代扣了两次，户号{account}，金额{fee}元。{wish}",
        ],
        "请核对户号{account}{month}的抄表和扣款记录。",
        &[
            "{month}水费{fee}元，账单已重新发到预留手机；建议关注公众号以便随时查看。",
            "第二笔是补扣上期欠费，没有重复；明细已念给用户并发送短信。",
        ],
    ),
    topic(
        "查询业务",
        "engineering",
        "报装进度查询",
        &[
            "{estate}商铺{month_day}申请了报装，问什么时候能通水。受理号{order}。{wish}",
            "施工单位查临时用水报装到哪一步，地址{road}{number}号。{wish}",
        ],
        "请答复报装{order}的设计、施工进度。",
        &[
            "设计已完成，正在安排施工，预计{days}个工作日内挂表通水。",
            "现场与图纸不符，需要重新勘察，已约用户{month_day}到场。",
        ],
    ),
    topic(
        "查询业务",
        "production",
        "计划停水时间查询",
        &[
            "用户收到停水通知，问{road}停到几点，能不能提前。{wish}",
            "餐饮店问今晚会不会停水，要不要储水，地址{road}{number}号。{wish}",
        ],
        "请确认{road}计划停水的起止时间和影响范围。",
        &[
            "{road}计划停水从晚上十点到次日五点，影响{area}，请提前储水。",
            "今晚没有计划停水，压力可能略低，恢复时水会短时发白，放一会儿就好。",
        ],
    ),
    topic(
        "投诉处理",
        "business_office",
        "水费突然增多",
        &[
            "用户平常每月{usual}元左右，{month}变成{fee}元，认为抄错表，要求核查。户号{account}。{wish}",
            "用户说一家人出门{days}天，水表还在走，怀疑水表有问题。{wish}",
        ],
        "请到{road}{number}号核对水表读数，必要时检表，三天内答复。",
        &[
            "上门核对读数无误，发现马桶水箱漏水，已教用户关闭角阀，建议尽快维修；水费可申请一次减免。",
            "现场发现抄错一位数，已更正账单并退回多收的{fee}元，向用户道歉。",
        ],
    ),
    topic(
        "投诉处理",
        "production",
        "水压太低，高层用不上水",
        &[
            "{estate}{unit}住户反映早晚高峰没有水，热水器打不着火，已经{days}天。{wish}",
            "整栋楼六楼以上水小，物业说是自来水公司的问题，住户要求解决。地址{road}。{wish}",
        ],
        "请检查{road}片区供水压力，并答复恢复时间。",
        &[
            "片区加压泵检修，已切换备用泵，压力恢复正常，将连续观察三天。",
            "市政压力达标，是小区二次供水的减压阀堵塞，已通知物业清洗，我们派人协助。",
        ],
    ),
    topic(
        "投诉处理",
        "waterworks",
        "自来水发黄有沉淀",
        &[
            "{estate}{unit}打开水龙头是黄水，放了十分钟才清，担心影响健康。{wish}",
            "幼儿园反映早上的水有细小沉淀，要求检测，地址{road}{number}号。{wish}",
        ],
        "请到{road}取样检测，并安排排水口冲洗。",
        &[
            "附近管网昨夜抢修后带起沉淀，已冲洗管道，复检合格，向用户致歉并减免{days}立方米水费。",
            "取样结果合格，沉淀来自楼内旧镀锌管，已建议业主更换并给出办法。",
        ],
    ),
    topic(
        "投诉处理",
        "engineering",
        "挖开的路面迟迟不恢复",
        &[
            "{road}{spot}挖了一个坑，围挡已经{days}天，夜里没有灯，老人差点摔倒。{wish}",
            "施工噪音到晚上十一点还不停，孩子没法睡，地址{estate}{gate}。{wish}",
        ],
        "请核实{road}{spot}施工情况，尽快恢复路面并加警示灯。",
        &[
            "路面已恢复，警示灯当晚补上；施工单位已约谈，以后夜间十点后不再施工。",
            "回填已完成，等待沥青摊铺，预计{days}天内恢复，现场有专人值守。",
        ],
    ),
    topic(
        "投诉处理",
        "business",
        "营业厅排队久、解释不清",
        &[
            "用户在营业厅排了一个多小时，工作人员说法前后不一，让他跑了两趟。{wish}",
            "用户说打了三次热线都说会回电，一直没有人回。户号{account}。{wish}",
        ],
        "请核实{month_day}营业厅当班情况，给出答复和改进办法。",
        &[
            "情况属实，已向用户当面致歉，当班人员重新培训，并加开一个窗口。",
            "回电记录确有遗漏，现指定专人跟进，用户表示谅解。",
        ],
    ),
];

/// Diameters that callers name, in millimetres: both sides of DN150 and the border itself.
pub const PIPES: &[&str] = &["20", "25", "40", "50", "80", "100", "100", "150", "150", "200", "300", "400", "600"];

/// How a leak is put.
pub const LEAK_SAYS: &[&str] = &[
    "{road}{number}号{spot}：{leak}。{wish}",
    "路过的群众报漏：{road}{spot}，{leak}。",
    "{road}{spot}，靠近{estate}{gate}，{leak}，从{clock}左右开始。{wish}",
];

/// What was done about it.
pub const LEAK_RESULTS: &[&str] = &[
    "{cause}，已更换一段管道，试压合格，恢复供水。",
    "{cause}，用抢修抱箍修复，路面已临时恢复，三天后复查。",
    "关阀后更换阀门，已冲洗管道，恢复供水，水压正常。",
    "现场开挖后确认{cause}，修复完成，回填并清理了路面。",
];

/// Where the answer to the caller comes from, once the leak is dealt with.
pub const LEAK_REPLIES: &[&str] = &[
    "已告知来电人漏点修好，感谢其及时报漏。",
    "已电话告知抢修完成，用户确认家里来水正常。",
    "已回复来电人，并提醒恢复初期先放一会儿水。",
];
